import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { REPOSITORY, TSX } from "./headgate-process";

/** A project in a folder of its own. */
export interface SmallProject {
  readonly folder: string;
  write(file: string, content: string): void;
  remove(): void;
}

const HANDLER = `export const handler = async () => ({ statusCode: 200, body: "fine" });\n`;

export interface SmallProjectOptions {
  /** Functions of the stack; there are handlers for `good` and `broken`. @default - both */
  readonly bundles?: readonly string[];
  /** Statements that add routes to `api`. @default - none */
  readonly routes?: string;
}

/** A route without a backend, one for each function, and what else is given. */
const mainFile = ({ bundles = ["good", "broken"], routes = "" }: SmallProjectOptions) => `
import { HeadgateStack, LambdaIntegration, MockIntegration, NodejsFunction, RestApi, synthesize } from ${JSON.stringify(
  join(REPOSITORY, "modules", "index.ts"),
)};

synthesize((app) => {
  const stack = new HeadgateStack(app, "small-dev", { region: "eu-west-1", accountId: "111111111111" });
  const api = new RestApi(stack, "Api", { restApiName: "small", deployOptions: { stageName: "v1" } });
  api.root.addResource("health").addMethod("GET", new MockIntegration({
    integrationResponses: [{ statusCode: "200", responseTemplates: { "application/json": '{"status": "ok"}' } }],
  }));
  for (const bundle of ${JSON.stringify(bundles)}) {
    const fn = new NodejsFunction(stack, bundle, { bundle, functionName: "small-dev-" + bundle });
    api.root.addResource(bundle).addMethod("GET", new LambdaIntegration(fn));
  }
  ${routes}
});
`;

/** Creates a project that works, but for the function `broken`, which throws at import. */
export function createSmallProject(options: SmallProjectOptions = {}): SmallProject {
  const folder = mkdtempSync(join(tmpdir(), "headgate-e2e-"));
  const write = (file: string, content: string) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  write("cdktf.json", JSON.stringify({ language: "typescript", app: `node --import ${TSX} main.ts` }));
  write("package.json", "{}");
  write("main.ts", mainFile(options));
  write("functions/good/handler.ts", HANDLER);
  write("functions/broken/handler.ts", `throw new Error("no configuration");\n${HANDLER}`);
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
