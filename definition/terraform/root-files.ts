import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Json, JsonObject } from "../json";
import { firstBlock } from "./blocks";
import { parseExpression } from "./expression-node";
import type { TerraformFiles } from "./scope-settings";
import { NO_FILES } from "./scope-settings";
import { TemplateEvaluator } from "./template-evaluator";

/** The files of a folder, read once. */
export function filesOf(folder: string): TerraformFiles {
  const contents = new Map<string, Buffer | undefined>();
  return {
    absolutePath: (path) => resolve(folder, path),
    readFile: (path) => {
      const file = resolve(folder, path);
      if (!contents.has(file)) contents.set(file, contentOf(file));
      return contents.get(file);
    },
  };
}

function contentOf(file: string): Buffer | undefined {
  try {
    return statSync(file).isFile() ? readFileSync(file) : undefined;
  } catch {
    // To Terraform's functions a file that cannot be read is not there.
    return undefined;
  }
}

/**
 * Values of variables as Terraform finds them: `TF_VAR_…`, then `terraform.tfvars`, `terraform.tfvars.json` and
 * `*.auto.tfvars[.json]` in the order of their names, the later ones winning.
 * Source: https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 *
 * @param declared the `variable` blocks of the root
 */
export async function variableValues(
  folder: string,
  environment: NodeJS.ProcessEnv,
  declared: JsonObject,
): Promise<JsonObject> {
  const fromEnvironment = await Promise.all(
    Object.entries(declared).map(async ([name, blocks]) => {
      const text = environment[`TF_VAR_${name}`];
      return text === undefined ? [] : [[name, await typed(text, firstBlock(blocks).type)] as const];
    }),
  );
  const files = await Promise.all(variableFiles(folder).map((name) => readTerraformFile(join(folder, name))));
  return Object.assign({}, Object.fromEntries(fromEnvironment.flat()), ...files);
}

function variableFiles(folder: string): readonly string[] {
  const names = namesIn(folder);
  const automatic = names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name)).sort();
  return [...["terraform.tfvars", "terraform.tfvars.json"].filter((name) => names.includes(name)), ...automatic];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A root may have been read from somewhere else.
    return [];
  }
}

/** A file of Terraform in either syntax, as Terraform JSON. */
export async function readTerraformFile(file: string): Promise<JsonObject> {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".json")) return JSON.parse(text);
  const { parse } = await import("@cdktn/hcl2json");
  return parse(file, text);
}

/** Text is taken as it is; values of other types are written as expressions. */
async function typed(text: string, type: Json | undefined): Promise<Json> {
  if (type === undefined || type === "string" || type === "${string}") return text;
  const template = `\${${text}}`;
  const evaluator = new TemplateEvaluator(new Map([[text, await parseExpression(text)]]));
  const value = evaluator.evaluate(template, { owner: "environment", files: NO_FILES, resolve: () => undefined });
  return typeof value === "string" && !/^\s*"/.test(text) ? text : value;
}
