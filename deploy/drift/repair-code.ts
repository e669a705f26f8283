import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { codeHash } from "../../definition/code-hash";
import { ConfigurationError } from "../../definition/configuration-error";
import type { AwsAccount } from "../aws/aws-account";
import { refusedBy } from "../aws/refused-call";
import type { TerraformState } from "../terraform/terraform-state";
import { configurationOf, deployedConfiguration } from "./compare-functions";
import { compareValues } from "./compare-values";
import type { DeclaredFunction } from "./declared-functions";
import type { DeployedAlias, DeployedFunction } from "./deployed-functions";

/** Largest zip that UpdateFunctionCode takes. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;
/** Lambda makes new code ready within seconds; VPC functions may take longer. */
const MAX_WAIT_SECONDS = 300;

/** What happened to one function. */
export interface Repair {
  readonly functionName: string;
  /** What was done, in order; empty when it was left alone. */
  readonly done: readonly string[];
  /** Why it was left alone. */
  readonly left?: string;
}

/** What a repair needs to know. */
export interface RepairContext {
  readonly account: AwsAccount;
  /** Folder that zips are relative to. */
  readonly folder: string;
  readonly state: TerraformState;
}

/**
 * Uploads the bundle, publishes it and moves the aliases, as far as each is behind. Only where the state says that this
 * bundle is deployed: everything else is for the next apply.
 *
 * @returns absent when nothing is behind
 * @throws ConfigurationError PACKAGE_FILE_CHANGED, PACKAGE_FILE_TOO_LARGE_TO_UPLOAD, AWS_CALL_REFUSED
 */
export async function repairCode(deployed: DeployedFunction, context: RepairContext): Promise<Repair | undefined> {
  const { declared, latest } = deployed;
  const { name: functionName, sourceCodeHash, packageFile } = declared;
  const behind = deployed.aliases.filter((alias) => isBehind(declared, alias));
  const isLatestBehind = latest?.CodeSha256 !== sourceCodeHash;
  if (sourceCodeHash === undefined || (behind.length === 0 && !isLatestBehind)) return undefined;
  const left = reasonToLeave(deployed, context.state);
  if (left !== undefined || packageFile === undefined) return { functionName, done: [], left: left ?? "it has no zip" };

  const done: string[] = [];
  if (isLatestBehind) {
    await uploadCode(context, declared, join(context.folder, packageFile));
    done.push(`uploaded ${packageFile}`);
  }
  if (behind.length > 0) {
    const version = await publish(context.account, functionName, sourceCodeHash);
    done.push(`published version ${version}`);
    for (const { declared: alias, version: old } of behind) {
      await moveAlias(context.account, functionName, alias.name, version);
      done.push(`moved alias ${alias.name} from version ${old?.Version} to ${version}`);
    }
  }
  return { functionName, done };
}

function isBehind(declared: DeclaredFunction, { declared: alias, version }: DeployedAlias): boolean {
  if (version === undefined || alias.version !== undefined) return false;
  return version.CodeSha256 !== declared.sourceCodeHash || !hasConfiguration(declared, version);
}

function hasConfiguration(declared: DeclaredFunction, version: FunctionConfiguration): boolean {
  const { differences } = compareValues("", "", configurationOf(declared), deployedConfiguration(declared, version));
  return differences.length === 0;
}

function reasonToLeave({ declared, latest }: DeployedFunction, state: TerraformState): string | undefined {
  if (latest === undefined || !state.has(declared.address)) return "it is not deployed: run `terraform apply`";
  if (state.attribute(declared.address, "source_code_hash") !== declared.sourceCodeHash) {
    return "its new code was not applied yet: run `terraform apply`";
  }
  // A version published now would keep the wrong settings, and Terraform sees these by itself.
  if (!hasConfiguration(declared, latest)) return "its settings differ, too: run `terraform apply`, then repair again";
  return undefined;
}

async function uploadCode({ account }: RepairContext, declared: DeclaredFunction, file: string): Promise<void> {
  const { UpdateFunctionCodeCommand } = await import("@aws-sdk/client-lambda");
  const zip = readBundle(declared, file);
  await account.lambda
    .send(new UpdateFunctionCodeCommand({ FunctionName: declared.name, ZipFile: zip }))
    .catch(refusedBy(declared.address, `UpdateFunctionCode of ${declared.name}`));
  await waitUntilReady(account, declared);
}

function readBundle(declared: DeclaredFunction, file: string): Buffer {
  const zip = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  if (codeHash(zip) !== declared.sourceCodeHash) {
    throw new ConfigurationError(
      "PACKAGE_FILE_CHANGED",
      file,
      `the zip is missing, or is not the one whose hash the stack names for ${declared.name}`,
      "synthesize again, or take the zip of the sealed artifact",
    );
  }
  if (zip.length <= MAX_UPLOAD_BYTES) return zip;
  throw new ConfigurationError(
    "PACKAGE_FILE_TOO_LARGE_TO_UPLOAD",
    file,
    `the zip has ${Math.ceil(zip.length / 1024 / 1024)} MB, and Lambda takes at most 50 MB without a bucket`,
    "put the code into S3, under a key that changes with it",
  );
}

async function waitUntilReady(account: AwsAccount, { name, address }: DeclaredFunction): Promise<void> {
  const { waitUntilFunctionUpdatedV2 } = await import("@aws-sdk/client-lambda");
  await waitUntilFunctionUpdatedV2(
    { client: account.lambda, maxWaitTime: MAX_WAIT_SECONDS, minDelay: 1, maxDelay: 5 },
    { FunctionName: name },
  ).catch(refusedBy(address, `the new code of ${name}`));
}

/** The hash makes AWS refuse to publish what somebody else has uploaded in between. */
async function publish({ lambda }: AwsAccount, name: string, codeHash: string): Promise<string> {
  const { PublishVersionCommand } = await import("@aws-sdk/client-lambda");
  const { Version } = await lambda
    .send(new PublishVersionCommand({ FunctionName: name, CodeSha256: codeHash }))
    .catch(refusedBy(name, `PublishVersion of ${name}`));
  return Version ?? "";
}

async function moveAlias({ lambda }: AwsAccount, name: string, alias: string, version: string): Promise<void> {
  const { UpdateAliasCommand } = await import("@aws-sdk/client-lambda");
  await lambda
    .send(new UpdateAliasCommand({ FunctionName: name, Name: alias, FunctionVersion: version }))
    .catch(refusedBy(name, `UpdateAlias of ${name}:${alias}`));
}
