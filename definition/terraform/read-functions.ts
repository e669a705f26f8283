import type { FunctionDefinition } from "../function";
import type { Json } from "../json";
import { textRecordAt } from "../json-access";
import { present } from "../present";
import { type BlockReader, readersOf } from "./block-reader";
import type { TerraformScope } from "./scope";

const DEFAULT_MEMORY_SIZE_MB = 128;
const DEFAULT_TIMEOUT_SECONDS = 3;

/** The Lambda functions of a root, with the aliases that point at them. */
export function readFunctions(scope: TerraformScope): readonly FunctionDefinition[] {
  const aliases = readersOf(scope, "aws_lambda_alias");
  return readersOf(scope, "aws_lambda_function").map((reader) => {
    const targets = new Set([reader.attribute("function_name"), reader.attribute("id"), reader.attribute("arn")]);
    return readFunction(
      reader,
      aliases.filter((alias) => targets.has(alias.attribute("function_name"))).map((alias) => alias.attribute("name")),
    );
  });
}

function readFunction(reader: BlockReader, aliases: readonly string[]): FunctionDefinition {
  const concurrency = reader.number("reserved_concurrent_executions");
  return present({
    address: reader.address,
    name: reader.text("function_name") ?? reader.attribute("id"),
    handler: reader.text("handler"),
    runtime: reader.text("runtime"),
    packageFile: reader.text("filename"),
    sourceCodeHash: reader.text("source_code_hash"),
    memorySizeMb: reader.number("memory_size") ?? DEFAULT_MEMORY_SIZE_MB,
    timeoutSeconds: reader.number("timeout") ?? DEFAULT_TIMEOUT_SECONDS,
    environment: textRecordAt(reader.blockOf("environment")?.variables),
    // Minus one is how Terraform says "no limit of its own".
    reservedConcurrency: concurrency === -1 ? undefined : concurrency,
    aliases,
    hasLayers: hasItems(reader.json("layers")) ? true : undefined,
  });
}

/** Also for ARNs that are known only after apply. */
function hasItems(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
