import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

import { ConfigurationError } from "../configuration-error";
import type { JsonObject } from "../json";
import { isObject } from "../json-access";
import { parseJson } from "../json-text";
import type { StackDefinition } from "../stack";
import { type ExpressionNode, type ParsedExpressions, parseExpression } from "./expression-node";
import { readApis } from "./read-apis";
import { readDomains } from "./read-domains";
import { readFunctions } from "./read-functions";
import { readQueues } from "./read-queues";
import { readTables } from "./read-tables";
import { readApiKeys, readUsagePlans } from "./read-usage-plans";
import { TerraformScope } from "./scope";

/** File that cdktf writes for each stack. */
export const STACK_FILE = "cdk.tf.json";

/**
 * Reads a synthesized stack; its name is the folder's.
 *
 * @param folder folder that holds `cdk.tf.json`
 * @throws ConfigurationError `STACK_FILE_MISSING`, `STACK_FILE_NOT_JSON` and those of {@link readStackJson}
 */
export async function readStack(folder: string): Promise<StackDefinition> {
  const file = join(folder, STACK_FILE);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw missing(file, cause);
  });
  const fix = "synthesize again, or start without --no-synth";
  const root = parseJson(text, { code: "STACK_FILE_NOT_JSON", place: file, fix });
  if (isObject(root)) return readStackJson(root, basename(resolve(folder)));
  throw new ConfigurationError("STACK_FILE_NOT_JSON", file, "the file holds JSON, but no object", fix);
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
  const expressions = new Map<string, ExpressionNode | null>();
  for (;;) {
    const attempt = tryToRead(root, name, expressions);
    if (attempt.unparsed.size === 0) return attempt.stack();
    for (const source of attempt.unparsed) expressions.set(source, await parseExpression(source));
  }
}

/**
 * The same without a parser of expressions, and so at once: what is more than a plain reference becomes an unknown.
 *
 * @throws ConfigurationError as {@link readStackJson} does
 */
export function readStackAtOnce(root: JsonObject, name: string): StackDefinition {
  return tryToRead(root, name, new Map()).stack();
}

/** Evaluation is synchronous and the parser is not, so a reading tells which expressions it lacked. */
function tryToRead(root: JsonObject, name: string, expressions: ParsedExpressions) {
  const scope = new TerraformScope(root, name, expressions);
  const outcome = settle(() => readResources(scope, name));
  return { unparsed: scope.unparsed, stack: outcome };
}

function readResources(scope: TerraformScope, name: string): StackDefinition {
  const apis = readApis(scope);
  return {
    name,
    region: scope.region,
    apis,
    usagePlans: readUsagePlans(scope, apis),
    apiKeys: readApiKeys(scope),
    functions: readFunctions(scope),
    tables: readTables(scope),
    queues: readQueues(scope),
    domains: readDomains(scope),
  };
}

/** The result of a computation, or its error, for later. */
function settle<Result>(compute: () => Result): () => Result {
  try {
    const result = compute();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function missing(file: string, cause: unknown): ConfigurationError {
  return new ConfigurationError(
    "STACK_FILE_MISSING",
    file,
    "the synthesized stack is not there or cannot be read",
    "synthesize, start without --no-synth, or name another stack",
    { cause },
  );
}
