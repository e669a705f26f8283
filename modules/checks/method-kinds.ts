import { CACHE_CONTROL_STRATEGIES } from "../../definition/stage";
import { AuthorizationType } from "../authorizers/authorization-type";
import { MethodLoggingLevel } from "../aws-values";
import type { IntegrationOptions } from "../integrations/integration";
import type { MethodCache, MethodOptions } from "../rest-api/method";
import type { CacheSettings, MethodDeploymentOptions } from "../rest-api/method-settings";
import {
  BOOLEAN,
  DURATION,
  having,
  type Kinds,
  LIST,
  NUMBER,
  OBJECT,
  oneOf,
  options,
  TEXT,
  THROTTLE,
} from "./option-kinds";

const CACHE_SETTING_KINDS: Kinds<CacheSettings> = {
  cacheDataEncrypted: BOOLEAN,
  requireAuthorizationForCacheControl: BOOLEAN,
  unauthorizedCacheControlHeaderStrategy: oneOf(CACHE_CONTROL_STRATEGIES),
};

const CACHE_KINDS: Kinds<MethodCache> = { ...CACHE_SETTING_KINDS, ttlSeconds: NUMBER, ttl: DURATION, keys: LIST };

/** What the options of a method may be. */
export const METHOD_KINDS: Kinds<MethodOptions> = {
  apiKeyRequired: BOOLEAN,
  authorizer: having("an authorizer, as in new TokenAuthorizer(…)", "bind", "authorizerName"),
  authorizationType: oneOf(Object.values(AuthorizationType)),
  authorizationScopes: LIST,
  requestParameters: OBJECT,
  requestModels: OBJECT,
  requestBody: having("a model, as in api.addModel(…)", "modelName"),
  requestValidator: having("a RequestValidator", "requestValidatorName"),
  requestValidatorOptions: OBJECT,
  methodResponses: LIST,
  operationName: TEXT,
  throttle: THROTTLE,
  cache: options(CACHE_KINDS),
};

/** What a stage may say about all its routes, or about one. */
export const METHOD_DEPLOYMENT_KINDS: Kinds<MethodDeploymentOptions> = {
  ...CACHE_SETTING_KINDS,
  throttle: THROTTLE,
  throttlingRateLimit: NUMBER,
  throttlingBurstLimit: NUMBER,
  loggingLevel: oneOf(Object.values(MethodLoggingLevel)),
  dataTraceEnabled: BOOLEAN,
  metricsEnabled: BOOLEAN,
  cachingEnabled: BOOLEAN,
  cacheTtl: DURATION,
};

/** What can be told of the options that every integration has: those of one service come beside them. */
export const INTEGRATION_KINDS = {
  cacheKeyParameters: LIST,
  credentialsPassthrough: BOOLEAN,
  requestParameters: OBJECT,
  requestTemplates: OBJECT,
  timeout: DURATION,
  integrationResponses: LIST,
  insecureSkipVerification: BOOLEAN,
} satisfies Partial<Kinds<IntegrationOptions>>;
