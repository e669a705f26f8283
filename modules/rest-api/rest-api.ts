import {
  ApiGatewayRestApi,
  type ApiGatewayRestApiEndpointConfiguration,
} from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import type { ApiGatewayRestApiPut } from "@cdktf/provider-aws/lib/api-gateway-rest-api-put";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { RestApiDefinition } from "../../definition/rest-api";
import { apiProblems } from "../checks/api-checks";
import { REST_API_KINDS } from "../checks/api-kinds";
import { warnOfApi } from "../checks/api-warnings";
import { checkEmission } from "../checks/emission-checks";
import { acceptedOptions } from "../checks/option-kinds";
import { checkIpRanges, checkVpcIds, policyProblems } from "../checks/resource-policy-checks";
import { checkRestApi } from "../checks/rest-api-checks";
import type { PolicyStatement } from "../iam/policy-statement";
import { attributeText, attributeTexts } from "../terraform-text";
import { type ApiParts, describeApi } from "./api-definition";
import { Deployment } from "./deployment";
import { type ApiDocument, writeDocument } from "./document";
import { EMISSION_BY_NAME } from "./emission/emission-by-name";
import { forgetFormer } from "./emission/former-emission";
import { DOCUMENT_ID } from "./emission/openapi-emission";
import {
  type EndpointConfiguration,
  endpointOf,
  type VpcEndpointTarget,
  vpcEndpointId,
} from "./endpoint-configuration";
import { ImportedRestApi, type RestApiAttributes } from "./imported-rest-api";
import { LastWritten } from "./last-written";
import { Resource } from "./resource";
import { ResourcePolicy } from "./resource-policy";
import { RestApiBase } from "./rest-api-base";
import { compressionBytes, type RestApiProps } from "./rest-api-props";
import { Stage } from "./stage";

export type { RestApiProps };

/**
 * A REST API. `aws_api_gateway_rest_api` holds name, description, tags and endpoint type; all the rest is one OpenAPI
 * document, imported by `aws_api_gateway_rest_api_put` and snapshot by the deployment. See `emission` for the other form.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
 */
export class RestApi extends RestApiBase {
  /** An API that is owned elsewhere: for stages, plans, domains, permissions, metrics, and routes beside the owner's. */
  static fromRestApiAttributes(scope: Construct, id: string, attributes: RestApiAttributes): ImportedRestApi {
    return new ImportedRestApi(scope, id, attributes);
  }

  /**
   * An API that is owned elsewhere, without the id of its root and its name: no routes can be added to it, and it has no
   * metrics.
   */
  static fromRestApiId(scope: Construct, id: string, restApiId: string): ImportedRestApi {
    return new ImportedRestApi(scope, id, { restApiId });
  }

