import type { ApiGatewayRestApi, ApiGatewayRestApiConfig } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { RestApiDefinition } from "../../../definition/rest-api";
import type { ApiDocument } from "../document";

/** Forms in which an API becomes Terraform: one imported document, or one resource for each of its parts. */
export const EMISSIONS = ["openapi", "resources"] as const;
/** One of the forms. */
export type EmissionName = (typeof EMISSIONS)[number];

/** An API that is being emitted. Definition and document are complete at synth. */
export interface EmittedApi extends Construct {
  readonly restApi: ApiGatewayRestApi;
  readonly restApiId: string;
  definition(): RestApiDefinition;
  document(): ApiDocument;
}

/** How the definition of an API becomes Terraform. */
export interface Emission {
  /**
   * Arguments of `aws_api_gateway_rest_api` beyond name, description and tags.
   * @param endpoint types and address type
   */
  readonly apiArguments: (
    definition: () => RestApiDefinition,
    endpoint: NonNullable<ApiGatewayRestApiConfig["endpointConfiguration"]>,
  ) => Partial<ApiGatewayRestApiConfig>;
  /** Emits all but the API itself; gives back what must have been applied before a snapshot is taken, asked at synth. */
  readonly emit: (api: EmittedApi) => () => readonly ITerraformDependable[];
}
