/** A domain of one's own, with what is served below it. */
export interface CustomDomainDefinition {
  /** In lower case, as in `api.example.com` or `*.example.com`. */
  readonly domainName: string;
  /** Whether callers must show a certificate. */
  readonly hasMutualTls: boolean;
  readonly mappings: readonly BasePathMappingDefinition[];
}

/**
 * What a domain serves below a path.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export interface BasePathMappingDefinition {
  /** Terraform address. */
  readonly address: string;
  /** Without slashes at its ends; empty for all that no other mapping takes. */
  readonly basePath: string;
  readonly apiId: string;
  /** Absent where callers name the stage, as first segment after the base path. */
  readonly stageName?: string;
}
