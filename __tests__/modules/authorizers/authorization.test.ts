import {
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  type HeadgateStack,
  IdentitySource,
  type MethodOptions,
  RequestAuthorizer,
  type ResourceOptions,
  RestApi,
  type RestApiProps,
  TokenAuthorizer,
} from "../../../modules";
import { documentOf, onlyResource, synthApi, type TerraformJson } from "../../../modules/testing";
import { member, operation } from "../support/api";

const ARN = "arn:aws:lambda:eu-west-1:111111111111:function:decide";
const POOL = { arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Ab12" };

interface Authorizers {
  readonly token: TokenAuthorizer;
  readonly users: CognitoUserPoolsAuthorizer;
}

function authorizers(stack: HeadgateStack): Authorizers {
  return {
    token: new TokenAuthorizer(stack, "Token", { handler: { arn: ARN } }),
    users: new CognitoUserPoolsAuthorizer(stack, "Users", { cognitoUserPools: [POOL] }),
  };
}

/** An API whose authorizers are all in use, with one route more. */
function synthWith(
  props: (use: Authorizers) => RestApiProps,
  options: (use: Authorizers) => MethodOptions,
  resource: (use: Authorizers) => ResourceOptions = () => ({}),
  verb = "GET",
): TerraformJson {
  return synthApi((stack) => {
    const use = authorizers(stack);
    const api = new RestApi(stack, "Api", props(use));
    for (const [name, authorizer] of Object.entries(use)) {
      api.root.addResource(name).addMethod("GET", undefined, { authorizer });
    }
    api.root.addResource("a", resource(use)).addMethod(verb, undefined, options(use));
  });
}

const security = (terraform: TerraformJson, route = "GET /a") => operation(terraform, route).security;

describe("authorization of a route", () => {
  it.each<[string, (use: Authorizers) => MethodOptions, (use: Authorizers) => MethodOptions, unknown]>([
    ["is inherited", ({ token }) => ({ authorizer: token }), () => ({}), [{ Token: [] }]],
    [
      "is inherited past options that say nothing of it",
      ({ token }) => ({ authorizer: token }),
      () => ({ apiKeyRequired: true }),
      [{ Token: [], api_key: [] }],
    ],
    [
      "is inherited with its scopes",
      ({ users }) => ({ authorizer: users, authorizationScopes: ["s"] }),
      () => ({}),
      [{ Users: ["s"] }],
    ],
    [
      "takes scopes of its own",
      ({ users }) => ({ authorizer: users, authorizationScopes: ["s"] }),
      () => ({ authorizationScopes: ["t"] }),
      [{ Users: ["t"] }],
    ],
    [
      "is opted out of, with the scopes",
      ({ users }) => ({ authorizer: users, authorizationScopes: ["s"] }),
      () => ({ authorizationType: AuthorizationType.NONE }),
      undefined,
    ],
    [
      "is exchanged for signatures",
      ({ users }) => ({ authorizer: users, authorizationScopes: ["s"] }),
      () => ({ authorizationType: AuthorizationType.IAM }),
      [{ sigv4: [] }],
    ],
    [
      "is exchanged for another authorizer, without scopes that it does not know",
      ({ users }) => ({ authorizer: users, authorizationScopes: ["s"] }),
      ({ token }) => ({ authorizer: token }),
      [{ Token: [] }],
    ],
    [
      "is exchanged for an authorizer where signatures are the default",
      () => ({ authorizationType: AuthorizationType.IAM }),
      ({ users }) => ({ authorizer: users }),
      [{ Users: [] }],
    ],
    [
      "keeps an inherited authorizer that a type asks for",
      ({ token }) => ({ authorizer: token }),
      () => ({ authorizationType: AuthorizationType.CUSTOM }),
      [{ Token: [] }],
    ],
  ])("%s", (_name, defaults, options, expected) => {
    const terraform = synthWith((use) => ({ defaultMethodOptions: defaults(use) }), options);

    expect(security(terraform)).toEqual(expected);
  });

  it("is inherited from the resource, over what the API says", () => {
    const terraform = synthWith(
      ({ token }) => ({ defaultMethodOptions: { authorizer: token } }),
      () => ({}),
      () => ({ defaultMethodOptions: { authorizationType: AuthorizationType.NONE } }),
    );

    expect(security(terraform)).toBeUndefined();
  });

  it("is not lost to an option that is undefined", () => {
    const options = { authorizer: undefined, authorizationType: undefined } as unknown as MethodOptions;

    const terraform = synthWith(
      ({ token }) => ({ defaultMethodOptions: { authorizer: token } }),
      () => options,
    );

    expect(security(terraform)).toEqual([{ Token: [] }]);
  });

  it("is not inherited by OPTIONS, whose callers are browsers without credentials", () => {
    const terraform = synthWith(
      ({ users }) => ({ defaultMethodOptions: { authorizer: users, authorizationScopes: ["s"] } }),
      () => ({}),
      () => ({}),
      "OPTIONS",
    );

    expect(security(terraform, "OPTIONS /a")).toBeUndefined();
  });

  it("is not asked of preflights", () => {
    const terraform = synthWith(
      ({ token }) => ({
        defaultMethodOptions: { authorizer: token },
        defaultCorsPreflightOptions: { allowOrigins: ["*"] },
      }),
      () => ({}),
    );

    expect(security(terraform)).toEqual([{ Token: [] }]);
    expect(security(terraform, "OPTIONS /a")).toBeUndefined();
  });
});

describe("a change of authorizer", () => {
  const deploymentOf = (options: (use: Authorizers) => MethodOptions) =>
    member(
      onlyResource(
        synthWith(() => ({}), options),
        "aws_api_gateway_deployment",
      ),
      "triggers",
    ).definition;

  it("deploys again", () => {
    const hashes = [
      deploymentOf(() => ({})),
      deploymentOf(({ token }) => ({ authorizer: token })),
      deploymentOf(({ users }) => ({ authorizer: users })),
      deploymentOf(({ users }) => ({ authorizer: users, authorizationScopes: ["s"] })),
      deploymentOf(() => ({ authorizationType: AuthorizationType.IAM })),
    ];

    expect(new Set(hashes).size).toBe(hashes.length);
    expect(deploymentOf(({ token }) => ({ authorizer: token }))).toBe(hashes[1]);
  });
});

describe("a cached route", () => {
  it("is kept apart by what its authorizer identifies callers by", () => {
    const terraform = synthApi((stack) => {
      const authorizer = new RequestAuthorizer(stack, "Auth", {
        handler: { arn: ARN },
        identitySources: [
          IdentitySource.header("X-Tenant"),
          IdentitySource.queryString("user"),
          IdentitySource.context("identity.sourceIp"),
        ],
      });
      new RestApi(stack, "Api").root.addMethod("GET", undefined, {
        authorizer,
        cache: { keys: ["method.request.header.x-tenant", "method.request.querystring.user"] },
      });
    });

    const integration = member(operation(terraform, "GET /"), "x-amazon-apigateway-integration");
    expect(integration.cacheKeyParameters).toEqual([
      "method.request.header.x-tenant",
      "method.request.querystring.user",
    ]);
  });
});

describe("authorizers of an API", () => {
  it("are part of the document once, however many routes use them", () => {
    const terraform = synthWith(
      ({ token }) => ({ defaultMethodOptions: { authorizer: token } }),
      () => ({}),
    );

    const schemes = member(documentOf(terraform), "components", "securitySchemes");
    expect(Object.keys(schemes).sort()).toEqual(["Token", "Users"]);
  });
});
