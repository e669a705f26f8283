import { Construct } from "constructs";
import type { RequestValidatorDefinition } from "../../definition/rest-api";
import type { RestApiBase } from "./rest-api-base";

/** What is checked before the integration. */
export interface RequestValidatorOptions {
  /**
   * Name in the API.
   * @default - a name that says what is validated
   */
  readonly requestValidatorName?: string;
  /**
   * True refuses bodies that do not follow their model.
   * @default false
   */
  readonly validateRequestBody?: boolean;
  /**
   * True refuses requests without a required parameter.
   * @default false
   */
  readonly validateRequestParameters?: boolean;
}

/** `RequestValidatorOptions` with the API. */
export interface RequestValidatorProps extends RequestValidatorOptions {
  /** The API that gets the validator. */
  readonly restApi: RestApiBase;
}

/** What a method needs of a validator: its name in the API and what it checks. */
export interface IRequestValidator extends RequestValidatorDefinition {
  readonly requestValidatorName: string;
}

/**
 * Checks requests before the integration. Methods share validators that check the same.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export class RequestValidator extends Construct implements IRequestValidator {
  readonly requestValidatorName: string;
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;

  constructor(scope: Construct, id: string, props: RequestValidatorProps) {
    super(scope, id);
    const validator = toRequestValidator({ requestValidatorName: id, ...props });
    this.requestValidatorName = validator.requestValidatorName;
    this.validateRequestBody = validator.validateRequestBody;
    this.validateRequestParameters = validator.validateRequestParameters;
    props.restApi.useRequestValidator(this);
  }
}

/** The validator that options describe, named for what it checks. */
export function toRequestValidator(options: RequestValidatorOptions): IRequestValidator {
  const { validateRequestBody = false, validateRequestParameters = false } = options;
  const parts = [...(validateRequestBody ? ["body"] : []), ...(validateRequestParameters ? ["parameters"] : [])];
  return {
    requestValidatorName: options.requestValidatorName ?? (parts.join("-and-") || "nothing"),
    validateRequestBody,
    validateRequestParameters,
  };
}
