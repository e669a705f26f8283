import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App, TerraformOutput } from "cdktf";
import { bundleFunctions } from "../../cli/bundle/bundle-functions";
import {
  ApiKey,
  Code,
  HeadgateStack,
  Function as LambdaFunction,
  LambdaIntegration,
  NodejsFunction,
  RestApi,
} from "../../modules";
import { assertOrderRules, onlyResource, resourcesOf, synthApi, type TerraformJson } from "../../modules/testing";
import { synthWithApi } from "../modules/support/api";
import { warningsOf } from "../modules/support/warnings";
import { pain } from "./pains";
import { addressesBefore } from "./terraform-json";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

type Files = Readonly<Record<string, string>>;

/** A new folder with these files, in a path with a space. */
function folderWith(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "headgate pains-")));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What Terraform gets for a folder of code: the hash and the path of the zip. */
function deployed(folder: string): { readonly source_code_hash?: unknown; readonly filename?: unknown } {
  const app = new App({ outdir: join(folderWith({}), "cdktf.out"), stackTraces: false });
  const stack = new HeadgateStack(app, "test", { region: "eu-west-1" });
  new LambdaFunction(stack, "Fn", { code: Code.fromAsset(folder), handler: "index.handler" });
  app.synth();
  const json: TerraformJson = JSON.parse(readFileSync(join(app.outdir, "stacks/test/cdk.tf.json"), "utf8"));
  const { source_code_hash, filename } = onlyResource(json, "aws_lambda_function");
  return { source_code_hash, filename: String(filename).split("/").slice(0, -1).join("/") };
}

describe(pain(20), () => {
  const CODE: Files = { "index.js": "exports.handler = 1;", "lib/words.js": "exports.a = 2;" };

  it.each<[string, Files]>([
    ["a file has another name", { "main.js": "exports.handler = 1;", "lib/words.js": "exports.a = 2;" }],
    [
      "a character goes from one file to the next",
      { "index.js": "exports.handler = 1", "lib/words.js": ";exports.a = 2;" },
    ],
    ["a file comes to be", { ...CODE, "lib/more.js": "" }],
  ])("sees that %s", (_name, files) => {
    const [before, after] = [deployed(folderWith(CODE)), deployed(folderWith(files))];

    expect(after.source_code_hash).not.toBe(before.source_code_hash);
    expect(after.filename).not.toBe(before.filename);
  });

  it("does not see times, other places, and who may read", () => {
    const [one, other] = [folderWith(CODE), folderWith(CODE)];
    utimesSync(join(other, "index.js"), new Date(0), new Date(0));
    chmodSync(join(other, "lib/words.js"), 0o600);

    const then = deployed(one);
    jest.useFakeTimers({ now: new Date("2031-05-05T05:05:05Z") });
    const later = deployed(other);
    jest.useRealTimers();

    expect(later).toEqual(then);
  });
});

const HANDLER = 'export const handler = async () => new Error("no").stack;\n';

describe(pain(21), () => {
  it("bundles the same bytes in two folders, with no path of either in them", async () => {
    const zips = [];
    for (const root of [1, 2].map(() => folderWith({ "functions/say-no/handler.ts": HANDLER }))) {
      const { bundles } = await bundleFunctions({ projectRoot: root });
      const zip = readFileSync(join(root, "dist/functions/say-no.zip"));
      expect(zip.includes(root)).toBe(false);
      zips.push({ zip, sourceCodeHash: bundles["say-no"]?.sourceCodeHash });
    }

    expect(zips[1]).toEqual(zips[0]);
  });
});

describe(pain(22), () => {
  it("synthesizes a function without its code, and alike whatever the code is", () => {
    const synth = () => synthApi((stack) => new NodejsFunction(stack, "Fn", { bundle: "not-written-yet" }));

    expect(onlyResource(synth(), "aws_lambda_function").filename).toBe("stub/not-written-yet.zip");
    expect(synth()).toEqual(synth());
  });

  it("loads no bundler for it", () => {
    const loaded = () => {
      jest.isolateModules(() => {
        jest.doMock("esbuild", () => {
          throw new Error("esbuild was loaded");
        });
        require("../../modules");
      });
    };

    expect(loaded).not.toThrow();
  });
});

