import type { ModelDefinition } from "./rest-api";

/**
 * Models that every API has from its creation. A document may say them again; a Terraform resource cannot, since AWS refuses
 * a second model of a name.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export const DEFAULT_MODELS: Readonly<Record<string, ModelDefinition>> = {
  Empty: { contentType: "application/json", schema: { type: "object", title: "Empty Schema" } },
  Error: {
    contentType: "application/json",
    schema: { type: "object", title: "Error Schema", properties: { message: { type: "string" } } },
  },
};
