import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, Lazy, TerraformOutput } from "cdktf";
import { HeadgateStack, MockIntegration, NodejsFunction, RestApi, synthesize } from "../../modules";

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

  it("fails when several things are wrong, with all of them in one report", () => {
    synthesize((app) => {
      for (const environment of ["dev", "prod"]) {
        const stack = new HeadgateStack(app, environment, { region: "eu-west-1" });
        const api = new RestApi(stack, "Api", {
          minimumCompressionSize: -1,
          deployOptions: { stageName: "not a name" },
        });
        api.root.addMethod("GET", undefined, { throttle: { rateLimit: -2, burstLimit: 1.5 } });
      }
    });

    const found = errors.join("").matchAll(/^([A-Z_]+): .*\n {2}at (.*)\n {2}fix: .*$/gm);
    expect([...found].map(([, code, place]) => [code, place])).toEqual([
      ["COMPRESSION_SIZE_OUT_OF_RANGE", "dev/Api, and the same in prod"],
      ["THROTTLE_RATE_OUT_OF_RANGE", "dev/Api/Default/GET, and the same in prod"],
      ["THROTTLE_BURST_OUT_OF_RANGE", "dev/Api/Default/GET, and the same in prod"],
      ["STAGE_NAME_INVALID", "dev/Api/DeploymentStage, and the same in prod"],
    ]);
    expect(errors.join("")).not.toMatch(/alidation|\[/);
  });

  it("fails when nothing can be built from a value, with what was found before it and nothing that is absent yet", () => {
    synthesize((app) => {
      const stack = stackOf(app);
      new RestApi(stack, "Early", { minimumCompressionSize: -1 });
      new RestApi(stack, "Late", { deploy: false }).url;
    });

    expect(errors.join("").match(/^[A-Z_]+(?=:)/gm)).toEqual(["COMPRESSION_SIZE_OUT_OF_RANGE", "API_WITHOUT_STAGE"]);
  });

  it("says nothing of warnings, which the command prints", () => {
    synthesize((app) =>
      new RestApi(new HeadgateStack(app, "test", { region: "eu-wst-1" }), "Api").root.addMethod("GET"),
    );

    expect(errors).toEqual([]);
  });

  /** A value as code that no compiler has seen passes it. */
  const untyped = <Type = never>(value: unknown) => value as Type;

  it.each<[title: string, build: (app: App) => unknown]>([
    ["an API gets null for its props", (app) => new RestApi(stackOf(app), "Api", untyped(null))],
    ["a function gets no props", (app) => new NodejsFunction(stackOf(app), "Fn", untyped(undefined))],
    ["a path part is a number", (app) => new RestApi(stackOf(app), "Api").root.addResource(untyped(5))],
    [
      "a response is null, which shows when the document is written",
      (app) =>
        new RestApi(stackOf(app), "Api").root.addMethod(
          "GET",
          new MockIntegration({ integrationResponses: [untyped(null)] }),
        ),
    ],
  ])("fails when %s: names the user's line and the compiler, without a stack", (_title, build) => {
    synthesize(build);

    const text = errors.join("");
    expect(text).toMatch(/^TYPE_MISMATCH: a construct was given a value of a type that it does not take: /);
    expect(text).toMatch(/\n {2}at \S*app\.test\.ts:\d+:\d+, in /);
    expect(text).toContain("\n  fix: run `npx tsc --noEmit`");
    expect(text.trim().split("\n")).toHaveLength(3);
    expect(process.exitCode).toBe(1);
  });

  it.each<[title: string, build: (app: App) => void, message: string]>([
    ["while the tree is built", () => untyped<{ name: string }>(null).name, "reading 'name'"],
    [
      "below a construct",
      (app) => {
        const stack = stackOf(app);
        const produce = () => untyped<{ name: string }>(null).name;
        new TerraformOutput(stack, "Out", { value: Lazy.stringValue({ produce }) });
      },
      "reading 'name'",
    ],
  ])("throws a TypeError of the user's own code %s as it is", (_title, build, message) => {
    expect(() => synthesize(build)).toThrow(TypeError);
    expect(() => synthesize(build)).toThrow(message);
    expect(errors).toEqual([]);
  });

  it("throws whatever else goes wrong", () => {
    const build = () => synthesize(() => JSON.parse("{"));

    expect(build).toThrow(SyntaxError);
  });
});
