import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Construct } from "constructs";
import { checkBasePath, mappingProblems } from "../checks/domain-checks";
import { checkMappedStage } from "../checks/mapping-checks";
import { type Warning, warnAtSynth } from "../checks/warning";
import type { IStage } from "../rest-api/existing-stage";
import type { RestApiBase } from "../rest-api/rest-api-base";
import type { IDomainName } from "./domain-name";

/** Under which path of a domain a stage is served. */
export interface ApiMappingOptions {
  /**
   * Path below the domain, without a slash at its ends, as in `orders` or `orders/v1`. Several levels need a REGIONAL
   * domain. API Gateway strips it from the request.
   * @default - the root of the domain
   */
  readonly basePath?: string;
}

/** Which part of a domain serves which stage. */
export interface BasePathMappingOptions extends ApiMappingOptions {
  /** @default - the API's own stage */
  readonly stage?: IStage;
  /**
   * False lets callers name the stage themselves, as first segment after the base path. Not with a base path of several
   * levels, and without meaning when there is a `stage`.
   * @default true
   */
  readonly attachToStage?: boolean;
}

/** `BasePathMappingOptions` with domain and API. */
export interface BasePathMappingProps extends BasePathMappingOptions {
  /** A `DomainName`, or one that exists. */
  readonly domainName: IDomainName;
  /** The API that the domain serves. */
  readonly restApi: RestApiBase;
}

const pathsByDomain = new WeakMap<IDomainName, Set<string>>();

/**
 * Serves a stage of an API under a path of a custom domain. It is created after the stage.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export class BasePathMapping extends Construct {
  /** `aws_api_gateway_base_path_mapping`, or `aws_apigatewayv2_api_mapping` for a path of several levels. */
  readonly mapping: ApiGatewayBasePathMapping | Apigatewayv2ApiMapping;

  constructor(scope: Construct, id: string, props: BasePathMappingProps) {
    super(scope, id);
    const { domainName: domain, restApi, basePath, attachToStage = true } = props;
    const taken = pathsByDomain.get(domain) ?? new Set();
    pathsByDomain.set(domain, taken);
    checkBasePath(this, { basePath, taken, endpointType: "endpointType" in domain ? domain.endpointType : undefined });
    taken.add(basePath ?? "");
    const stage = props.stage ?? (attachToStage ? restApi.deploymentStage : undefined);
    const foreignStage = stage === undefined || stage.api === restApi ? undefined : stage.stageName;
    checkMappedStage(this, { basePath, hasStage: stage !== undefined, foreignStage });
    this.mapping = mapStage(this, { domain, restApi, stage, basePath });
    this.node.addValidation({ validate: () => mappingProblems(this, restApi.definition()) });
    warnAtSynth(this, () => openEndpoint(restApi));
  }
}

interface Place {
  readonly domain: IDomainName;
  readonly restApi: RestApiBase;
  readonly stage: IStage | undefined;
  readonly basePath: string | undefined;
}

/** The first version of AWS's operation knows no slash: https://github.com/hashicorp/terraform-provider-aws/issues/21986 */
function mapStage(scope: Construct, { domain, restApi, stage, basePath }: Place): BasePathMapping["mapping"] {
  const place = { apiId: restApi.restApiId, domainName: domain.domainName };
  // A reference to the stage, so that the domain never serves a stage that is not there.
  const stageName = stage?.awaitedName;
  if (basePath?.includes("/") && stageName !== undefined) {
    return new Apigatewayv2ApiMapping(scope, "Resource", { ...place, stage: stageName, apiMappingKey: basePath });
  }
  return new ApiGatewayBasePathMapping(scope, "Resource", {
    ...place,
    ...(stageName === undefined ? {} : { stageName }),
    ...(basePath === undefined ? {} : { basePath }),
  });
}

function openEndpoint(restApi: RestApiBase): readonly Warning[] {
  if (!restApi.knowsItsRoutes || restApi.definition().disableExecuteApiEndpoint) return [];
  return [
    {
      code: "DEFAULT_ENDPOINT_OPEN",
      problem: `the API "${restApi.restApiName}" has a custom domain, but callers can still go around it through the default endpoint`,
      fix: "pass disableExecuteApiEndpoint: true to the API when all callers use the domain",
    },
  ];
}
