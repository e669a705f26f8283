import type { EndpointType } from "../../definition/rest-api";
import { readStackJson } from "../../definition/terraform/read-stack";
import { createGateway } from "../../local/pipeline";
import {
  AccessLogFormat,
  Duration,
  Integration,
  type IntegrationConfig,
  LogGroupLogDestination,
  type MethodOptions,
  MockIntegration,
  RestApi,
  type StageOptions,
  TokenAuthorizer,
} from "../../modules";
import type { EmissionName } from "../../modules/rest-api/emission/emission";
import { synthApi } from "../../modules/testing";
import { CaseWorld } from "./case-world";
import type {
  CaseApi,
  CaseAuthorizer,
  CaseIntegration,
  ConformanceCase,
  Expectations,
  InvalidFragment,
} from "./conformance-case";
import { terraformOf } from "./terraform-of";

/** Our codes for what AWS refuses, by its words. */
const CODES: readonly (readonly [awsMessage: RegExp, codes: readonly string[]])[] = [
  [/Enumeration value for HttpMethod must be non-empty/, ["INTEGRATION_METHOD_MISSING"]],
  [/Invalid HTTP endpoint specified for URI/, ["HTTP_URL_INVALID"]],
  [/Invalid ARN specified in the request/, ["INTEGRATION_URI_INVALID"]],
  [/'AWS_PROXY' currently only supports/, ["INTEGRATION_URI_INVALID"]],
  [/AWS ARN for integration must contain path or action/, ["INTEGRATION_URI_INVALID"]],
  [/Invalid authorizer ID specified/, ["AUTHORIZER_MISSING", "AUTHORIZER_UNKNOWN"]],
  [/Invalid model identifier specified/, ["MODEL_UNKNOWN"]],
  [/Invalid Request Validator identifier specified/, ["REQUEST_VALIDATOR_UNKNOWN"]],
  [/Invalid HttpMethod specified/, ["HTTP_METHOD_UNKNOWN"]],
  [/Parameter names must be unique/, ["REQUEST_PARAMETER_NAME_SHARED"]],
  [/already has a variable path part/, ["PATH_VARIABLE_AMBIGUOUS"]],
  [/child of a resource with a greedy path variable/, ["GREEDY_PATH_NOT_LAST"]],
  [/Invalid mapping expression specified/, ["MAPPING_EXPRESSION_INVALID"]],
  [/Access Log value must not be empty/, ["ACCESS_LOG_DESTINATION_INVALID", "ACCESS_LOG_FORMAT_INVALID"]],
];

/** What is wrong when an API that AWS refuses is not refused by us, at synth or when the gateway starts, with the right code. */
export async function refusalProblems(
  given: ConformanceCase,
  { message, matches }: NonNullable<Expectations["configError"]>,
  emission: EmissionName,
): Promise<readonly string[]> {
  const codes = [...codesOf(() => synthesize(given.api, emission)), ...(await startCodes(given, emission))];
  const row = CODES.find(([awsMessage]) => awsMessage.test(message ?? matches ?? ""));
  const isRefused = row === undefined ? codes.length > 0 : row[1].some((code) => codes.includes(code));
  return isRefused ? [] : [`expected ${row?.[1].join(" or ") ?? "a refusal"}, got ${codes.join(", ") || "none"}`];
}

/** Declares what a case says with constructs, which know AWS's limits. */
function synthesize({ invalid = {}, ...api }: CaseApi, emission: EmissionName): void {
  const { minimumCompressionSize, endpointType = "EDGE", resources = {}, authorizers = {}, canary } = api;
  synthApi((stack) => {
    const restApi = new RestApi(stack, "Api", {
      emission,
      endpointTypes: [endpointType as EndpointType],
      ...(minimumCompressionSize !== undefined && { minimumCompressionSize }),
      deployOptions: stageOptionsOf(api, invalid),
    });
    for (const path of [...(invalid.resources ?? []), ...Object.keys(resources)]) {
      restApi.root.resourceForPath(path).addMethod("GET", new MockIntegration());
    }
    const { percentTraffic, stageVariableOverrides: variables = {} } = canary ?? {};
    if (percentTraffic !== undefined)
      restApi.deploymentStage.canary({ percentTraffic, variables, baseline: "01234567" });
    for (const [name, authorizer] of Object.entries(authorizers)) addAuthorized(restApi, name, authorizer);
    addInvalidMethod(restApi, invalid);
  });
}

