import type { PolicyDocument } from "../../iam/policy-statement";
import type { ApiDefinition } from "../api-definition-source";
import { endpointOf } from "../endpoint-configuration";
import { compressionBytes, type RestApiProps } from "../rest-api-props";
import type { DocumentRouteOptions } from "./document-method";
import type { ImportedDocument } from "./imported-document";

/** How an import treats what an API has already. AWS CDK's names. */
export const RestApiMode = { OVERWRITE: "overwrite", MERGE: "merge" } as const;
/** One of the ways. */
export type RestApiMode = (typeof RestApiMode)[keyof typeof RestApiMode];

/** Properties of an API that is imported, always as a document. What the document says about the API need not be said again. */
export interface SpecRestApiProps extends Omit<RestApiProps, "emission" | "formerEmission"> {
  /** The document, from a file or as an object. */
  readonly apiDefinition: ApiDefinition;
  /**
   * True rolls an import back that API Gateway warns of.
   * @default false
   */
  readonly failOnWarnings?: boolean;
  /**
   * Only `overwrite`: with `merge`, routes that were removed would stay, and nothing would say so.
   * @default RestApiMode.OVERWRITE
   */
  readonly mode?: RestApiMode;
  /**
   * Of the import: `{ ignore: "documentation" }` leaves documentation parts out.
   * @default - none
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Throttle and cache of the document's own routes, by route, as in `GET /pets/{petId}`.
   * @default - the stage's settings; no caches
   */
  readonly routeOptions?: Readonly<Record<string, DocumentRouteOptions>>;
}

/** The props with what the document says about the API filled in. */
export function withDocument(id: string, props: SpecRestApiProps, document: ImportedDocument): RestApiProps {
  const { api } = document;
  const description = props.description ?? api.description;
  const ofDocument = compressionBytes(props) === undefined ? api.minimumCompressionSizeBytes : undefined;
  const policy = props.policy ?? policyOf(api.policy);
  const { apiDefinition, failOnWarnings, mode, parameters, routeOptions, ...ofApi } = props;
  return {
    ...ofApi,
    ...(api.vpcEndpointIds.length === 0 ? {} : endpointProps(props, api.vpcEndpointIds)),
    restApiName: props.restApiName ?? (api.name === "" ? id : api.name),
    binaryMediaTypes: props.binaryMediaTypes ?? api.binaryMediaTypes,
    apiKeySourceType: props.apiKeySourceType ?? api.apiKeySource,
    disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? api.disableExecuteApiEndpoint,
    ...(description === undefined ? {} : { description }),
    ...(ofDocument === undefined ? {} : { minimumCompressionSize: ofDocument }),
    ...(policy === undefined ? {} : { policy }),
  };
}

function policyOf(policy: ImportedDocument["api"]["policy"]): Pick<PolicyDocument, "toJSON"> | undefined {
  return policy === undefined ? undefined : { toJSON: () => policy };
}

function endpointProps(props: RestApiProps, ids: readonly string[]): Partial<RestApiProps> {
  const endpoint = endpointOf(props);
  const endpointConfiguration = { ...endpoint, vpcEndpoints: endpoint.vpcEndpoints ?? ids };
  // Both were given: that is refused, as anywhere.
  if (props.endpointConfiguration !== undefined) return { endpointConfiguration };
  return { endpointTypes: undefined, endpointConfiguration };
}
