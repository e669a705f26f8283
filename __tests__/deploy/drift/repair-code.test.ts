import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { codeHash } from "../../../definition/code-hash";
import { type AwsAccount, signIn } from "../../../deploy/aws/aws-account";
import type { DeclaredFunction } from "../../../deploy/drift/declared-functions";
import { repairCode } from "../../../deploy/drift/repair-code";
import { parseState } from "../../../deploy/terraform/terraform-state";
import { inEnvironment } from "../../support/in-environment";
import { type Sts, startSts } from "../../support/terraform/sts";

const ZIP = Buffer.from("the code");
const LIVE = { address: "aws_lambda_alias.live", name: "live" };
const READ: DeclaredFunction = {
  address: "aws_lambda_function.read",
  name: "read",
  packageFile: "read.zip",
  sourceCodeHash: codeHash(ZIP),
  memorySizeMb: 128,
  timeoutSeconds: 3,
  environment: {},
  architectures: ["x86_64"],
  layers: [],
  tracingMode: "PassThrough",
  ephemeralStorageMb: 512,
  aliases: [LIVE],
};
const OLD: FunctionConfiguration = { Version: "1", CodeSha256: "old", MemorySize: 128, Timeout: 3 };

/** What is done is shown by `__tests__/terraform/drift.test.ts`; here, what is not. */
describe("repairCode", () => {
  let sts: Sts;
  let account: AwsAccount;
  let folder: string;
  beforeAll(async () => {
    sts = await startSts();
    folder = mkdtempSync(join(tmpdir(), "headgate-repair-"));
    const environment = { AWS_ENDPOINT_URL: sts.url, AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };
    const content = { provider: { aws: { region: "eu-west-1" } } };
    account = await inEnvironment(environment, () => signIn({ name: "orders-dev", content }));
  });
  afterAll(async () => {
    await sts.stop();
    rmSync(folder, { recursive: true });
  });

  function repair(latest: FunctionConfiguration, { declared = READ, known = codeHash(ZIP) } = {}) {
    const instances = [{ attributes: { source_code_hash: known } }];
    const resources = [{ mode: "managed", type: "aws_lambda_function", name: "read", instances }];
    const state = parseState(JSON.stringify({ version: 4, resources: known === "" ? [] : resources }), "state");
    const aliases = [{ declared: LIVE, version: latest, otherVersions: {} }];
    return repairCode({ declared, latest, aliases }, { account, folder, state });
  }

  it("does nothing where nothing is behind", async () => {
    expect(await repair({ ...OLD, CodeSha256: codeHash(ZIP) })).toBeUndefined();
  });

  it("does nothing about code that stands in no zip of the stack", async () => {
    expect(await repair(OLD, { declared: { ...READ, sourceCodeHash: undefined } })).toBeUndefined();
  });

  it.each<[string, FunctionConfiguration, string]>([
    ["that no state knows", OLD, ""],
    ["whose new code was not applied yet", OLD, "earlier"],
    ["whose settings differ, too", { ...OLD, Timeout: 9 }, codeHash(ZIP)],
  ])("leaves a function alone %s, and says so", async (_which, latest, known) => {
    expect(await repair(latest, { known })).toEqual({
      functionName: "read",
      done: [],
      left: expect.stringContaining("run `terraform apply`"),
    });
  });

  it("fails when the zip is not the one that was declared, and uploads nothing", async () => {
    writeFileSync(join(folder, "read.zip"), "other code");

    await expect(repair(OLD)).rejects.toMatchObject({ code: "PACKAGE_FILE_CHANGED" });
  });

  it("fails when the zip is missing", async () => {
    rmSync(join(folder, "read.zip"), { force: true });

    await expect(repair(OLD)).rejects.toMatchObject({ code: "PACKAGE_FILE_CHANGED" });
  });

  it("fails when Lambda takes the zip from a bucket only", async () => {
    const zip = Buffer.alloc(50 * 1024 * 1024 + 1);
    writeFileSync(join(folder, "read.zip"), zip);
    const declared = { ...READ, sourceCodeHash: codeHash(zip) };

    await expect(repair(OLD, { declared, known: codeHash(zip) })).rejects.toMatchObject({
      code: "PACKAGE_FILE_TOO_LARGE_TO_UPLOAD",
    });
  });
});
