import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as apigateway from "../../modules";

/** Classes and enums that `aws-cdk-lib/aws-apigateway` exports, without the generated ones. */
const NAMES =
  `AccessLogField AccessLogFormat ApiDefinition ApiKey ApiKeySourceType AuthorizationType Authorizer AwsIntegration
  BasePathMapping CognitoUserPoolsAuthorizer ConnectionType ContentHandling Cors Deployment DomainName EndpointType
  FirehoseLogDestination GatewayResponse HttpIntegration IdentitySource Integration IntegrationType IpAddressType JsonSchemaType
  JsonSchemaVersion LambdaIntegration LambdaRestApi LogGroupLogDestination Method MethodLoggingLevel MockIntegration Model
  PassthroughBehavior Period RateLimitedApiKey RequestAuthorizer RequestValidator Resource ResponseTransferMode ResponseType
  RestApi RestApiBase RestApiMode SagemakerIntegration SecurityPolicy SpecRestApi Stage StepFunctionsIntegration
  StepFunctionsRestApi TokenAuthorizer UsagePlan VpcLink`.split(/\s+/);

/** Those of other modules of AWS CDK that snippets need. */
const OTHERS = `AccountPrincipal AnyPrincipal Architecture ArnPrincipal Code Duration Effect Function NodejsFunction
  OrganizationPrincipal PolicyDocument PolicyStatement RetentionDays Role Runtime ServicePrincipal Size StarPrincipal
  Tracing`.split(/\s+/);

/** Those that are not here. */
const MISSING = `AlbIntegration AlbIntegrationProtocol AssetApiDefinition EmptyModel EndpointAccessMode ErrorModel
  InlineApiDefinition ProxyResource ResourceBase RoutingRule S3ApiDefinition StageBase`.split(/\s+/);

const METRICS = `metric metricCacheHitCount metricCacheMissCount metricClientError metricCount metricIntegrationLatency
  metricLatency metricServerError`;

/** Methods and properties by class; statics begin with a dot. */
const MEMBERS = {
  ApiKey: ".fromApiKeyId grantRead grantReadWrite grantWrite keyArn keyId",
  DomainName: `.fromDomainNameAttributes addApiMapping addBasePathMapping domainName domainNameAliasDomainName
    domainNameAliasHostedZoneId`,
  Function: ".fromFunctionArn .fromFunctionName addAlias addEnvironment addToRolePolicy currentVersion grantInvoke",
  Method: `${METRICS} addMethodResponse grantExecute methodArn restApi testMethodArn`,
  Model: ".EMPTY_MODEL .ERROR_MODEL .fromModelName",
  Resource: `.fromResourceAttributes addCorsPreflight addMethod addProxy addResource defaultCorsPreflightOptions getResource
    resourceForPath restApi`,
  RestApi: `${METRICS} .fromRestApiAttributes .fromRestApiId addApiKey addDomainName addGatewayResponse addModel
    addRequestValidator addToResourcePolicy addUsagePlan arnForExecuteApi deploymentStage domainName
    grantInvokeFromVpcEndpointsOnly methods restApiId restApiRootResourceId url urlForPath`,
  Role: "addManagedPolicy addToPolicy",
  Stage: `${METRICS} .fromStageAttributes addApiKey restApi stageArn urlForPath`,
  UsagePlan: ".fromUsagePlanId addApiKey addApiStage usagePlanId",
  VpcLink: ".fromVpcLinkId addTargets vpcLinkId",
} as const satisfies Partial<Record<keyof typeof apigateway, string>>;

const documented = readFileSync(resolve(__dirname, "../../docs/from-aws-cdk.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name));

describe("the names of AWS CDK", () => {
  it.each([...NAMES, ...OTHERS])("include %s", (name) => {
    expect(apigateway).toHaveProperty(name);
  });

  it.each(MISSING)("say in docs/from-aws-cdk.md why %s is not here", (name) => {
    expect(apigateway).not.toHaveProperty(name);
    expect(documented).toContain(name);
  });

  it.each(Object.entries(MEMBERS))("include the members of %s", (name, members) => {
    const made: unknown = Reflect.get(apigateway, name);
    const all = members.split(/\s+/);

    const missing = all.filter((member) =>
      member.startsWith(".") ? !(member.slice(1) in Object(made)) : !(member in Object(made).prototype),
    );
    expect(missing).toEqual([]);
  });

  it("are those of the access log, too", () => {
    const fields = Object.keys(apigateway.AccessLogField);

    expect(fields).toEqual(expect.arrayContaining(ACCESS_LOG_FIELDS));
    expect(fields.filter((name) => !ACCESS_LOG_FIELDS.includes(name))).toEqual(["contextIdentityClientCertIssuerDN"]);
  });
});

/** Without those of WebSocket APIs: `contextConnectionId`, `contextEventType`, `contextRouteKey`. */
const ACCESS_LOG_FIELDS: readonly string[] = `AccountId ApiId AuthenticateError AuthenticateLatency AuthenticateStatus
  AuthorizeError AuthorizeLatency AuthorizeStatus Authorizer AuthorizerClaims AuthorizerError AuthorizerIntegrationLatency
  AuthorizerIntegrationStatus AuthorizerLatency AuthorizerPrincipalId AuthorizerRequestId AuthorizerStatus
  AwsEndpointRequestId CallerAccountId CustomDomainBasePathMatched DomainName DomainPrefix ErrorMessage ErrorMessageString
  ErrorResponseType ErrorValidationErrorString ExtendedRequestId HttpMethod IdentityAccountId IdentityApiKey IdentityApiKeyId
  IdentityCaller IdentityClientCertIssunerDN IdentityClientCertPem IdentityClientCertSerialNumber IdentityClientCertSubjectDN
  IdentityClientCertValidityNotAfter IdentityClientCertValidityNotBefore IdentityCognitoAuthenticationProvider
  IdentityCognitoAuthenticationType IdentityCognitoIdentityId IdentityCognitoIdentityPoolId IdentityPrincipalOrgId
  IdentitySourceIp IdentityUser IdentityUserAgent IdentityUserArn IntegrationErrorMessage IntegrationLatency
  IntegrationStatus OwnerAccountId Path Protocol RequestId RequestOverrideHeader RequestOverridePath
  RequestOverrideQuerystring RequestTime RequestTimeEpoch ResourceId ResourcePath ResponseLatency ResponseLength
  ResponseOverrideHeader ResponseOverrideStatus Stage Status WafError WafLatency WafResponseCode WafStatus WebaclArn
  XrayTraceId`
  .split(/\s+/)
  .map((name) => `context${name}`);
