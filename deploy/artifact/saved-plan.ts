import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { ConfigurationError } from "../../definition/configuration-error";
import { isRecord } from "../../definition/json-access";
import { fileProblem } from "../file-problem";

/** What a plan that `terraform plan -out` saved says of the configuration it was made from. */
export interface SavedPlan {
  /** Files of the root module as they were planned, by name. */
  readonly configuration: Readonly<Record<string, Uint8Array>>;
}

/** Terraform keeps a snapshot of every module in a plan; the root's name is empty. */
const ROOT_MODULE = "tfconfig/m-/";

/**
 * Opens a saved plan, which is a zip.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format (the file itself is opaque, so all that is read is the
 * snapshot of the configuration)
 *
 * @throws ConfigurationError PLAN_NOT_SAVED
 */
export function readSavedPlan(file: string): SavedPlan {
  const entries = Object.entries(unzipped(file)).filter(([name]) => name.startsWith(ROOT_MODULE));
  if (entries.length === 0) throw notSaved(file, "the file holds no configuration");
  return {
    configuration: Object.fromEntries(entries.map(([name, bytes]) => [name.slice(ROOT_MODULE.length), bytes])),
  };
}

function unzipped(file: string): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(readFileSync(file));
  } catch (cause) {
    const isOfFileSystem = isRecord(cause) && typeof cause.syscall === "string";
    throw notSaved(file, isOfFileSystem ? fileProblem(cause) : "the file is no plan that Terraform saved", cause);
  }
}

function notSaved(file: string, problem: string, cause?: unknown): ConfigurationError {
  const fix = "write it with `terraform plan -out=<file>` in the folder of the stack";
  return new ConfigurationError("PLAN_NOT_SAVED", file, problem, fix, { cause });
}
