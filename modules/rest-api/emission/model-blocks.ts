import { canonicalJson } from "../../../definition/canonical-json";
import { ConfigurationError } from "../../../definition/configuration-error";
import { DEFAULT_MODELS } from "../../../definition/default-models";
import { mapReferences, modelUrl, referredModel, referredModels } from "../../../definition/model-reference";
import type { ModelDefinition, RestApiDefinition } from "../../../definition/rest-api";
import { type ApiBlock, addressOf } from "./block";
import type { BlockContext } from "./block-context";

const TYPE = "aws_api_gateway_model";

/** The models, each after those that its schema refers to; without those that every API has. */
export function modelBlocks(context: BlockContext): readonly ApiBlock[] {
  const { api, apiAddress, names, restApiId } = context;
  refuseOtherDefaults(context);
  refuseCycles(context);
  return Object.entries(api.models)
    .filter(([name]) => !isDefault(name))
    .map(([name, { contentType, description, schema }]) => ({
      type: TYPE,
      name: names.of(name),
      references: { rest_api_id: `${apiAddress}.id` },
      literals: { name, content_type: contentType, description },
      documents: { schema: withUrls(schema, restApiId) },
      dependsOn: modelAddresses(
        referredModels(schema).filter((other) => other !== name),
        context,
      ),
    }));
}

/** Addresses of those of the models that the API emits. */
export function modelAddresses(models: readonly string[], { api, names }: BlockContext): readonly string[] {
  return [...new Set(models)]
    .filter((model) => Object.hasOwn(api.models, model) && !isDefault(model))
    .sort()
    .map((model) => addressOf({ type: TYPE, name: names.of(model) }));
}

function withUrls(schema: ModelDefinition["schema"], restApiId: string): ModelDefinition["schema"] {
  return mapReferences(schema, (reference) => {
    const model = referredModel(reference);
    return model === undefined ? reference : modelUrl(restApiId, model);
  });
}

function isDefault(model: string): boolean {
  return Object.hasOwn(DEFAULT_MODELS, model);
}

function refuseOtherDefaults({ api, apiAddress }: BlockContext): void {
  for (const [name, model] of Object.entries(DEFAULT_MODELS)) {
    const own = api.models[name];
    if (own === undefined || canonicalJson({ ...own }) === canonicalJson({ ...model })) continue;
    throw new ConfigurationError(
      "MODEL_NAME_TAKEN",
      apiAddress,
      `the model "${name}" has another schema than the one of this name that every API has, and only a document can replace that`,
      "give the model another name, or use the emission openapi",
    );
  }
}

function refuseCycles({ api, apiAddress }: BlockContext): void {
  const cycle = Object.keys(api.models).find((name) => othersReachable(name, api.models).has(name));
  if (cycle === undefined) return;
  throw new ConfigurationError(
    "MODEL_REFERENCE_CYCLE",
    apiAddress,
    `the model "${cycle}" refers to another model that refers back to it, and a Terraform resource can only come after another`,
    "write the one inside the other, or use the emission openapi",
  );
}

/** What a model reaches through others; a model that only contains itself reaches nothing. */
function othersReachable(start: string, models: RestApiDefinition["models"]): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = neighbours(start, models);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    pending.push(...neighbours(name, models));
  }
  return found;
}

function neighbours(name: string, models: RestApiDefinition["models"]): string[] {
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  return model === undefined ? [] : referredModels(model.schema).filter((other) => other !== name);
}
