import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { EndpointType } from "../../definition/rest-api";
import { type Check, outside, runChecks } from "./check";

interface RestApiSubject {
  readonly restApiName: string;
  readonly minimumCompressionSize?: number;
  readonly deploy?: boolean;
  readonly deployOptions?: object;
  readonly endpointTypes?: readonly EndpointType[];
  readonly policy?: { toJSON(): unknown };
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
    problem: ({ minimumCompressionSize: size }) =>
      outside(size, 0, 10_485_760) ? `minimumCompressionSize must be 0 to 10485760 bytes, got ${size}` : undefined,
    fix: "use 1024 or so; 0 compresses everything",
  },
  {
    code: "DEPLOY_OPTIONS_WITHOUT_DEPLOY",
    problem: ({ deploy, deployOptions }) =>
      deploy === false && deployOptions !== undefined ? "deploy is false, so deployOptions have no effect" : undefined,
    fix: "remove deploy: false, or hand the options to your own Stage",
  },
  {
    code: "PRIVATE_API_WITHOUT_POLICY",
    problem: ({ endpointTypes, policy }) =>
      endpointTypes?.[0] === "PRIVATE" && policy === undefined
        ? "API Gateway deploys no private API without a resource policy"
        : undefined,
    fix: "pass a policy that allows execute-api:Invoke from your VPC endpoints (condition aws:SourceVpce)",
  },
  {
    code: "RESOURCE_POLICY_TOO_LONG",
    problem: ({ policy }) => {
      const length = policy === undefined ? 0 : JSON.stringify(policy.toJSON()).length;
      return length > 8192 ? `a resource policy may have 8192 characters, got ${length}` : undefined;
    },
    fix: "join statements, or move conditions to an authorizer",
  },
];

/** Throws for the first property of an API that API Gateway would refuse. */
export function checkRestApi(scope: IConstruct, subject: RestApiSubject): void {
  runChecks(scope, CHECKS, subject);
}
