import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { JsonObject } from "../../definition/json";
import { runTerraform, terraformError } from "../terraform/run-terraform";
import type { LiteralProvider } from "./literal-provider";
import { errorText, readPlanLog } from "./plan-log";

/** An object that may be there. */
export interface Probe {
  readonly address: string;
  readonly type: string;
  readonly importId: string;
  readonly provider?: string;
}

/** Where Terraform runs. */
export interface StackFolder {
  readonly folder: string;
  /** Whole environment of Terraform. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Asks the provider which objects are there: a plan in a folder of its own imports all of them and generates their
 * configuration, so that no import waits for another, and one that fails hides none. The provider's own credentials,
 * endpoints and retries are at work. Nothing is changed.
 * Source: https://developer.hashicorp.com/terraform/language/import/generating-configuration
 *
 * @returns addresses of what is there
 * @throws ConfigurationError TERRAFORM_MISSING, TERRAFORM_NOT_INITIALIZED, AWS_CREDENTIALS_MISSING, AWS_ACCOUNT_NOT_ALLOWED,
 * TERRAFORM_FAILED
 */
export async function probeImports(
  probes: readonly Probe[],
  provider: LiteralProvider,
  stack: StackFolder,
): Promise<ReadonlySet<string>> {
  if (probes.length === 0) return new Set();
  const folder = mkdtempSync(join(tmpdir(), "headgate-recover-"));
  try {
    borrowProviders(folder, stack);
    writeFileSync(join(folder, "probe.tf.json"), JSON.stringify(configuration(probes, provider)));
    const args = ["plan", "-json", "-input=false", "-lock=false", "-refresh=false", "-generate-config-out=found.tf"];
    const { stdout, stderr } = await runTerraform(folder, args, probeEnvironment(stack.environment));
    const { refreshed, errors } = readPlanLog(stdout);
    const outcomes = probes.map((probe, index) => ({ probe, id: refreshed.get(probeAddress(probe, index)) }));
    // Of some types, the import itself fails before anything is read. Terraform does not say which object it was.
    const unexplained = errors.filter(({ address, summary }) => address === undefined && !ABSENT.test(summary));
    if (outcomes.some(({ id }) => id === undefined) && (unexplained.length > 0 || errors.length === 0)) {
      throw terraformError(stack.folder, "plan", errorText(unexplained) || stderr || stdout);
    }
    return new Set(outcomes.filter(({ id }) => id !== undefined && id !== "").map(({ probe }) => probe.address));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How the provider says that there is no such object. */
const ABSENT = /^Cannot import non-existent remote object$|couldn't find resource|empty result/;

/** Names of its own: configuration is generated for no instance of a list or map, and in no module. */
function probeAddress({ type }: Probe, index: number): string {
  return `${type}.object_${index}`;
}

function configuration(probes: readonly Probe[], { requiredProviders, provider }: LiteralProvider): JsonObject {
  return {
    terraform: { required_providers: requiredProviders },
    provider: { aws: provider },
    import: probes.map((probe, index) => ({
      to: probeAddress(probe, index),
      id: probe.importId,
      ...(probe.provider === undefined ? {} : { provider: probe.provider }),
    })),
  };
}

/** What `terraform init` has installed for the stack serves here too. */
function borrowProviders(folder: string, { folder: stackFolder, environment }: StackFolder): void {
  const providers = resolve(stackFolder, environment.TF_DATA_DIR ?? ".terraform", "providers");
  mkdirSync(join(folder, ".terraform"));
  if (existsSync(providers)) symlinkSync(providers, join(folder, ".terraform", "providers"), "junction");
  const lockFile = ".terraform.lock.hcl";
  if (existsSync(join(stackFolder, lockFile))) copyFileSync(join(stackFolder, lockFile), join(folder, lockFile));
}

/** Settings that are meant for the stack's own folder. */
const OF_THE_STACK = /^TF_(DATA_DIR|WORKSPACE|CLI_ARGS.*|VAR_.*)$/;

function probeEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !OF_THE_STACK.test(name)));
}
