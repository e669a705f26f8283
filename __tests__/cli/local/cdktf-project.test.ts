import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCdktfProject } from "../../../cli/local/cdktf-project";

describe("a command in a folder without cdktf.json", () => {
  const root = mkdtempSync(join(tmpdir(), "headgate-project-"));
  afterAll(() => rmSync(root, { recursive: true }));

  it("fails when the project lies above, and names it", () => {
    const project = join(root, "orders");
    const stack = join(project, "cdktf.out", "stacks", "orders-dev");
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(project, "cdktf.json"), "{}");

    expect(() => readCdktfProject(stack)).toThrow(/CDKTF_JSON_MISSING[\s\S]*in the folder of the project: .*\/orders$/);
  });

  it("fails when there is none, and says what to write", () => {
    expect(() => readCdktfProject(join(root, "elsewhere"))).toThrow(
      /CDKTF_JSON_MISSING[\s\S]*"app": "npx tsx main.ts"/,
    );
  });
});
