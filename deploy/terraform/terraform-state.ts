import { readFileSync } from "node:fs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { Json, JsonObject } from "../../definition/json";
import { isObject, listAt, objectAt, textAt } from "../../definition/json-access";
import { parseJson } from "../../definition/json-text";
import { fileProblem } from "../file-problem";
import { runTerraform, terraformError } from "./run-terraform";

/** What Terraform remembers of an apply. */
export interface TerraformState {
  /** An attribute of a resource or data source, as in `aws_lambda_function.get`; absent if it has none. */
  attribute(address: string, name: string): Json | undefined;
  /** True for a resource that the last apply, or one before it, has left behind. */
  has(address: string): boolean;
  /** Type and id of all that it holds, as in `aws_api_gateway_rest_api a1b2c3`; also of what waits for its destruction. */
  readonly ids: ReadonlySet<string>;
  /** True where nothing was applied, or all was destroyed. */
  readonly isEmpty: boolean;
}

/**
 * The state of a stack, as its backend has it. Empty where nothing was applied.
 *
 * @param folder of the stack's `cdk.tf.json`
 * @param environment whole environment of Terraform
 * @throws ConfigurationError TERRAFORM_MISSING, TERRAFORM_NOT_INITIALIZED, STATE_LOCKED, AWS_CREDENTIALS_MISSING,
 * AWS_ACCOUNT_NOT_ALLOWED, TERRAFORM_FAILED, TERRAFORM_STATE_UNREADABLE
 */
export async function pullState(folder: string, environment: NodeJS.ProcessEnv): Promise<TerraformState> {
  const { exitCode, stdout, stderr } = await runTerraform(folder, ["state", "pull"], environment);
  if (exitCode !== 0) throw terraformError(folder, "state pull", stderr);
  return parseState(stdout, folder);
}

/**
 * The same of a file.
 *
 * @param file what `terraform state pull` printed
 * @throws ConfigurationError TERRAFORM_STATE_UNREADABLE
 */
export function readStateFile(file: string): TerraformState {
  return parseState(textOf(file), file);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw unreadable(file, fileProblem(cause), cause);
  }
}

function unreadable(place: string, problem: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError("TERRAFORM_STATE_UNREADABLE", place, problem, FIX, { cause });
}

const FIX = "name a file that `terraform state pull` wrote";

/**
 * The content of a state file of version 4, which Terraform has written since 0.12. No text: nothing was applied.
 *
 * @throws ConfigurationError TERRAFORM_STATE_UNREADABLE
 */
export function parseState(text: string, place: string): TerraformState {
  if (text.trim() === "") return NOTHING;
  const state = parseJson(text, { code: "TERRAFORM_STATE_UNREADABLE", place, fix: FIX });
  if (!isObject(state) || state.version !== 4) throw unreadable(place, "this is no Terraform state of version 4");
  const resources = listAt(state.resources).map(objectAt);
  const instances = new Map(resources.flatMap(instancesOf));
  return {
    attribute: (address, name) => {
      const attributes = instances.get(address);
      return attributes !== undefined && Object.hasOwn(attributes, name) ? (attributes[name] ?? undefined) : undefined;
    },
    has: (address) => instances.has(address),
    ids: new Set(resources.flatMap(idsOf)),
    isEmpty: instances.size === 0,
  };
}

const NOTHING: TerraformState = { attribute: () => undefined, has: () => false, ids: new Set(), isEmpty: true };

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

function idsOf({ mode, type, instances }: JsonObject): readonly string[] {
  if (mode === "data") return [];
  return listAt(instances).map((instance) => `${textAt(type)} ${textAt(objectAt(objectAt(instance).attributes).id)}`);
}
