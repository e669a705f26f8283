import type { FunctionDefinition, JsonLogDefinition, LayerDefinition } from "../function";
import type { Json, JsonObject } from "../json";
import { textAt, textRecordAt } from "../json-access";
import { present } from "../present";
import { unknownsIn } from "../unknown";
import { type BlockReader, readersOf } from "./block-reader";
import type { TerraformScope } from "./scope";

const DEFAULT_MEMORY_SIZE_MB = 128;
const DEFAULT_TIMEOUT_SECONDS = 3;

/** The Lambda functions of a root, with the aliases that point at them. */
export function readFunctions(scope: TerraformScope): readonly FunctionDefinition[] {
  const aliases = readersOf(scope, "aws_lambda_alias");
  const layers = readersOf(scope, "aws_lambda_layer_version");
  return readersOf(scope, "aws_lambda_function").map((reader) => {
    const targets = new Set([reader.attribute("function_name"), reader.attribute("id"), reader.attribute("arn")]);
    return readFunction(
      reader,
      aliases.filter((alias) => targets.has(alias.attribute("function_name"))).map((alias) => alias.attribute("name")),
      readLayers(reader.json("layers"), layers),
    );
  });
}

function readFunction(
  reader: BlockReader,
  aliases: readonly string[],
  layers: readonly LayerDefinition[],
): FunctionDefinition {
  // A variable, or the code, that the deployed function has and the local one does not.
  for (const unknown of unknownsIn([reader.json("environment"), reader.text("filename")])) reader.leaveOut(unknown);
  const concurrency = reader.number("reserved_concurrent_executions");
  return present({
    address: reader.address,
    name: reader.text("function_name") ?? reader.attribute("id"),
    handler: reader.text("handler"),
    runtime: reader.text("runtime"),
    packageFile: known(reader.text("filename")),
    sourceCodeHash: reader.text("source_code_hash"),
    memorySizeMb: reader.number("memory_size") ?? DEFAULT_MEMORY_SIZE_MB,
    timeoutSeconds: reader.number("timeout") ?? DEFAULT_TIMEOUT_SECONDS,
    environment: textRecordAt(reader.blockOf("environment")?.variables),
    // Minus one is how Terraform says "no limit of its own".
    reservedConcurrency: concurrency === -1 ? undefined : concurrency,
    aliases,
    layers: layers.length === 0 ? undefined : layers,
    jsonLog: readJsonLog(reader.blockOf("logging_config")),
  });
}

/** A path that has no value before apply leads nowhere. */
function known(path: string | undefined): string | undefined {
  return path === undefined || unknownsIn(path).length > 0 ? undefined : path;
}

/** Layers by their ARN; one that is not in the root, or is known only after apply, has nothing but a name. */
function readLayers(value: Json | undefined, inRoot: readonly BlockReader[]): readonly LayerDefinition[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item) => {
    const arn = textAt(item);
    const found = inRoot.find((layer) => arn !== undefined && layer.attribute("arn") === arn);
    if (!found) return { name: arn ?? "a layer that is known only after apply" };
    return present({
      name: found.text("layer_name") ?? found.attribute("id"),
      packageFile: found.text("filename"),
    });
  });
}

function readJsonLog(block: JsonObject | undefined): JsonLogDefinition | undefined {
  if (textAt(block?.log_format) !== "JSON") return undefined;
  return present({
    applicationLogLevel: textAt(block?.application_log_level),
    systemLogLevel: textAt(block?.system_log_level),
  });
}
