import { Construct } from "constructs";
import type { ZodType } from "zod";
import { ConfigurationError } from "../../definition/configuration-error";
import type { Json, JsonObject } from "../../definition/json";
import { textAt } from "../../definition/json-access";
import { recordFinding } from "../checks/findings";
import { modelFormError, modelNameError } from "../checks/model-checks";
import { type JsonSchema, plainSchema } from "./json-schema";
import { schemaFromZod } from "./model-from-zod";
import { type ModelSchema, modelSchema } from "./model-schema";
import type { RestApiBase } from "./rest-api-base";

/** A named JSON Schema, attached to an API when a method uses it. */
export interface IModel {
  /** Letters and digits. */
  readonly modelName: string;
  /** Media type of the bodies. */
  readonly contentType: string;
  /**
   * Text for people.
   * @default - no description
   */
  readonly description?: string;
  /**
   * JSON Schema draft 4, in the part that OpenAPI 3.0 shares with it. Other models are referred to as
   * `#/components/schemas/<name>`.
   * @default - the name stands for a model that the API has anyway
   */
  readonly schema?: JsonObject;
  /**
   * Models that the schema refers to, and that come with it.
   * @default - none
   */
  readonly definitions?: readonly IModel[];
}

/** A model with its schema. */
export interface ModelWithSchema extends IModel {
  readonly schema: JsonObject;
}

/** A model as `addModel` takes it. */
export interface ModelOptions {
  /** @default - the construct id without what is neither letter nor digit */
  readonly modelName?: string;
  /** @default "application/json" */
  readonly contentType?: string;
  /** @default - the description that the schema has */
  readonly description?: string;
  /**
   * A schema in AWS CDK's form, or any JSON Schema: what draft 4 and OpenAPI 3.0 write differently is rewritten, what one
   * of them does not have is refused. See `docs/models.md`.
   */
  readonly schema: JsonSchema | JsonObject;
}

/** `ModelOptions` with the API. */
export interface ModelProps extends ModelOptions {
  /** The API that gets the model. */
  readonly restApi: RestApiBase;
}

const JSON_TYPE = "application/json";

/**
 * The shape of a body. Reports `MODEL_NAME_INVALID`, and `MODEL_NOT_EXPRESSIBLE` with all that JSON Schema draft 4 and
 * OpenAPI 3.0 have no common form for.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export class Model extends Construct implements ModelWithSchema {
  /** Any object. Every API has this model. */
  static readonly EMPTY_MODEL: ModelWithSchema = {
    modelName: "Empty",
    contentType: JSON_TYPE,
    schema: { type: "object", title: "Empty Schema" },
  };

  /** The body of answers that API Gateway makes itself. Every API has this model. */
  static readonly ERROR_MODEL: ModelWithSchema = {
    modelName: "Error",
    contentType: JSON_TYPE,
    schema: { type: "object", title: "Error Schema", properties: { message: { type: "string" } } },
  };

  /**
   * The model of what a client sends, from a zod schema: its input side, so defaults make a property optional. Schemas with
   * `.meta({ id })` become models of their own, and so do those that contain themselves.
   *
   * Throws `MODEL_NAME_INVALID`, and `MODEL_NOT_EXPRESSIBLE` with all that JSON Schema draft 4 and OpenAPI 3.0 have no
   * common form for.
   */
  static fromZod(modelName: string, schema: ZodType): ModelWithSchema {
    const place = `Model.fromZod("${modelName}")`;
    const nameError = modelNameError(place, modelName);
    if (nameError !== undefined) throw nameError;
    const formed = modelSchema(
      modelName,
      asJson(place, () => schemaFromZod(schema)),
    );
    if (formed.problems.length > 0) throw modelFormError(place, modelName, formed.problems);
    return { modelName, contentType: JSON_TYPE, ...describe(formed.schema), ...definitionsOf(formed) };
  }

  /**
   * A model by its name. `Empty` and `Error` every API has; others must be added to the API in the same app, or
   * `MODEL_UNKNOWN` is reported.
   */
  static fromModelName(_scope: Construct, _id: string, modelName: string): IModel {
    const known = [Model.EMPTY_MODEL, Model.ERROR_MODEL].find((model) => model.modelName === modelName);
    return known ?? { modelName, contentType: JSON_TYPE };
  }

  readonly modelName: string;
  readonly contentType: string;
  readonly description?: string;
  readonly schema: JsonObject;
  readonly definitions?: readonly IModel[];

  constructor(scope: Construct, id: string, props: ModelProps) {
    super(scope, id);
    this.modelName = props.modelName ?? id.replaceAll(/[^A-Za-z0-9]/g, "");
    this.contentType = props.contentType ?? JSON_TYPE;
    const source = this.readable(props.schema);
    const formed = modelSchema(this.modelName, source);
    const { schema, description } = describe(formed.schema, props.description);
    if (description !== undefined) this.description = description;
    this.schema = schema;
    const { definitions } = definitionsOf(formed);
    if (definitions !== undefined) this.definitions = definitions;
    const nameError = modelNameError(this.node.path, this.modelName);
    if (nameError !== undefined) recordFinding(this, nameError);
    if (formed.problems.length > 0) {
      recordFinding(this, modelFormError(this.node.path, this.modelName, formed.problems));
    }
    props.restApi.useModel(this);
  }

  /** The schema, or an empty one in the place of what has no form in JSON. */
  private readable(schema: ModelOptions["schema"]): Json {
    try {
      return asJson(this.node.path, () => plainSchema(schema));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      recordFinding(this, error);
      return {};
    }
  }

  /** The name: AWS CDK's word for it. */
  get modelId(): string {
    return this.modelName;
  }
}

function definitionsOf(formed: ModelSchema): Pick<IModel, "definitions"> {
  const definitions = Object.entries(formed.definitions).map(([modelName, schema]) => {
    return { modelName, contentType: JSON_TYPE, ...describe(schema) };
  });
  return definitions.length === 0 ? {} : { definitions };
}

/** A model has one description, and it stands beside the schema. */
function describe(
  { description, ...schema }: JsonObject,
  own: string | undefined = textAt(description),
): Pick<ModelWithSchema, "schema" | "description"> {
  return own === undefined ? { schema } : { description: own, schema };
}

function asJson(place: string, read: () => Json): Json {
  try {
    return read();
  } catch (cause) {
    const problem = `the schema has no form in JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new ConfigurationError("MODEL_NOT_EXPRESSIBLE", place, problem, "describe what a client sends as JSON", {
      cause,
    });
  }
}
