import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { VERDICTS } from "./verdicts";

const ids = Object.keys(VERDICTS);

describe("the verdicts on the snippets of AWS CDK's README", () => {
  it("are all tested, each once", () => {
    const tests = readdirSync(__dirname).filter((file) => file.endsWith(".test.ts") && file !== "verdicts.test.ts");
    const text = tests.map((file) => readFileSync(join(__dirname, file), "utf8")).join("\n");
    const tested = [...text.matchAll(/snippet\(\s*"([\d.]+)"|it\(`([\d.]+) /g)].map(
      ([, snippet, test]) => snippet ?? test,
    );

    expect(tested.toSorted()).toEqual(ids.toSorted());
  });

  it("stand in docs/from-aws-cdk.md", () => {
    const text = readFileSync(resolve(__dirname, "../../docs/from-aws-cdk.md"), "utf8");
    const rows = [...text.matchAll(/^\| (\d+\.\d+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(([, ...cells]) => cells);

    expect(rows).toEqual(
      Object.entries(VERDICTS).map(([id, { heading, shows, verdict }]) => [id, heading, shows, verdict]),
    );
  });
});
