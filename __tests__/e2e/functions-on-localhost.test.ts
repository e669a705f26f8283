import { InspectorClient } from "../support/inspector-client";
import { type RunningGateway, startGateway } from "./support/headgate-process";
import { createSmallProject, type SmallProject } from "./support/small-project";

jest.setTimeout(60_000);

/** A function that no zip of the project is for. */
const ROUTES = `
  const other = NodejsFunction.fromFunctionName(stack, "Other", "small-dev-other");
  api.root.addResource("other").addMethod("GET", new LambdaIntegration(other));
`;
const HANDLER = [
  "export async function handler(): Promise<unknown> {",
  "  const problem: string = 'out of stock';",
  "  throw new RangeError(problem);",
  "}",
].join("\n");
/** Lambda's Runtime API in a few lines, for a language that Lambda's Node.js is not. */
const OTHER = `
  const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
  (async () => {
    for (;;) {
      const next = await fetch(api + "next");
      const id = next.headers.get("lambda-runtime-aws-request-id");
      const { path } = await next.json();
      const body = JSON.stringify({ statusCode: 200, body: "other answers " + path });
      await (await fetch(api + id + "/response", { method: "POST", body })).text();
    }
  })();
`;

let project: SmallProject;
let gateway: RunningGateway;

beforeAll(async () => {
  project = createSmallProject({ bundles: ["good"], routes: ROUTES });
  project.write("functions/good/handler.ts", HANDLER);
  project.write("other.cjs", OTHER);
  project.write(
    "headgate.local.json",
    JSON.stringify({ functions: { "small-dev-other": { command: `"${process.execPath}" other.cjs` } } }),
  );
  gateway = await startGateway(["--inspect", "good"], { cwd: project.folder });
});

afterAll(async () => {
  await gateway?.stop();
  project.remove();
});

describe("functions of headgate local", () => {
  it("that are of another stack run by the command of the local file", async () => {
    const response = await fetch(`${gateway.url}/v1/other`);

    expect([response.status, await response.text()]).toEqual([200, "other answers /other"]);
    expect(gateway.output()).not.toMatch(/Not emulated|Without effect/);
  });

  it("name lines of TypeScript when they throw", async () => {
    const response = await fetch(`${gateway.url}/v1/good`);

    expect(response.status).toBe(502);
    await gateway.printed(/small-dev-good \| .*RangeError: out of stock.*functions\/good\/handler\.ts:3:9/);
  });

  it("can be debugged where the start-up output says", async () => {
    const [, address = ""] = await gateway.printed(/Debugger listening on\n +(127\.0\.0\.1:\d+) +small-dev-good/);

    const client = await InspectorClient.attach(address);
    const { result } = await client.call<{ result: { value: string } }>("Runtime.evaluate", {
      expression: "process.env.AWS_LAMBDA_FUNCTION_NAME",
    });
    await client.close();

    expect(result.value).toBe("small-dev-good");
  });
});