  /** A literal. */
  readonly restApiName: string;
  /** `aws_api_gateway_rest_api`. */
  readonly restApi: ApiGatewayRestApi;
  /** The resource `/`. */
  readonly root: Resource;
  /** Absent with `deploy: false`. */
  readonly latestDeployment: Deployment | undefined;
  private readonly resourcePolicy: ResourcePolicy;
  private readonly endpoint: EndpointConfiguration;
  private readonly props: RestApiProps;
  private readonly written = new LastWritten<ApiDocument>();
  private readonly sources: () => readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, given: RestApiProps = {}) {
    super(scope, id);
    const props = acceptedOptions(this, `API "${id}"`, REST_API_KINDS, given);
    this.props = props;
    this.endpoint = endpointOf(props);
    this.resourcePolicy = new ResourcePolicy(props.policy, this.endpoint.types[0]);
    this.restApiName = props.restApiName ?? id;
    checkRestApi(this, { ...props, restApiName: this.restApiName });
    const { emission: emissionName = "openapi", formerEmission } = props;
    checkEmission(this, { emission: emissionName, formerEmission });
    const emission = EMISSION_BY_NAME[emissionName];
    this.restApi = new ApiGatewayRestApi(this, "Resource", {
      name: attributeText(this, this.restApiName),
      ...(props.description === undefined ? {} : { description: attributeText(this, props.description) }),
      ...emission.apiArguments(() => this.definition(), this.endpointArguments),
      ...(props.tags === undefined ? {} : { tags: attributeTexts(this, props.tags) }),
      ...(props.protect ? { lifecycle: { preventDestroy: true } } : {}),
    });
    this.sources = emission.emit(this);
    if (emissionName === "openapi") forgetFormer(this, formerEmission);
    const { defaultIntegration, defaultMethodOptions, defaultCorsPreflightOptions } = props;
    this.root = new Resource(this, "Default", {
      api: this,
      ...(defaultIntegration === undefined ? {} : { defaultIntegration }),
      ...(defaultMethodOptions === undefined ? {} : { defaultMethodOptions }),
      ...(defaultCorsPreflightOptions === undefined ? {} : { defaultCorsPreflightOptions }),
    });
    if (props.deploy ?? true) {
      const { retainDeployments = [] } = props;
      this.latestDeployment = new Deployment(this, "Deployment", { api: this, retainDeployments });
      this.deploymentStage = new Stage(this, "DeploymentStage", {
        ...props.deployOptions,
        deployment: this.latestDeployment,
      });
    }
    if (props.domainName !== undefined) this.addDomainName("CustomDomain", props.domainName);
    this.node.addValidation({
      validate: () => [...this.registry.problems(), ...apiProblems(this), ...this.policyProblems()],
    });
    warnOfApi(this);
  }

  /** Id of the API: a reference. */
  override get restApiId(): string {
    return this.restApi.id;
  }

  /** Id of the resource `/`: a reference. */
  get restApiRootResourceId(): string {
    return this.restApi.rootResourceId;
  }

  override get executionArn(): string {
    return this.restApi.executionArn;
  }

  /** `aws_api_gateway_rest_api_put`: the escape hatch of the import. */
  get importedDocument(): ApiGatewayRestApiPut | undefined {
    return this.node.tryFindChild(DOCUMENT_ID) as ApiGatewayRestApiPut | undefined;
  }

  override get snapshotSources(): readonly ITerraformDependable[] {
    return this.sources();
  }

  /** Adds to who may call the API. */
  addToResourcePolicy(statement: PolicyStatement): void {
    this.resourcePolicy.add(statement);
  }

  /**
   * Lets callers in through these VPC endpoints, and nobody else. May be called several times.
   * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
   */
  grantInvokeFromVpcEndpointsOnly(vpcEndpoints: readonly VpcEndpointTarget[]): void {
    this.resourcePolicy.addTo("vpcEndpointsOnly", vpcEndpoints.map(vpcEndpointId));
  }

  /**
   * Lets callers in from these VPCs, and nobody else. PRIVATE only. May be called several times.
   * @param vpcIds as in `vpc-0123456789abcdef0`
   */
  grantInvokeFromVpcsOnly(vpcIds: readonly string[]): void {
    checkVpcIds(this, vpcIds);
    this.resourcePolicy.addTo("vpcsOnly", vpcIds);
  }

  /**
   * Lets callers in from these addresses, and nobody else: for a private API, addresses inside of its VPCs. May be called
   * several times.
   * @param ranges CIDR blocks, as in `203.0.113.0/24`
   */
  grantInvokeFromIpRangesOnly(ranges: readonly string[]): void {
    checkIpRanges(this, ranges);
    this.resourcePolicy.addTo("ipRangesOnly", ranges);
  }

  /** Keeps callers from these VPCs out, and lets all others in. PRIVATE only. May be called several times. */
  denyInvokeFromVpcs(vpcIds: readonly string[]): void {
    checkVpcIds(this, vpcIds);
    this.resourcePolicy.addTo("deniedVpcs", vpcIds);
  }

  /** Keeps callers from these addresses out, and lets all others in. May be called several times. */
  denyInvokeFromIpRanges(ranges: readonly string[]): void {
    checkIpRanges(this, ranges);
    this.resourcePolicy.addTo("deniedIpRanges", ranges);
  }

  /** The API as data, as far as it is declared by now. */
  override definition(): RestApiDefinition {
    return describeApi(this.parts());
  }

  private policyProblems(): string[] {
    const { listsOfVpcs } = this.resourcePolicy;
    return policyProblems(this, { endpointType: this.endpoint.types[0], listsOfVpcs });
  }

  /** What the definition is made of. */
  protected parts(): ApiParts {
    const { props, registry } = this;
    const policy = this.resourcePolicy.toJSON();
    const minimumCompressionSizeBytes = compressionBytes(props);
    return {
      name: this.restApiName,
      ...(props.description === undefined ? {} : { description: props.description }),
      endpointType: this.endpoint.types[0],
      vpcEndpointIds: (this.endpoint.vpcEndpoints ?? []).map(vpcEndpointId),
      disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? false,
      binaryMediaTypes: [...(props.binaryMediaTypes ?? [])],
      ...(minimumCompressionSizeBytes === undefined ? {} : { minimumCompressionSizeBytes }),
      apiKeySource: props.apiKeySourceType ?? "HEADER",
      ...(policy === undefined ? {} : { policy }),
      models: registry.models,
      requestValidators: registry.requestValidators,
      authorizers: registry.authorizers,
      gatewayResponses: registry.gatewayResponses,
      resources: registry.resources,
      cors: this.root.cors,
      tags: { ...props.tags },
    };
  }

  /** The document that Terraform imports, as far as it is declared by now. */
  override document(): ApiDocument {
    return this.written.from(this.definition(), (definition) => writeDocument(this, definition));
  }

  /** Where there is a document, the ids of VPC endpoints stand there only: two sources would fight. */
  private get endpointArguments(): ApiGatewayRestApiEndpointConfiguration {
    const { types, ipAddressType } = this.endpoint;
    return { types: [...types], ...(ipAddressType === undefined ? {} : { ipAddressType }) };
  }
}
