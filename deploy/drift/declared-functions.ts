import { numberAt, textAt, textRecordAt } from "../../definition/json-access";
import { present } from "../../definition/present";
import { type BlockReader, readersOf } from "../../definition/terraform/block-reader";
import type { TerraformScope } from "../../definition/terraform/scope";

/** What is declared of a function that its versions carry, and that an alias can fall behind. */
export interface DeclaredFunction {
  readonly address: string;
  readonly name: string;
  /** Zip, relative to the stack's folder; absent for code in S3 and images. */
  readonly packageFile?: string;
  /** Absent for code that stands in no zip of the stack. */
  readonly sourceCodeHash?: string;
  readonly handler?: string;
  readonly runtime?: string;
  readonly memorySizeMb?: number;
  readonly timeoutSeconds?: number;
  readonly environment: Readonly<Record<string, string>>;
  /** ARN. */
  readonly role?: string;
  readonly architectures: readonly string[];
  /** ARNs, in order. */
  readonly layers: readonly string[];
  /** `PassThrough` or `Active`. */
  readonly tracingMode: string;
  readonly ephemeralStorageMb: number;
  readonly aliases: readonly DeclaredAlias[];
}

/** An alias of a function. */
export interface DeclaredAlias {
  readonly address: string;
  readonly name: string;
  /** The version that is declared by its number; absent when the alias follows the newest one. */
  readonly version?: string;
}

/** The functions of a stack, with the aliases that the same stack declares. */
export function readDeclaredFunctions(scope: TerraformScope): readonly DeclaredFunction[] {
  const aliases = readersOf(scope, "aws_lambda_alias");
  return readersOf(scope, "aws_lambda_function").map((reader) => {
    const name = reader.text("function_name") ?? reader.attribute("id");
    const targets = new Set([name, reader.attribute("arn")]);
    return present({
      address: reader.address,
      name,
      packageFile: reader.text("filename"),
      sourceCodeHash: reader.text("source_code_hash"),
      handler: reader.text("handler"),
      runtime: reader.text("runtime"),
      memorySizeMb: reader.number("memory_size") ?? 128,
      timeoutSeconds: reader.number("timeout") ?? 3,
      environment: textRecordAt(reader.blockOf("environment")?.variables),
      role: reader.text("role"),
      architectures: orDefault(reader.texts("architectures"), ["x86_64"]),
      layers: reader.texts("layers"),
      tracingMode: textAt(reader.blockOf("tracing_config")?.mode) ?? "PassThrough",
      ephemeralStorageMb: numberAt(reader.blockOf("ephemeral_storage")?.size) ?? 512,
      aliases: aliases.filter((alias) => targets.has(alias.attribute("function_name"))).map(readAlias(reader)),
    });
  });
}

function orDefault(texts: readonly string[], defaults: readonly string[]): readonly string[] {
  return texts.length === 0 ? defaults : texts;
}

function readAlias(fn: BlockReader) {
  return (alias: BlockReader): DeclaredAlias => {
    const version = alias.text("function_version");
    return present({
      address: alias.address,
      name: alias.text("name") ?? "",
      version: version === fn.attribute("version") ? undefined : version,
    });
  };
}
