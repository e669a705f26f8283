import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "cdktf";
import { HeadgateStack, RestApi, synthesize } from "../../modules";

const outdir = process.env.CDKTF_OUTDIR;
let errors: string[];

beforeEach(() => {
  process.env.CDKTF_OUTDIR = mkdtempSync(join(tmpdir(), "headgate-app-"));
  errors = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    errors.push(String(text));
    return true;
  });
});

afterEach(() => {
  rmSync(process.env.CDKTF_OUTDIR ?? "", { recursive: true });
  if (outdir === undefined) delete process.env.CDKTF_OUTDIR;
  else process.env.CDKTF_OUTDIR = outdir;
  process.exitCode = undefined;
  jest.restoreAllMocks();
});

function stackOf(app: App): HeadgateStack {
  return new HeadgateStack(app, "test", { region: "eu-west-1" });
}

describe("synthesize", () => {
  it("writes the stacks and says nothing", () => {
    synthesize((app) => new RestApi(stackOf(app), "Api").root.addMethod("GET"));

    expect(errors).toEqual([]);
    expect(process.exitCode).toBeUndefined();
  });

  it.each<[string, (app: App) => void, string]>([
    [
      "while the tree is built",
      (app) => new RestApi(stackOf(app), "Api").root.addMethod("FETCH"),
      "HTTP_METHOD_UNKNOWN",
    ],
    ["by a validation", (app) => new RestApi(stackOf(app), "Api"), "API_WITHOUT_METHODS"],
    [
      "while the document is written",
      (app) => {
        const api = new RestApi(stackOf(app), "Api");
        for (const path of ["a", "b"])
          api.root.addResource(path).addMethod("GET", undefined, { operationName: "Same" });
      },
      "DUPLICATE_OPERATION_NAME",
    ],
  ])("fails when a mistake is found %s, with a message and no stack", (_name, build, code) => {
    synthesize(build);

    expect(process.exitCode).toBe(1);
    expect(errors.join("")).toContain(`${code}: `);
    expect(errors.join("")).toContain("fix: ");
    expect(errors.join("")).not.toMatch(/\.[jt]s:\d+/);
  });

  it("throws whatever else goes wrong", () => {
    const build = () => synthesize(() => JSON.parse("{"));

    expect(build).toThrow(SyntaxError);
  });
});
