/** What becomes of a snippet after its imports are changed. What it only declares (`declare const`) is a plain resource. */
export type Verdict = "runs" | `runs with change: ${string}` | `not supported: ${string}`;

interface Snippet {
  /** Section of the README of `aws-cdk-lib/aws-apigateway`. */
  readonly heading: string;
  /** What the snippet is about, in our words. */
  readonly shows: string;
  readonly verdict: Verdict;
}

const ACCOUNT =
  "`new AccountLogging(…)` once per account and region, in a stack of its own, instead of `cloudWatchRole`";
const ALIAS = "`addAliasRecord({ hostedZone })` of the domain instead of `route53.ARecord`";
const CERTIFICATE = "the ARN of the certificate, or an `AcmCertificateValidation` of cdktf, as `certificate`";
const LOG_GROUP = "`CloudwatchLogGroup` of cdktf instead of `logs.LogGroup`";

/** All snippets, by section and place in it. */
export const VERDICTS = {
  "1.1": { heading: "Defining APIs", shows: "resources, methods and the default backend", verdict: "runs" },
  "1.2": { heading: "Defining APIs", shows: "who may invoke a method", verdict: "runs" },
  "1.3": {
    heading: "Breaking up Methods and Resources across Stacks",
    shows: "routes declared apart from their API",
    verdict:
      "runs with change: one stack, as Terraform has no limit of 500 resources; constructs take the API or a resource of it instead of importing it",
  },
  "2.1": { heading: "AWS Lambda-backed APIs", shows: "one function behind all paths", verdict: "runs" },
  "2.2": { heading: "AWS Lambda-backed APIs", shows: "one function behind declared routes", verdict: "runs" },
  "2.3": { heading: "AWS Lambda-backed APIs", shows: "options of the integration", verdict: "runs" },
  "3.1": { heading: "AWS StepFunctions backed APIs", shows: "answers without models", verdict: "runs" },
  "3.2": {
    heading: "AWS StepFunctions backed APIs",
    shows: "one state machine behind the API",
    verdict: 'runs with change: `SfnStateMachine` of cdktf with `type: "EXPRESS"`',
  },
  "3.3": { heading: "AWS StepFunctions backed APIs", shows: "what of a request is handed on", verdict: "runs" },
  "4.1": { heading: "Integration Targets", shows: "a function behind one method", verdict: "runs" },
  "4.2": { heading: "Integration Targets", shows: "content handling, and the caller's own identity", verdict: "runs" },
  "4.3": { heading: "Integration Targets", shows: "options of a method", verdict: "runs" },
  "4.4": { heading: "Integration Targets", shows: "a service in another region", verdict: "runs" },
  "5.1": { heading: "Usage Plan & API Keys", shows: "a plan with a key", verdict: "runs" },
  "5.2": { heading: "Usage Plan & API Keys", shows: "a throttle of one method in a plan", verdict: "runs" },
  "5.3": { heading: "Usage Plan & API Keys", shows: "a plan that exists", verdict: "runs" },
  "5.4": { heading: "Usage Plan & API Keys", shows: "a key with a value of its own", verdict: "runs" },
  "5.5": { heading: "Usage Plan & API Keys", shows: "a key that exists", verdict: "runs" },
  "5.6": { heading: "Usage Plan & API Keys", shows: "who may read a key", verdict: "runs" },
  "5.7": {
    heading: "Adding an API Key to an imported RestApi",
    shows: "a key for a stage that exists",
    verdict: "runs",
  },
  "5.8": {
    heading: "Multiple API Keys",
    shows: "a logical id that stays",
    verdict:
      "runs with change: no `overrideLogicalId`; the Terraform address follows from the key's own id, and other keys do not touch it",
  },
  "5.9": { heading: "Rate Limited API Key", shows: "a key with limits of its own", verdict: "runs" },
  "6.1": {
    heading: "Working with models",
    shows: "a function, an API and a resource",
    verdict: "runs with change: a runtime by its version, as `Runtime.NODEJS_22_X`; `NODEJS_LATEST` names none",
  },
  "6.2": { heading: "Working with models", shows: "a function with mapped requests and answers", verdict: "runs" },
  "6.3": { heading: "Working with models", shows: "models of answers", verdict: "runs" },
  "6.4": { heading: "Working with models", shows: "a method with parameters, validator and models", verdict: "runs" },
  "6.5": { heading: "Working with models", shows: "validators of several methods", verdict: "runs" },
  "7.1": { heading: "Default Integration and Method Options", shows: "a backend for all methods", verdict: "runs" },
  "7.2": {
    heading: "Default Integration and Method Options",
    shows: "scopes of a method",
    verdict: "runs with change: a `CognitoUserPoolsAuthorizer` as `authorizer`, without which AWS refuses the method",
  },
  "8.1": { heading: "Proxy Routes", shows: "a greedy resource", verdict: "runs" },
  "9.1": {
    heading: "IAM-based authorizer",
    shows: "a policy for one method",
    verdict: "runs with change: `IamUserPolicy` of cdktf instead of `iam.Policy`, or `getBooks.grantExecute(iamUser)`",
  },
  "9.2": { heading: "Lambda-based token authorizer", shows: "a token authorizer", verdict: "runs" },
  "9.3": {
    heading: "Lambda-based token authorizer",
    shows: "a stack with a default authorizer and CORS",
    verdict: `runs with change: \`HeadgateStack\` instead of \`Stack\`, \`Runtime.NODEJS_22_X\`, and ${ACCOUNT}`,
  },
  "9.4": { heading: "Lambda-based request authorizer", shows: "a request authorizer", verdict: "runs" },
  "9.5": {
    heading: "Lambda-based request authorizer",
    shows: "two authorizers with one function",
    verdict: `runs with change: \`HeadgateStack\` instead of \`Stack\`, \`Runtime.NODEJS_22_X\`, and ${ACCOUNT}`,
  },
  "9.6": {
    heading: "Cognito User Pools authorizer",
    shows: "a user pool as authorizer",
    verdict: "runs with change: `CognitoUserPool` of cdktf instead of `cognito.UserPool`",
  },
  "10.1": {
    heading: "Mutual TLS (mTLS)",
    shows: "a domain that asks for client certificates",
    verdict: `runs with change: ${CERTIFICATE}; \`S3Bucket\` of cdktf with a name`,
  },
  "11.1": { heading: "Deployments", shows: "logs of a stage", verdict: `runs with change: ${ACCOUNT}` },
  "11.2": {
    heading: "Deployments",
    shows: "what becomes of the account's role",
    verdict:
      "not supported: no API creates or destroys the role of the whole account; `AccountLogging` has one, and Terraform refuses to destroy it",
  },
  "11.3": {
    heading: "Deploying to an existing stage",
    shows: "a deployment for a stage by its name",
    verdict:
      "runs with change: `new Stage(this, id, { deployment, stageName })` and one `terraform import` of the stage; `retainDeployments` lists the hashes of the snapshots to keep",
  },
  "11.4": {
    heading: "Deploying to an existing stage",
    shows: "the same for an imported document",
    verdict:
      "runs with change: as 11.3, and no `addToLogicalId`, because another document always is another deployment",
  },
  "11.5": {
    heading: "Controlled triggering of deployments",
    shows: "a deployment by a counter",
    verdict:
      "runs with change: no counter is needed, because a deployment always follows its API; to hold one back, name the older one in `rollback` or `canary` of the stage",
  },
  "11.6": {
    heading: "Deep dive: Invalidation of deployments",
    shows: "deployments when an authorizer changes",
    verdict: "runs with change: no feature flag is needed; a change of an authorizer always deploys",
  },
  "12.1": { heading: "Custom Domains", shows: "a domain of an API", verdict: `runs with change: ${CERTIFICATE}` },
  "12.2": {
    heading: "Custom Domains",
    shows: "a DNS record for the domain of an API",
    verdict: `runs with change: ${ALIAS}`,
  },
  "12.3": { heading: "Custom Domains", shows: "an edge-optimized domain", verdict: `runs with change: ${CERTIFICATE}` },
  "12.4": { heading: "Custom Domains", shows: "two APIs under one domain", verdict: "runs" },
  "12.5": {
    heading: "Custom Domains",
    shows: "a stage of its own under a path of several levels",
    verdict: "runs with change: `stageName`, where the API has a stage `prod` already",
  },
  "12.6": { heading: "Custom Domains", shows: "a mapping whose callers name the stage", verdict: "runs" },
  "12.7": { heading: "Custom Domains", shows: "an API at the root of a domain", verdict: "runs" },
  "12.8": { heading: "Custom Domains", shows: "a mapping to a domain that exists", verdict: "runs" },
  "12.9": { heading: "Custom Domains", shows: "a DNS record for a domain", verdict: `runs with change: ${ALIAS}` },
  "12.10": {
    heading: "Custom Domains with multi-level api mapping",
    shows: "a path of several levels",
    verdict: `runs with change: ${CERTIFICATE}`,
  },
  "12.11": {
    heading: "Custom Domains with multi-level api mapping",
    shows: "a further API under a path of several levels",
    verdict: `runs with change: ${CERTIFICATE}`,
  },
  "13.1": {
    heading: "Access Logging",
    shows: "access logs of two stages",
    verdict: `runs with change: ${LOG_GROUP}; \`stageName\` of the second stage, as the first is \`prod\``,
  },
  "13.2": {
    heading: "Access Logging",
    shows: "the Common Log Format",
    verdict: `runs with change: ${LOG_GROUP}`,
  },
  "13.3": {
    heading: "Access Logging",
    shows: "a format of your own",
    verdict: `runs with change: ${LOG_GROUP}; the format in one line, as AWS asks`,
  },
  "13.4": {
    heading: "Access Logging",
    shows: "a throttle for all methods of a stage",
    verdict: "runs with change: `stageName`, where the API has a stage `prod` already",
  },
  "13.5": { heading: "Access Logging", shows: "a throttle for all methods of the API's own stage", verdict: "runs" },
  "13.6": {
    heading: "Access Logging",
    shows: "access logs to Firehose",
    verdict:
      "runs with change: `S3Bucket` and `KinesisFirehoseDeliveryStream` of cdktf instead of `s3.Bucket` and `firehose.CfnDeliveryStream`",
  },
  "14.1": { heading: "Cross Origin Resource Sharing (CORS)", shows: "CORS for the whole API", verdict: "runs" },
  "14.2": { heading: "Cross Origin Resource Sharing (CORS)", shows: "CORS for one resource", verdict: "runs" },
  "14.3": { heading: "Cross Origin Resource Sharing (CORS)", shows: "CORS for all below a resource", verdict: "runs" },
  "15.1": { heading: "Endpoint Configuration", shows: "an edge-optimized endpoint", verdict: "runs" },
  "15.2": { heading: "Endpoint Configuration", shows: "an endpoint for IPv4 and IPv6", verdict: "runs" },
  "15.3": {
    heading: "Endpoint Configuration",
    shows: "a private endpoint",
    verdict:
      "runs with change: `grantInvokeFromVpcEndpointsOnly` or a `policy`, without which AWS lets nobody call a private API",
  },
  "15.4": { heading: "Endpoint Configuration", shows: "a private endpoint with its policy", verdict: "runs" },
  "16.1": {
    heading: "Private Integrations",
    shows: "a backend behind a load balancer of a VPC",
    verdict: "runs with change: `Vpc` and `Lb` of cdktf instead of `ec2.Vpc` and `elbv2.NetworkLoadBalancer`",
  },
  "16.2": { heading: "Private Integrations", shows: "a link that exists", verdict: "runs" },
  "17.1": { heading: "Gateway response", shows: "an answer of API Gateway itself", verdict: "runs" },
  "18.1": { heading: "OpenAPI Definition", shows: "an API from a document, and a route beside it", verdict: "runs" },
  "18.2": {
    heading: "Endpoint configuration",
    shows: "a private API from a document",
    verdict: "runs",
  },
  "19.1": { heading: "Metrics", shows: "metrics of an API, a stage and a method", verdict: "runs" },
} as const satisfies Record<string, Snippet>;

/** Section and place of a snippet. */
export type SnippetId = keyof typeof VERDICTS;