describe(pain(23), () => {
  it("fails when a module that must lie in the zip is not installed, with its name and who asks for it", async () => {
    const root = folderWith({
      "functions/say-no/handler.ts": HANDLER,
      "functions/say-no/bundle.json": JSON.stringify({ nodeModules: ["sharp-as-never"] }),
      "package-lock.json": "{}",
    });

    await expect(bundleFunctions({ projectRoot: root })).rejects.toThrow(
      /^NODE_MODULE_MISSING: .*sharp-as-never[\s\S]*say-no[\s\S]*fix: /,
    );
  });

  it("fails when a module that is imported is not there, with the line that imports it", async () => {
    const root = folderWith({ "functions/say-no/handler.ts": `import "gone-away";\n${HANDLER}` });

    await expect(bundleFunctions({ projectRoot: root })).rejects.toThrow(/"gone-away"[\s\S]*handler\.ts:1:8/);
  });
});

describe(pain(24), () => {
  it.each([
    ["by default", {}],
    ["when one for each method would be too many", { scopePermissionToMethod: true }],
  ])("has one permission for 200 routes %s", (_name, options) => {
    const terraform = synthWithApi((api, stack) => {
      const handler = new NodejsFunction(stack, "Fn", { bundle: "fn" });
      for (let route = 0; route < 200; route++)
        api.route(`GET /route${route}`, new LambdaIntegration(handler, options));
    });

    expect(onlyResource(terraform, "aws_lambda_permission").source_arn).toMatch(/\/\*\/\*$/);
  });
});

describe(pain(25), () => {
  const permissionOf = (functionName: string, restApiName = "orders") =>
    synthApi((stack) => {
      const handler = new NodejsFunction(stack, "Fn", { bundle: "fn", functionName });
      new RestApi(stack, "Api", { restApiName }).route("GET /orders", new LambdaIntegration(handler));
    });
  const terraform = permissionOf("get-orders");

  it("is given before the old one is taken, and before the stage moves", () => {
    const [permission] = Object.keys(resourcesOf(terraform, "aws_lambda_permission"));
    expect(onlyResource(terraform, "aws_lambda_permission").lifecycle).toEqual({ create_before_destroy: true });
    expect(onlyResource(terraform, "aws_lambda_function").lifecycle).toMatchObject({ create_before_destroy: true });
    expect(addressesBefore(terraform, "aws_api_gateway_stage")).toContain(`aws_lambda_permission.${permission}`);
    assertOrderRules(terraform);
  });

  it("belongs to the function that is there: a new one gets one of its own", () => {
    const { function_name, qualifier, statement_id } = onlyResource(terraform, "aws_lambda_permission");

    expect(function_name).toMatch(/^\$\{aws_lambda_function\.\w+\.function_name\}$/);
    expect(qualifier).toMatch(/^\$\{aws_lambda_alias\.\w+\.name\}$/);
    expect(statement_id).toMatch(/-[0-9a-f]{8}-\$\{aws_api_gateway_rest_api\.\w+\.id\}$/);
  });
});

describe(pain(26), () => {
  it("leaves the values of keys to AWS, and hides them in outputs", () => {
    const terraform = synthApi((stack) => {
      const key = new ApiKey(stack, "Key");
      new TerraformOutput(stack, "key", { value: key.keyValue, sensitive: true });
    });

    expect(onlyResource(terraform, "aws_api_gateway_api_key")).not.toHaveProperty("value");
    expect(terraform.output?.key).toMatchObject({ sensitive: true });
  });

  it("warns of a value that everybody can read, without repeating it", () => {
    const value = "a-secret-that-all-can-read";
    const warnings = warningsOf((stack) => new ApiKey(stack, "Key", { value }));

    expect(warnings).toContainEqual(expect.stringMatching(/^API_KEY_VALUE_LITERAL: /));
    expect(warnings.join()).not.toContain(value);
  });

  it("writes what an API logs without the data of requests", () => {
    const terraform = synthWithApi((api) => api.route("GET /orders"), { deployOptions: { loggingLevel: "INFO" } });

    expect(onlyResource(terraform, "aws_api_gateway_method_settings").settings).toMatchObject({
      data_trace_enabled: false,
    });
  });
});
