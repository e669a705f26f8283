import type { IConstruct } from "constructs";
import type { AuthorizationType } from "../authorizers/authorization-type";
import type { IntegrationConfig } from "../integrations/integration";
import { FORMAT_CHECKS } from "./backend-format-checks";
import { type Check, runChecks } from "./check";

interface BackendSubject extends IntegrationConfig {
  readonly authorizationType: AuthorizationType;
  /** False for the id of a link that only an apply can tell. */
  readonly isLinkKnown: boolean;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
const CHECKS: readonly Check<BackendSubject>[] = [
  {
    code: "VPC_LINK_V2_UNSUPPORTED",
    problem: ({ options }) =>
      options?.vpcLinkV2 !== undefined || options?.integrationTarget !== undefined
        ? "vpcLinkV2 and integrationTarget need hashicorp/aws 6.28 or newer, and what is emitted must suit 5.100, too"
        : undefined,
    fix: "put a Network Load Balancer in front, and pass a VpcLink to it as vpcLink",
  },
  {
    code: "RESPONSE_STREAMING_UNSUPPORTED",
    problem: ({ options }) =>
      options?.responseTransferMode === "STREAM"
        ? "responseTransferMode STREAM needs hashicorp/aws 6.25 or newer, and what is emitted must suit 5.100, too"
        : undefined,
    fix: "remove responseTransferMode; answer with the address of what is large, such as a presigned URL of S3",
  },
  {
    code: "INTEGRATION_URI_MISSING",
    problem: ({ type, uri, options }) => {
      if (type === "MOCK" || uri !== undefined) return undefined;
      return options?.vpcLink === undefined
        ? `an integration of the type ${type} needs a uri`
        : "the integration has no uri, and the DNS name of the load balancer behind its vpcLink is not known";
    },
    fix: "pass uri: where the backend is, as in https://orders.internal.example/",
  },
  {
    code: "VPC_LINK_ID_UNKNOWN",
    problem: ({ isLinkKnown }) =>
      isLinkKnown
        ? undefined
        : "the id of the vpcLink is a reference, so the API's document would be unknown in the first plan",
    fix: "pass the link itself, whose id then travels as a stage variable, or a literal id",
  },
  {
    code: "INTEGRATION_METHOD_MISSING",
    problem: ({ type, integrationHttpMethod }) =>
      type !== "MOCK" && integrationHttpMethod === undefined
        ? `an integration of the type ${type} needs an integrationHttpMethod`
        : undefined,
    fix: 'pass integrationHttpMethod, as in "POST" for Lambda and most AWS services',
  },
  {
    code: "CREDENTIALS_AMBIGUOUS",
    problem: ({ options }) =>
      options?.credentialsPassthrough && options.credentialsRole !== undefined
        ? "the integration has both credentialsPassthrough and a credentialsRole"
        : undefined,
    fix: "use one of them",
  },
  {
    code: "CREDENTIALS_PASSTHROUGH_UNSIGNED",
    problem: ({ authorizationType, options }) =>
      options?.credentialsPassthrough && authorizationType !== "AWS_IAM"
        ? `credentialsPassthrough calls the backend as the caller, whom authorizationType ${authorizationType} does not ask for AWS credentials`
        : undefined,
    fix: "pass authorizationType: AuthorizationType.IAM to the method",
  },
];

/** Reports where an integration calls nothing, or calls in a way that Terraform cannot say. */
export function checkBackend(scope: IConstruct, subject: BackendSubject): void {
  runChecks(scope, CHECKS, subject);
  runChecks(scope, FORMAT_CHECKS, subject);
}

interface ReachSubject {
  readonly allowTestInvoke: boolean;
  readonly scopePermissionToMethod: boolean;
}

const REACH_CHECKS: readonly Check<ReachSubject>[] = [
  {
    code: "TEST_INVOKE_WITH_METHOD_SCOPE",
    problem: ({ allowTestInvoke, scopePermissionToMethod }) =>
      !allowTestInvoke && scopePermissionToMethod
        ? "allowTestInvoke: false permits by stage, and scopePermissionToMethod permits by method"
        : undefined,
    fix: "use one of them",
  },
];

/** Reports `TEST_INVOKE_WITH_METHOD_SCOPE`. */
export function checkReach(scope: IConstruct, subject: ReachSubject): void {
  runChecks(scope, REACH_CHECKS, subject);
}
