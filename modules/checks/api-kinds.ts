import type { IConstruct } from "constructs";
import { CACHE_CLUSTER_SIZES } from "../../definition/stage";
import { ApiKeySourceType } from "../aws-values";
import type { RestApiProps } from "../rest-api/rest-api-props";
import type { StageOptions } from "../rest-api/stage-options";
import { METHOD_DEPLOYMENT_KINDS } from "./method-kinds";
import {
  acceptedOptions,
  BOOLEAN,
  either,
  having,
  INTEGRATION,
  type Kinds,
  LIST,
  NUMBER,
  OBJECT,
  oneOf,
  TEXT,
} from "./option-kinds";

const TEXT_OR_ARN = either(TEXT, having("a resource with an arn", "arn"));
const TEXT_OR_ID = either(TEXT, having("a resource with an id", "id"));

/** What the options of a stage may be. */
export const STAGE_KINDS: Kinds<StageOptions> = {
  ...METHOD_DEPLOYMENT_KINDS,
  stageName: TEXT,
  description: TEXT,
  accessLogDestination: having("a destination, as in new LogGroupLogDestination()", "bind"),
  accessLogRetention: NUMBER,
  accessLogFormat: having("an AccessLogFormat, as in AccessLogFormat.clf()", "toString"),
  executionLogRetention: NUMBER,
  importExecutionLog: TEXT,
  logEncryptionKey: having("a key, as in { arn }", "arn"),
  clientCertificate: BOOLEAN,
  clientCertificateId: TEXT_OR_ID,
  documentationVersion: TEXT,
  webAclArn: TEXT_OR_ARN,
  tracingEnabled: BOOLEAN,
  cacheClusterEnabled: BOOLEAN,
  cacheClusterSize: oneOf(CACHE_CLUSTER_SIZES),
  variables: OBJECT,
  methodOptions: OBJECT,
  tags: OBJECT,
};

/** The options of a stage without those that are of another kind than they may be: each of them is recorded. */
export function acceptedStageOptions(stage: IConstruct, given: StageOptions): StageOptions {
  const place = typeof given.stageName === "string" ? `stage "${given.stageName}"` : "the stage";
  const options = acceptedOptions(stage, place, STAGE_KINDS, given);
  if (options.methodOptions === undefined) return options;
  const methodOptions = Object.entries(options.methodOptions).map(([route, ofRoute]) => {
    return [route, acceptedOptions(stage, `"${route}" on ${place}`, METHOD_DEPLOYMENT_KINDS, ofRoute)] as const;
  });
  return { ...options, methodOptions: Object.fromEntries(methodOptions) };
}

const EMISSION = oneOf(["openapi", "resources"]);

/** What the properties of an API may be. */
export const REST_API_KINDS: Kinds<RestApiProps> = {
  restApiName: TEXT,
  description: TEXT,
  endpointTypes: LIST,
  endpointConfiguration: OBJECT,
  deploy: BOOLEAN,
  retainDeployments: LIST,
  deployOptions: OBJECT,
  binaryMediaTypes: LIST,
  minimumCompressionSize: NUMBER,
  minCompressionSize: having("a Size, as in Size.kibibytes(1)", "toBytes"),
  apiKeySourceType: oneOf(Object.values(ApiKeySourceType)),
  policy: having("a PolicyDocument", "toJSON"),
  disableExecuteApiEndpoint: BOOLEAN,
  emission: EMISSION,
  formerEmission: EMISSION,
  cloneFrom: OBJECT,
  securityPolicy: TEXT,
  endpointAccessMode: TEXT,
  domainName: OBJECT,
  tags: OBJECT,
  protect: BOOLEAN,
  defaultIntegration: INTEGRATION,
  defaultMethodOptions: OBJECT,
  defaultCorsPreflightOptions: OBJECT,
};
