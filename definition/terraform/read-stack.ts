import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

import { ConfigurationError } from "../configuration-error";
import type { JsonObject } from "../json";
import { isObject, objectAt } from "../json-access";
import { parseJson } from "../json-text";
import type { StackDefinition } from "../stack";
import { readCalledModules } from "./hcl-modules";
import { type ReadOutcome, readRoots, readRootsAtOnce, type TerraformRoot } from "./read-roots";
import { filesOf, variableValues } from "./root-files";
import { TemplateEvaluator } from "./template-evaluator";

/** File that cdktf writes for each stack. */
export const STACK_FILE = "cdk.tf.json";

/**
 * Reads a synthesized stack; its name is the folder's.
 *
 * @param folder folder that holds `cdk.tf.json`
 * @throws ConfigurationError `STACK_FILE_MISSING`, `STACK_FILE_NOT_JSON` and those of {@link readStackJson}
 */
export async function readStack(folder: string): Promise<StackDefinition> {
  const [outcome = nothing] = await readRoots([await terraformRoot(folder)]);
  return outcome();
}

/**
 * Reads synthesized stacks that may refer to outputs of each other. One that cannot be read fails when its outcome is asked for.
 *
 * @param folders folders that hold a `cdk.tf.json`
 */
export async function readStacks(folders: readonly string[]): Promise<readonly ReadOutcome[]> {
  const settled = await Promise.allSettled(folders.map(terraformRoot));
  const roots = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const outcomes = await readRoots(roots);
  return settled.map((result) => {
    if (result.status === "fulfilled") return outcomes[roots.indexOf(result.value)] ?? nothing;
    return () => {
      throw result.reason;
    };
  });
}

/** A synthesized stack before it is read. @throws ConfigurationError `STACK_FILE_MISSING`, `STACK_FILE_NOT_JSON` */
export async function terraformRoot(folder: string): Promise<TerraformRoot> {
  const file = join(folder, STACK_FILE);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw missing(file, cause);
  });
  const fix = "synthesize again";
  const content = parseJson(text, { code: "STACK_FILE_NOT_JSON", place: file, fix });
  if (!isObject(content)) {
    throw new ConfigurationError("STACK_FILE_NOT_JSON", file, "the file holds JSON, but no object", fix);
  }
  const variables = await variableValues(folder, process.env, objectAt(content.variable));
  const variable = (name: string) => variables[name];
  const called = content.module === undefined ? new Map() : await readCalledModules(folder, content);
  const modules = (callPath: readonly string[]) => called.get(callPath.join("."));
  return { name: basename(resolve(folder)), file, content, files: filesOf(folder), variable, modules };
}

/**
 * Reads the Terraform JSON of one root. What cannot be evaluated before apply becomes an unknown (see `unknown.ts`).
 *
 * @param root parsed content of `cdk.tf.json`
 * @param name what the root is called; computed ids depend on it
 * @throws ConfigurationError `TEMPLATE_BROKEN`, `REFERENCE_DANGLING`, `REFERENCE_CYCLE`, `API_DOCUMENT_MISSING`,
 * `API_DOCUMENT_NOT_JSON`, `API_POLICY_NOT_JSON`, `REDRIVE_POLICY_NOT_JSON`, `VALUE_NOT_ALLOWED` and those of `fromOpenApi`
 * and `readApiParts`
 */
export async function readStackJson(root: JsonObject, name: string): Promise<StackDefinition> {
  const [outcome = nothing] = await readRoots([{ name, content: root }]);
  return outcome();
}

/**
 * The same without a parser of expressions, and so at once: what is more than a plain reference becomes an unknown.
 *
 * @throws ConfigurationError as {@link readStackJson} does
 */
export function readStackAtOnce(root: JsonObject, name: string): StackDefinition {
  const [outcome = nothing] = readRootsAtOnce([{ name, content: root }], new TemplateEvaluator(new Map()));
  return outcome();
}

/** There is an outcome for each root. */
const nothing: ReadOutcome = () => {
  throw new Error("a root was not read");
};

function missing(file: string, cause: unknown): ConfigurationError {
  return new ConfigurationError(
    "STACK_FILE_MISSING",
    file,
    "the synthesized stack is not there or cannot be read",
    "name a folder that `headgate synth` wrote, or synthesize again",
    { cause },
  );
}
