export { ConfigurationError } from "../definition/configuration-error";
export type { ErrorCode } from "../definition/error-code";
export type { CacheClusterSize, CacheControlStrategy } from "../definition/stage";
export type { ThrottleDefinition as ThrottleSettings } from "../definition/usage-plan";
export { AccountLogging, type AccountLoggingProps } from "./account/account-logging";
export { acknowledgeWarning } from "./acknowledge-warning";
export { synthesize } from "./app";
export { AuthorizationType } from "./authorizers/authorization-type";
export * from "./authorizers/authorizer";
export * from "./authorizers/cognito-user-pools-authorizer";
export { IdentitySource } from "./authorizers/identity-source";
export {
  type LambdaAuthorizerProps,
  RequestAuthorizer,
  type RequestAuthorizerProps,
  TokenAuthorizer,
  type TokenAuthorizerProps,
} from "./authorizers/lambda-authorizer";
export * from "./aws-values";
export * from "./certificates/certificate";
export { allowContextFields } from "./context-fields";
export type { AliasRecord, AliasRecordOptions, HostedZoneTarget } from "./domains/alias-record";
export * from "./domains/base-path-mapping";
export * from "./domains/domain-name";
export { Duration } from "./duration";
export { type AwsEnvironment, environmentOf } from "./environment";
export { Architecture } from "./functions/architecture";
export { Code } from "./functions/code";
export type { CodeConfig } from "./functions/code-config";
export type { IFunction } from "./functions/existing-function";
export type { AliasOptions, FunctionAlias } from "./functions/function-alias";
export type { ArnTarget, FunctionOptions, FunctionProps } from "./functions/function-props";
export type { Granted } from "./functions/granted";
export type { IdTarget, NetworkOptions } from "./functions/network";
export { NodejsFunction, type NodejsFunctionProps } from "./functions/nodejs-function";
export { type NodejsRuntime, Runtime } from "./functions/runtime";
export { Tracing } from "./functions/tracing";
export { type FunctionVersion, ZipFunction as Function } from "./functions/zip-function";
export type { Grantee } from "./iam/grantee";
export { ManagedPolicy, type ManagedPolicyTarget } from "./iam/managed-policy";
export * from "./iam/policy-statement";
export * from "./iam/principal";
export { Role, type RoleProps, ServiceRole, type ServiceRoleProps } from "./iam/role";
export type { RoleTarget } from "./iam/role-target";
export * from "./integrations/aws-integration";
export * from "./integrations/dynamo-db-integration";
export * from "./integrations/event-bridge-integration";
export type { ExecutionInputOptions } from "./integrations/execution-input";
export * from "./integrations/http-integration";
export * from "./integrations/integration";
export * from "./integrations/kinesis-integration";
export * from "./integrations/lambda-integration";
export * from "./integrations/mock-integration";
export type { RequestContext } from "./integrations/request-context";
export * from "./integrations/s3-integration";
export * from "./integrations/sagemaker-integration";
export type { ServiceIntegrationOptions } from "./integrations/service-call";
export type { ServiceTarget } from "./integrations/service-target";
export * from "./integrations/sns-integration";
export * from "./integrations/sqs-integration";
export * from "./integrations/step-functions-integration";
export {
  AccessLogQueries,
  type AccessLogQueriesProps,
  type AccessLogQueryName,
} from "./monitoring/access-log-queries";
export * from "./monitoring/alarm";
export * from "./monitoring/api-alarms";
export { ApiDashboard, type ApiDashboardProps } from "./monitoring/api-dashboard";
export type { ApiMetricName } from "./monitoring/api-metric";
export { AvailabilityAlarm, type AvailabilityAlarmProps } from "./monitoring/availability-alarm";
export { MathExpression, type MathExpressionOptions, type MathExpressionProps } from "./monitoring/math-expression";
export { Metric, type MetricOptions, type MetricProps } from "./monitoring/metric";
export type { Statistic } from "./monitoring/statistic";
export { ThrottledRequests } from "./monitoring/throttled-requests";
export { movedFrom } from "./moved-from";
export { type Quotas, raiseQuotas } from "./quotas";
export * from "./rest-api/access-log";
export { AccessLogField } from "./rest-api/access-log-fields";
export { ApiDefinition } from "./rest-api/api-definition-source";
export type { CanaryOptions } from "./rest-api/canary";
export { Cors, type CorsOptions } from "./rest-api/cors-options";
export { Deployment, type DeploymentProps } from "./rest-api/deployment";
export type { EmissionName } from "./rest-api/emission/emission";
export { type EndpointConfiguration, IpAddressType, type VpcEndpointTarget } from "./rest-api/endpoint-configuration";
export * from "./rest-api/gateway-response";
export { ImportedRestApi, type RestApiAttributes } from "./rest-api/imported-rest-api";
export { type JsonSchema, JsonSchemaType, JsonSchemaVersion } from "./rest-api/json-schema";
export * from "./rest-api/lambda-rest-api";
export * from "./rest-api/method";
export type { CacheSettings, MethodDeploymentOptions } from "./rest-api/method-settings";
export * from "./rest-api/model";
export {
  type IRequestValidator,
  RequestValidator,
  type RequestValidatorOptions,
  type RequestValidatorProps,
} from "./rest-api/request-validator";
export * from "./rest-api/resource";
export * from "./rest-api/rest-api";
export { type AddedStageOptions, RestApiBase } from "./rest-api/rest-api-base";
export type { DocumentRouteOptions } from "./rest-api/spec/document-method";
export { RestApiMode, type SpecRestApiProps } from "./rest-api/spec/spec-rest-api-props";
export * from "./rest-api/spec-rest-api";
export * from "./rest-api/stage";
export * from "./rest-api/step-functions-rest-api";
export type { Throttle } from "./rest-api/throttle";
export { RetentionDays } from "./retention-days";
export { Size } from "./size";
export { HeadgateStack, type HeadgateStackProps } from "./stack";
export * from "./usage-plans/api-key";
export * from "./usage-plans/rate-limited-api-key";
export * from "./usage-plans/usage-plan";
export * from "./usage-plans/usage-plan-options";
export type { IVpcLink, NetworkLoadBalancerTarget, VpcLinkTarget } from "./vpc-link/connection";
export { VpcLink, type VpcLinkProps } from "./vpc-link/vpc-link";
