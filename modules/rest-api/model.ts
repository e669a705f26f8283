import { Construct } from "constructs";
import type { ZodType } from "zod";
import type { JsonObject } from "../../definition/json";
import { checkModelName } from "../checks/model-checks";
import { modelSchema } from "./model-from-zod";
import type { RestApiBase } from "./rest-api-base";

/** A named JSON Schema, attached to an API when a method uses it. */
export interface IModel {
  /** Letters and digits. */
  readonly modelName: string;
  readonly contentType: string;
  readonly description?: string;
  /** JSON Schema draft 4, in the part that OpenAPI 3.0 shares with it. */
  readonly schema: JsonObject;
}

/** A model as `addModel` takes it. */
export interface ModelOptions {
  /** @default - the construct id without what is neither letter nor digit */
  readonly modelName?: string;
  /** @default "application/json" */
  readonly contentType?: string;
  readonly description?: string;
  readonly schema: JsonObject;
}

/** `ModelOptions` with the API. */
export interface ModelProps extends ModelOptions {
  readonly restApi: RestApiBase;
}

/**
 * The shape of a body.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export class Model extends Construct implements IModel {
  /** What a method response has when nothing is said about its body. */
  static readonly EMPTY_MODEL: IModel = { modelName: "Empty", contentType: "application/json", schema: {} };

  /** The body of answers that API Gateway makes itself. */
  static readonly ERROR_MODEL: IModel = {
    modelName: "Error",
    contentType: "application/json",
    schema: { type: "object", properties: { message: { type: "string" } } },
  };

  /**
   * The model of what a client sends, from a zod schema: its input side, so defaults make a property optional.
   *
   * Throws `MODEL_NAME_INVALID`, and `MODEL_NOT_EXPRESSIBLE` for what JSON Schema draft 4 and OpenAPI 3.0 have no common
   * form for.
   */
  static fromZod(modelName: string, schema: ZodType): IModel {
    checkModelName(`Model.fromZod("${modelName}")`, modelName);
    return { modelName, contentType: "application/json", schema: modelSchema(modelName, schema) };
  }

  readonly modelName: string;
  readonly contentType: string;
  readonly description?: string;
  readonly schema: JsonObject;

  constructor(scope: Construct, id: string, props: ModelProps) {
    super(scope, id);
    this.modelName = props.modelName ?? id.replaceAll(/[^A-Za-z0-9]/g, "");
    this.contentType = props.contentType ?? "application/json";
    if (props.description !== undefined) this.description = props.description;
    this.schema = props.schema;
    checkModelName(this.node.path, this.modelName);
    props.restApi.useModel(this);
  }
}