function stageOptionsOf({ stage, cache }: CaseApi, { stage: invalid }: InvalidFragment): StageOptions {
  const { accessLogSettings } = invalid ?? {};
  return {
    stageName: stage,
    ...(cache?.ttlInSeconds !== undefined && { cacheTtl: Duration.seconds(cache.ttlInSeconds) }),
    ...(accessLogSettings && {
      accessLogDestination: new LogGroupLogDestination({ arn: accessLogSettings.destinationArn ?? LOG_GROUP }),
      accessLogFormat: AccessLogFormat.custom(accessLogSettings.format ?? "$context.requestId"),
    }),
  };
}

/** A route for an authorizer: one that nothing uses would be refused for that. */
function addAuthorized(restApi: RestApi, name: string, { type, ttl = 300 }: CaseAuthorizer): void {
  if (type !== "TOKEN" && type !== "REQUEST") return;
  const authorizer = new TokenAuthorizer(restApi, name, {
    handler: { arn: `arn:aws:lambda:us-east-1:111111111111:function:${name}` },
    assumeRole: { arn: "arn:aws:iam::111111111111:role/authorizer" },
    resultsCacheTtl: Duration.seconds(ttl),
  });
  restApi.root.resourceForPath(`authorized-${name}`).addMethod("GET", new MockIntegration(), { authorizer });
}

const LOG_GROUP = "arn:aws:logs:us-east-1:111111111111:log-group:access";

/** Constructs are typed; what a case holds may be of no type at all, as in plain JavaScript. */
function addInvalidMethod(restApi: RestApi, { method, integration }: InvalidFragment): void {
  const { httpMethod = "GET", authorizationType, requestModels = {}, requestParameters } = method ?? {};
  const path = Object.keys(integration?.requestParameters ?? {}).length > 0 ? "{p}" : "invalid";
  const options = {
    ...(authorizationType !== undefined && { authorizationType }),
    ...(requestParameters && { requestParameters }),
    requestModels: Object.fromEntries(
      Object.entries(requestModels).map(([contentType, modelName]) => [contentType, { modelName }]),
    ),
  } as MethodOptions;
  const backend = integration ? new Integration(integrationConfig(integration)) : new MockIntegration();
  restApi.root.resourceForPath(path).addMethod(httpMethod, backend, options);
}

function integrationConfig(integration: CaseIntegration): IntegrationConfig {
  const { type = "HTTP", integrationHttpMethod, uri, timeoutInMillis, credentials, ...options } = integration;
  return {
    type,
    ...(integrationHttpMethod !== undefined && { integrationHttpMethod }),
    ...(typeof uri === "string" && { uri }),
    options: {
      ...options,
      ...(timeoutInMillis !== undefined && { timeout: Duration.millis(timeoutInMillis) }),
      ...(credentials !== undefined && { credentialsRole: { arn: credentials } }),
    },
  } as IntegrationConfig;
}

async function startCodes(given: ConformanceCase, emission: EmissionName): Promise<readonly string[]> {
  const { integration, method } = given.api.invalid ?? {};
  if (!integration && !method) return [];
  const base = { authorizationType: "NONE", integration: { type: "MOCK" }, ...method };
  const verb = method?.httpMethod ?? "GET";
  const resources = { "/r": { [verb]: integration ? { ...base, integration } : base } };
  try {
    const api = { ...given.api, resources };
    const stack = await readStackJson(terraformOf({ ...given, api }, emission), given.id);
    createGateway({ stacks: [stack], host: new CaseWorld(given, "api").host });
    return [];
  } catch (error) {
    return codesIn(error);
  }
}

function codesOf(run: () => void): readonly string[] {
  try {
    run();
    return [];
  } catch (error) {
    return codesIn(error);
  }
}

function codesIn(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const codes = [...error.message.matchAll(/^([A-Z][A-Z0-9_]+): /gm)].map(([, code = ""]) => code);
  if (codes.length === 0) throw error;
  return codes;
}
