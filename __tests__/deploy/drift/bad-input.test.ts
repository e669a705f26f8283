import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { driftCommand } from "../../../cli/drift-command";
import type { JsonObject } from "../../../definition/json";
import { inEnvironment } from "../../support/in-environment";
import { type Sts, startSts } from "../../support/terraform/sts";

const ROLE = "arn:aws:iam::111111111111:role/deploy";
const API = { aws_api_gateway_rest_api: { shop: { name: "shop" } } };
const STATE = JSON.stringify({
  version: 4,
  resources: [{ mode: "managed", type: "aws_sqs_queue", name: "a", instances: [{}] }],
});

describe("headgate drift, when it cannot compare", () => {
  let project: string;
  let sts: Sts;
  beforeAll(async () => {
    sts = await startSts();
  });
  afterAll(() => sts.stop());
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "headgate-drift-"));
  });
  afterEach(() => rmSync(project, { recursive: true }));

  function synthesize(provider: JsonObject = {}, resource: JsonObject = API): void {
    const folder = join(project, "cdktf.out", "stacks", "shop");
    mkdirSync(folder, { recursive: true });
    const manifest = { stacks: { shop: { synthesizedStackPath: "stacks/shop/cdk.tf.json" } } };
    writeFileSync(join(project, "cdktf.json"), JSON.stringify({ app: "true" }));
    writeFileSync(join(project, "cdktf.out", "manifest.json"), JSON.stringify(manifest));
    const aws = { region: "eu-west-1", assume_role: [{ role_arn: ROLE }], ...provider };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ provider: { aws: [aws] }, resource }));
  }

  function drift({ state = STATE, stack = "shop", variables = {}, file }: DriftOptions = {}): Promise<void> {
    const written = join(project, "state.json");
    writeFileSync(written, state);
    const environment = {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: sts.url,
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_CONFIG_FILE: join(project, "none"),
      AWS_SHARED_CREDENTIALS_FILE: join(project, "none"),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
      ...variables,
    };
    return inEnvironment(environment, () => driftCommand(project, { stack, state: file ?? written }));
  }

  it("fails when nothing is synthesized", async () => {
    await expect(drift()).rejects.toMatchObject({ code: "CDKTF_JSON_MISSING" });
  });

  it("fails when there is no such stack, and names those that are there", async () => {
    synthesize();

    await expect(drift({ stack: "stall" })).rejects.toMatchObject({ code: "STACK_UNKNOWN", fix: "use one of: shop" });
  });

  it("fails when there are no credentials", async () => {
    synthesize();
    const variables = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

    await expect(drift({ variables })).rejects.toMatchObject({ code: "AWS_CREDENTIALS_MISSING", place: "shop" });
  });

  it("fails when the credentials are of another account", async () => {
    synthesize({ allowed_account_ids: ["222222222222"] });

    await expect(drift()).rejects.toMatchObject({
      code: "AWS_ACCOUNT_NOT_ALLOWED",
      problem: expect.stringMatching(/of account 111111111111 .* deployed to 222222222222/),
    });
  });

  it.each(["", '{ "version": 4, "resources": [] }'])("fails when nothing is deployed yet: %j", async (state) => {
    synthesize();

    await expect(drift({ state })).rejects.toMatchObject({ code: "STACK_NOT_DEPLOYED" });
  });

  it.each(["no JSON", '{ "version": 3 }', "[]"])("fails when the state is none: %s", async (state) => {
    synthesize();

    await expect(drift({ state })).rejects.toMatchObject({ code: "TERRAFORM_STATE_UNREADABLE" });
  });

  it.each([
    ["is not there", "nope.json", "there is no such file (ENOENT)"],
    ["is a folder", "cdktf.out", "this is a folder (EISDIR)"],
  ])("fails when the file of the state %s", async (_what, name, problem) => {
    synthesize();

    await expect(drift({ file: join(project, name) })).rejects.toMatchObject({
      code: "TERRAFORM_STATE_UNREADABLE",
      place: join(project, name),
      problem,
      fix: "name a file that `terraform state pull` wrote",
    });
  });

  it.each([
    ["nothing listens there", "http://127.0.0.1:1", /ECONNREFUSED/],
    ["there is no such host", "http://aws.invalid", /ENOTFOUND|EAI_AGAIN/],
  ])("fails when AWS cannot be reached, because %s", async (_why, url, problem) => {
    synthesize();

    await expect(drift({ variables: { AWS_ENDPOINT_URL: url } })).rejects.toMatchObject({
      code: "AWS_UNREACHABLE",
      place: "shop",
      problem: expect.stringMatching(problem),
      fix: expect.stringContaining("AWS_ENDPOINT_URL"),
    });
  });

  it("says so of a stack that has nothing to compare, and where to look instead", async () => {
    synthesize({}, { aws_sqs_queue: { a: { name: "a" } } });
    const print = jest.spyOn(console, "log").mockImplementation();

    await drift();
    const text = print.mock.calls.join();
    print.mockRestore();

    expect(text).toMatch(/^shop in 111111111111 eu-west-1: nothing of this stack is compared\nnot compared:\n/);
    expect(text).toMatch(/queues and all else: `terraform plan`/);
  });

  it("fails when AWS refuses a call, and names it and the rights that are needed", async () => {
    synthesize();
    const instances = [{ attributes: { id: "a1b2c3" } }];
    const api = { mode: "managed", type: "aws_api_gateway_rest_api", name: "shop", instances };

    await expect(drift({ state: JSON.stringify({ version: 4, resources: [api] }) })).rejects.toMatchObject({
      code: "AWS_CALL_REFUSED",
      problem: expect.stringContaining("GetRestApi of a1b2c3"),
      fix: expect.stringContaining("apigateway:GET"),
    });
  });
});

interface DriftOptions {
  readonly state?: string;
  readonly stack?: string;
  /** @default - one with that state */
  readonly file?: string;
  readonly variables?: NodeJS.ProcessEnv;
}
