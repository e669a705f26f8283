import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { ConfigurationError } from "../../configuration-error";
import type { JsonObject } from "../../json";
import { isObject, objectAt, textAt } from "../../json-access";
import { parseJson } from "../../json-text";
import type { StackDefinition } from "../../stack";
import { type HclModules, readHclModules } from "../hcl-modules";
import { readRoots, type TerraformRoot } from "../read-roots";
import { filesOf } from "../root-files";
import { DEFAULT_REGION } from "../scope";
import type { ModuleSource } from "../scope-settings";
import { configurationOf } from "./plan-configuration";
import { PlanValues } from "./plan-values";
import { calledInState, stateConfiguration } from "./state-configuration";

const SHOW = "write it with `terraform show -json plan.tfplan > plan.json`, in the folder where Terraform runs";

/**
 * Reads what `terraform show -json` prints of a plan or a state. What is known only after apply is found through the
 * configuration: the files beside the plan, as long as they are those that were planned, else the references that the plan names.
 *
 * @param file file in the folder where Terraform ran, because paths of functions and modules are relative to that
 * @throws ConfigurationError `PLAN_FILE_MISSING`, `PLAN_NOT_JSON`, `PLAN_FORMAT_UNSUPPORTED`, `PLAN_WITHOUT_API` and those of `readStackJson`
 */
export async function readPlan(file: string): Promise<StackDefinition> {
  const document = await readDocument(file);
  const stack = await readPlanJson(document, { name: basename(file), file, folder: dirname(resolve(file)) });
  if (stack.apis.length > 0) return stack;
  throw new ConfigurationError(
    "PLAN_WITHOUT_API",
    file,
    "there is no aws_api_gateway_rest_api in it",
    "plan a configuration that declares a REST API; HTTP APIs (aws_apigatewayv2_api) are not served",
  );
}

/** Where a plan comes from. */
export interface PlanOrigin {
  readonly name: string;
  /** Named in messages. */
  readonly file: string;
  /** Folder where Terraform ran. @default - there are no files beside it */
  readonly folder?: string;
}

/** The same of a parsed document. @throws ConfigurationError as {@link readPlan} does, except for those of the file */
export async function readPlanJson(document: JsonObject, { name, file, folder }: PlanOrigin): Promise<StackDefinition> {
  const values = new PlanValues(document);
  const planned = objectAt(objectAt(document.configuration).root_module);
  const isState = document.values !== undefined;
  const modules = folder === undefined || isState ? new Map() : await readHclModules(folder, planned);
  const region = regionOf(document, values);
  const read = isState ? stateModules(document) : planModules(planned, modules, values, region);
  const given = objectAt(document.variables);
  const root: TerraformRoot = {
    name,
    file,
    region,
    content: { ...read([])?.root, ...(isState ? {} : { provider: { aws: [{ region }] } }) },
    known: values,
    variable: (variable) => objectAt(given[variable]).value,
    modules: read,
    ...(folder !== undefined && { files: filesOf(folder) }),
  };
  const [outcome] = await readRoots([root]);
  if (outcome === undefined) throw new Error("a root was not read");
  return outcome();
}

type ReadModule = (callPath: readonly string[]) => ModuleSource | undefined;

function planModules(planned: JsonObject, modules: HclModules, values: PlanValues, region: string): ReadModule {
  return (callPath) => {
    const source = modules.get(callPath.join("."));
    if (source !== undefined) return source;
    const module = callPath.reduce(
      (outer, name) => objectAt(objectAt(objectAt(outer.module_calls)[name]).module),
      planned,
    );
    return { root: configurationOf(module, callPath, values, region), folder: "." };
  };
}

function stateModules(document: JsonObject): ReadModule {
  const root = objectAt(objectAt(document.values).root_module);
  return (callPath) => ({ root: stateConfiguration(calledInState(root, callPath)), folder: "." });
}

/** A state does not say which region it is of, but its ARNs do. */
function regionOf(document: JsonObject, values: PlanValues): string {
  const { expressions } = objectAt(objectAt(objectAt(document.configuration).provider_config).aws);
  const { constant_value: literal, references } = objectAt(objectAt(expressions).region);
  const [, variable = ""] = /^\["var\.([\w-]+)"\]$/.exec(JSON.stringify(references ?? null)) ?? [];
  const given = objectAt(objectAt(document.variables)[variable]).value;
  const fromData = ["name", "id"].map((name) => values.argument("data.aws_region.current", name)?.value);
  const candidates = [literal, given, ...fromData, values.region];
  return candidates.map(textAt).find((region) => region !== undefined) ?? DEFAULT_REGION;
}

async function readDocument(file: string): Promise<JsonObject> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ConfigurationError("PLAN_FILE_MISSING", file, "the file is not there or cannot be read", SHOW, { cause });
  });
  if (bytes.subarray(0, 2).toString("latin1") === "PK") {
    throw new ConfigurationError("PLAN_NOT_JSON", file, "it is a plan in Terraform's binary format", SHOW);
  }
  const text = bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
  const document = parseJson(text, { code: "PLAN_NOT_JSON", place: file, fix: SHOW });
  if (!isObject(document)) throw new ConfigurationError("PLAN_NOT_JSON", file, "it holds JSON, but no object", SHOW);
  const version = textAt(document.format_version);
  if (version?.split(".")[0] === "1" && (isObject(document.planned_values) || isObject(document.values)))
    return document;
  throw new ConfigurationError("PLAN_FORMAT_UNSUPPORTED", file, formatProblem(document, version), SHOW);
}

function formatProblem(document: JsonObject, version: string | undefined): string {
  if (document.lineage !== undefined) return "it is a state file, whose format is Terraform's own";
  if (document["@level"] !== undefined) return "it is what `terraform plan -json` prints while it works";
  if (version === undefined) return "it has no format_version, so it is no output of `terraform show -json`";
  if (version.split(".")[0] !== "1") return `its format_version is "${version}", and only 1.x is read`;
  return "it holds neither planned_values nor values: nothing is planned or applied";
}
