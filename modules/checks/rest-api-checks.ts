import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { EndpointType } from "../../definition/rest-api";
import type { EndpointConfiguration } from "../rest-api/endpoint-configuration";
import { compressionBytes } from "../rest-api/rest-api-props";
import type { Size } from "../size";
import { type Check, outside, runChecks } from "./check";

interface RestApiSubject {
  readonly restApiName: string;
  readonly minimumCompressionSize?: number;
  readonly minCompressionSize?: Size;
  readonly deploy?: boolean;
  readonly deployOptions?: object;
  readonly retainDeployments?: readonly string[];
  readonly cloneFrom?: object;
  readonly securityPolicy?: string;
  readonly endpointAccessMode?: string;
  readonly endpointTypes?: readonly EndpointType[];
  readonly endpointConfiguration?: EndpointConfiguration;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const CHECKS: readonly Check<RestApiSubject>[] = [
  {
    code: "API_NAME_INVALID",
    problem: ({ restApiName }) => {
      if (Token.isUnresolved(restApiName))
        return "restApiName is a reference, so names of roles could not be known before apply";
      return restApiName.trim() === "" ? "restApiName is empty" : undefined;
    },
    fix: "pass a literal name",
  },
  {
    code: "COMPRESSION_SIZE_OUT_OF_RANGE",
    problem: (props) => {
      const size = compressionBytes(props);
      return outside(size, 0, 10_485_760)
        ? `minimumCompressionSize must be 0 to 10485760 bytes, got ${size}`
        : undefined;
    },
    fix: "use 1024 or so; 0 compresses everything",
  },
  {
    code: "COMPRESSION_SIZE_AMBIGUOUS",
    problem: ({ minimumCompressionSize, minCompressionSize }) =>
      minimumCompressionSize !== undefined && minCompressionSize !== undefined
        ? "the API has both minimumCompressionSize and minCompressionSize"
        : undefined,
    fix: "use one of them",
  },
  {
    code: "DEPLOY_OPTIONS_WITHOUT_DEPLOY",
    problem: ({ deploy, deployOptions, retainDeployments }) => {
      const idle = Object.entries({ deployOptions, retainDeployments }).filter(([, value]) => value !== undefined);
      return deploy === false && idle.length > 0
        ? `deploy is false, so ${idle.map(([name]) => name).join(" and ")} have no effect`
        : undefined;
    },
    fix: "remove deploy: false, or hand them to your own Stage and Deployment",
  },
  {
    code: "API_CLONE_UNSUPPORTED",
    problem: ({ cloneFrom }) =>
      cloneFrom === undefined ? undefined : "cloneFrom would copy another API, and the AWS provider copies none",
    fix: "declare both by one function or class of yours, or export the other as OpenAPI and pass that to SpecRestApi",
  },
  {
    code: "API_SECURITY_POLICY_UNSUPPORTED",
    problem: ({ securityPolicy, endpointAccessMode }) => {
      const given = Object.entries({ securityPolicy, endpointAccessMode }).find(([, value]) => value !== undefined);
      return given && `${given[0]} is "${given[1]}", but hashicorp/aws 5 knows no ${given[0]} of an API`;
    },
    fix: 'serve the API under a domain (addDomainName) and close its default endpoint, or call api.restApi.addOverride("security_policy", …) with provider 6',
  },
  {
    code: "ENDPOINT_CONFIGURATION_AMBIGUOUS",
    problem: ({ endpointTypes, endpointConfiguration }) =>
      endpointTypes !== undefined && endpointConfiguration !== undefined
        ? "the API has both endpointTypes and endpointConfiguration"
        : undefined,
    fix: "use one of them",
  },
  {
    code: "ENDPOINT_TYPE_NOT_ONE",
    problem: ({ endpointTypes, endpointConfiguration }) => {
      const types: readonly EndpointType[] = endpointConfiguration?.types ?? endpointTypes ?? ["REGIONAL"];
      return types.length === 1 ? undefined : `an API has one endpoint type, got ${JSON.stringify(types)}`;
    },
    fix: 'name one of "REGIONAL", "EDGE" and "PRIVATE"',
  },
  {
    code: "VPC_ENDPOINTS_WITHOUT_PRIVATE",
    problem: ({
      endpointConfiguration: {
        types: [type],
        vpcEndpoints = [],
      } = { types: ["PRIVATE"] },
    }) =>
      vpcEndpoints.length > 0 && type !== "PRIVATE"
        ? `only private APIs have VPC endpoints, and this one is ${type}`
        : undefined,
    fix: "make the type PRIVATE, or remove vpcEndpoints",
  },
  {
    code: "PRIVATE_API_IP_ADDRESS_TYPE",
    problem: ({
      endpointConfiguration: {
        types: [type],
        ipAddressType,
      } = { types: ["PRIVATE"] },
    }) =>
      type === "PRIVATE" && ipAddressType === "ipv4"
        ? 'private APIs have the ipAddressType "dualstack" only, got "ipv4"'
        : undefined,
    fix: 'remove ipAddressType, or write "dualstack"',
  },
];

/** Records each property of an API that API Gateway would refuse. */
export function checkRestApi(scope: IConstruct, subject: RestApiSubject): void {
  runChecks(scope, CHECKS, subject);
}
