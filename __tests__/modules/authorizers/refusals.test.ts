import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import {
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  Duration,
  type HeadgateStack,
  IdentitySource,
  type MethodOptions,
  type Quotas,
  RequestAuthorizer,
  type RequestAuthorizerProps,
  RestApi,
  raiseQuotas,
  TokenAuthorizer,
  type TokenAuthorizerProps,
} from "../../../modules";
import { synthApi } from "../../../modules/testing";
import { expectRefusal, type Refusal, token as reference } from "../support/refusals";

const HANDLER = { arn: "arn:aws:lambda:eu-west-1:111111111111:function:decide" };
const POOL = { arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Ab12" };
const AUTHORIZATION = "method.request.header.Authorization";

const token = (props: Partial<TokenAuthorizerProps> = {}, id = "Auth") => {
  return (stack: HeadgateStack) => new TokenAuthorizer(stack, id, { handler: HANDLER, ...props });
};
const request = (props: Partial<RequestAuthorizerProps>) => (stack: HeadgateStack) =>
  new RequestAuthorizer(stack, "Auth", { handler: HANDLER, identitySources: [AUTHORIZATION], ...props });
const cognito =
  (arns: readonly string[] = [POOL.arn], identitySource = AUTHORIZATION) =>
  (stack: HeadgateStack) =>
    new CognitoUserPoolsAuthorizer(stack, "Auth", { cognitoUserPools: arns.map((arn) => ({ arn })), identitySource });

type Make = ReturnType<typeof token> | ReturnType<typeof request> | ReturnType<typeof cognito>;

const route =
  (make: Make, options: MethodOptions = {}) =>
  () =>
    synthApi((stack) => {
      new RestApi(stack, "Api").root.addMethod("GET", undefined, { authorizer: make(stack), ...options });
    });
const plain = (options: MethodOptions) => () =>
  synthApi((stack) => new RestApi(stack, "Api").root.addMethod("GET", undefined, options));
const many =
  (count: number, quotas: Partial<Quotas> = {}) =>
  () =>
    synthApi((stack) => {
      raiseQuotas(stack, quotas);
      const api = new RestApi(stack, "Api");
      for (let index = 0; index < count; index++) {
        api.root.addResource(`r${index}`).addMethod("GET", undefined, { authorizer: token({}, `A${index}`)(stack) });
      }
    });
const preflight = (options: (stack: HeadgateStack) => MethodOptions, isCorsLate: boolean) => () =>
  synthApi((stack) => {
    const api = new RestApi(stack, "Api");
    const cors = { allowOrigins: ["*"] };
    if (!isCorsLate) api.root.addCorsPreflight(cors);
    api.root.addMethod("OPTIONS", undefined, options(stack));
    if (isCorsLate) api.root.addCorsPreflight(cors);
  });

const REFUSALS: readonly Refusal[] = [
  { code: "AUTHORIZER_NAME_INVALID", problem: 'got "a b"', build: route(token({ authorizerName: "a b" })) },
  { code: "AUTHORIZER_NAME_INVALID", problem: "got", build: route(token({ authorizerName: reference })) },
  {
    code: "AUTHORIZER_TTL_OUT_OF_RANGE",
    problem: "got 3601",
    build: route(token({ resultsCacheTtl: Duration.seconds(3601) })),
  },
  {
    code: "AUTHORIZER_TTL_OUT_OF_RANGE",
    problem: "got 1.5",
    build: route(request({ resultsCacheTtl: Duration.millis(1500) })),
  },
  {
    code: "IDENTITY_SOURCE_INVALID",
    problem: `got "${IdentitySource.queryString("token")}"`,
    build: route(token({ identitySource: IdentitySource.queryString("token") })),
  },
  {
    code: "IDENTITY_SOURCE_INVALID",
    problem: 'got "Authorization"',
    build: route(cognito([POOL.arn], "Authorization")),
  },
  {
    code: "IDENTITY_SOURCE_INVALID",
    problem: 'got "method.request.path.id"',
    build: route(request({ identitySources: ["method.request.path.id"] })),
  },
  {
    code: "IDENTITY_SOURCE_INVALID",
    problem: "got",
    build: route(request({ identitySources: [`${AUTHORIZATION},${AUTHORIZATION}`] })),
  },
  { code: "IDENTITY_SOURCES_MISSING", problem: "are cached", build: route(request({ identitySources: [] })) },
  { code: "USER_POOLS_OUT_OF_RANGE", problem: "got 0", build: route(cognito([])) },
  {
    code: "USER_POOLS_OUT_OF_RANGE",
    problem: "got 1001",
    build: route(cognito(Array.from({ length: 1001 }, () => POOL.arn))),
  },
  {
    code: "USER_POOL_ARN_UNKNOWN",
    problem: "the ARN of a user pool is a reference",
    build: route((stack) => cognito([new CognitoUserPool(stack, "Pool", { name: "users" }).arn])(stack)),
  },
  { code: "USER_POOL_ARN_INVALID", problem: 'got "eu-west-1_Ab12"', build: route(cognito(["eu-west-1_Ab12"])) },
  {
    code: "FUNCTION_ARN_UNKNOWN",
    problem: "no name or ARN that is known at synth",
    build: route((stack) => {
      const { arn } = new LambdaFunction(stack, "Decide", { functionName: "decide", role: "r" });
      return token({ handler: { arn } })(stack);
    }),
  },
  { code: "AUTHORIZER_UNUSED", problem: '"Auth", so it guards nothing', build: () => synthApi(token()) },
  {
    code: "AUTHORIZER_UNUSED",
    problem: '"Auth"',
    build: () =>
      synthApi((stack) => {
        const defaultMethodOptions = { authorizer: token()(stack) };
        const api = new RestApi(stack, "Api", { defaultMethodOptions });
        api.root.addMethod("GET", undefined, { authorizationType: AuthorizationType.NONE });
      }),
  },
  { code: "AUTHORIZERS_TOO_MANY", problem: 'may have 10 authorizers, and "A10" is one more', build: many(11) },
  { code: "AUTHORIZERS_TOO_MANY", problem: "may have 1 authorizers", build: many(2, { authorizersPerApi: 1 }) },
  {
    code: "DUPLICATE_AUTHORIZER",
    problem: 'two authorizers are named "same"',
    build: () =>
      synthApi((stack) => {
        const { root } = new RestApi(stack, "Api");
        for (const id of ["One", "Two"]) {
          const authorizer = token({ authorizerName: "same" }, id)(stack);
          root.addResource(id).addMethod("GET", undefined, { authorizer });
        }
      }),
  },
  {
    code: "AUTHORIZER_MISSING",
    problem: '"GET /" is CUSTOM, but it has no authorizer',
    build: plain({ authorizationType: AuthorizationType.CUSTOM }),
  },
  {
    code: "AUTHORIZER_MISSING",
    problem: "is COGNITO_USER_POOLS",
    build: plain({ authorizationType: AuthorizationType.COGNITO }),
  },
  {
    code: "AUTHORIZATION_CONTRADICTION",
    problem: 'is NONE, but its authorizer "Auth" makes it CUSTOM',
    build: route(token(), { authorizationType: AuthorizationType.NONE }),
  },
  {
    code: "AUTHORIZATION_CONTRADICTION",
    problem: 'is CUSTOM, but its authorizer "Auth" makes it COGNITO_USER_POOLS',
    build: route(cognito(), { authorizationType: AuthorizationType.CUSTOM }),
  },
  {
    code: "AUTHORIZATION_SCOPES_WITHOUT_COGNITO",
    problem: '"GET /" has authorizationScopes, but its authorizationType is CUSTOM',
    build: route(token(), { authorizationScopes: ["s"] }),
  },
  {
    code: "AUTHORIZATION_SCOPES_WITHOUT_COGNITO",
    problem: "is NONE",
    build: plain({ authorizationScopes: ["s"] }),
  },
  {
    code: "PREFLIGHT_AUTHORIZED",
    problem: '"OPTIONS /" answers preflights, but its authorizationType is CUSTOM',
    build: preflight((stack) => ({ authorizer: token()(stack) }), false),
  },
  {
    code: "PREFLIGHT_AUTHORIZED",
    problem: "is AWS_IAM",
    build: preflight(() => ({ authorizationType: AuthorizationType.IAM }), true),
  },
  {
    code: "CACHE_KEY_MISSES_CALLER",
    problem: `without ${AUTHORIZATION}`,
    build: route(cognito(), { cache: { keys: ["method.request.querystring.q"] } }),
  },
  {
    code: "CACHE_KEY_MISSES_CALLER",
    problem: "without method.request.header.X-Tenant",
    build: route(request({ identitySources: [AUTHORIZATION, "method.request.header.X-Tenant"] }), {
      cache: { keys: [AUTHORIZATION] },
    }),
  },
  {
    code: "CACHE_KEY_MISSES_CALLER",
    problem: `without ${AUTHORIZATION}`,
    build: route(request({ identitySources: ["context.identity.sourceIp"] }), { cache: {} }),
  },
];

it.each(REFUSALS)("fails when an authorizer could not do what it says: $code, $problem", expectRefusal);

it.each<[string, () => unknown]>([
  ["the longest cache of decisions", route(token({ resultsCacheTtl: Duration.hours(1) }))],
  ["as many authorizers as AWS has allowed", many(11, { authorizersPerApi: 11 })],
  ["a type that repeats the authorizer's", route(cognito(), { authorizationType: AuthorizationType.COGNITO })],
  [
    "query parameters as keys, by default",
    route(request({ identitySources: ["method.request.querystring.key"] }), {
      requestParameters: { "method.request.querystring.key": true },
      cache: {},
    }),
  ],
])("accept %s", (_name, build) => {
  expect(build).not.toThrow();
});
