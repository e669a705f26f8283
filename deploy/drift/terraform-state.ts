import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ConfigurationError } from "../../definition/configuration-error";
import type { Json, JsonObject } from "../../definition/json";
import { isObject, listAt, objectAt, textAt } from "../../definition/json-access";
import { parseJson } from "../../definition/json-text";

/** What Terraform remembers of an apply. */
export interface TerraformState {
  /** An attribute of a resource or data source, as in `aws_lambda_function.get`; absent if it has none. */
  attribute(address: string, name: string): Json | undefined;
  /** True for a resource that the last apply, or one before it, has left behind. */
  has(address: string): boolean;
}

const runFile = promisify(execFile);
/** A state of a thousand resources has some megabytes. */
const MAX_STATE_BYTES = 256 * 1024 * 1024;

/**
 * The state of a stack: of a file, else of the backend that its folder is initialised for. Absent where nothing is
 * initialised, or nothing was applied.
 *
 * @param folder of the stack's `cdk.tf.json`
 * @param file what `terraform state pull` printed
 * @throws ConfigurationError TERRAFORM_STATE_UNREADABLE
 */
export async function readTerraformState(folder: string, file?: string): Promise<TerraformState | undefined> {
  if (file !== undefined) return parseState(textOf(file), file);
  if (!existsSync(join(folder, ".terraform"))) return undefined;
  const text = await pullState(folder);
  return text.trim() === "" ? undefined : parseState(text, folder);
}

async function pullState(folder: string): Promise<string> {
  try {
    const { stdout } = await runFile("terraform", ["state", "pull"], { cwd: folder, maxBuffer: MAX_STATE_BYTES });
    return stdout;
  } catch (cause) {
    throw unreadable(folder, `\`terraform state pull\` failed: ${failureText(cause)}`, cause);
  }
}

function failureText(cause: unknown): string {
  const { stderr, message } = cause as { readonly stderr?: string; readonly message?: string };
  return (stderr || message || String(cause)).replaceAll(/\s+/g, " ").trim();
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw unreadable(file, "the file cannot be read", cause);
  }
}

function unreadable(place: string, problem: string, cause?: unknown): ConfigurationError {
  const fix = "run `terraform init` there, or pass what `terraform state pull` prints with --state";
  return new ConfigurationError("TERRAFORM_STATE_UNREADABLE", place, problem, fix, { cause });
}

/**
 * The content of a state file of version 4, which Terraform has written since 0.12.
 *
 * @throws ConfigurationError TERRAFORM_STATE_UNREADABLE
 */
export function parseState(text: string, place: string): TerraformState {
  const fix = "pass what `terraform state pull` prints";
  const state = parseJson(text, { code: "TERRAFORM_STATE_UNREADABLE", place, fix });
  if (!isObject(state) || state.version !== 4) throw unreadable(place, "this is no Terraform state of version 4");
  const instances = new Map(listAt(state.resources).map(objectAt).flatMap(instancesOf));
  return {
    attribute: (address, name) => {
      const attributes = instances.get(address);
      return attributes !== undefined && Object.hasOwn(attributes, name) ? (attributes[name] ?? undefined) : undefined;
    },
    has: (address) => instances.has(address),
  };
}

function instancesOf(resource: JsonObject): readonly (readonly [string, JsonObject])[] {
  const prefix = [textAt(resource.module), resource.mode === "data" ? "data" : undefined];
  const address = [...prefix, textAt(resource.type), textAt(resource.name)]
    .filter((part) => part !== undefined)
    .join(".");
  return listAt(resource.instances)
    .map(objectAt)
    .filter(({ deposed }) => deposed === undefined)
    .map(({ index_key: key, attributes }) => [
      key === undefined ? address : `${address}[${JSON.stringify(key)}]`,
      objectAt(attributes),
    ]);
}
