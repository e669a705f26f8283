import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { Construct } from "constructs";
import {
  Duration,
  type IAuthorizer,
  IdentitySource,
  LambdaIntegration,
  NodejsFunction,
  RequestAuthorizer,
  RestApi,
  ServiceRole,
  TokenAuthorizer,
  type TokenAuthorizerProps,
} from "../../../modules";
import {
  assertOrderRules,
  documentOf,
  onlyResource,
  resourcesOf,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { member, operation, synthWithApi } from "../support/api";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const ARN = "arn:aws:lambda:eu-west-1:111111111111:function:decide:live";
const URI = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${ARN}/invocations`;

function synthWith(build: (scope: Construct) => IAuthorizer): TerraformJson {
  return synthWithApi((api, stack) => {
    api.root.addMethod("GET", undefined, { authorizer: build(stack) });
  });
}

const token = (props: Partial<TokenAuthorizerProps> = {}) => {
  return synthWith((scope) => new TokenAuthorizer(scope, "Auth", { handler: { arn: ARN }, ...props }));
};

function scheme(terraform: TerraformJson, name = "Auth") {
  return member(documentOf(terraform), "components", "securitySchemes", name);
}

describe("TokenAuthorizer", () => {
  it("emits little when little is said: minimal", () => {
    expect(token()).toMatchSnapshot();
  });

  it("emits everything that it can have: everything", () => {
    const terraform = synthWith(
      (scope) =>
        new TokenAuthorizer(scope, "Auth", {
          handler: new NodejsFunction(scope, "Decide", { bundle: "decide" }),
          authorizerName: "by-token",
          identitySource: IdentitySource.header("X-Token"),
          validationRegex: "^Bearer [-0-9A-Za-z._]+$",
          resultsCacheTtl: Duration.minutes(10),
          assumeRole: new ServiceRole(scope, "Caller", { roleName: "caller", service: "apigateway.amazonaws.com" }),
        }),
    );

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("guards the route, and says so in the document", () => {
    const terraform = token({ resultsCacheTtl: Duration.seconds(0) });

    expect(operation(terraform, "GET /").security).toEqual([{ Auth: [] }]);
    expect(scheme(terraform)).toEqual({
      type: "apiKey",
      name: "Authorization",
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: URI, authorizerResultTtlInSeconds: 0 },
    });
  });

  it("may call its function as an authorizer of this API, by one permission for all authorizers", () => {
    const terraform = synthWithApi((api, stack) => {
      const handler = new NodejsFunction(stack, "Decide", { bundle: "decide" });
      const one = new TokenAuthorizer(stack, "One", { handler });
      const two = new TokenAuthorizer(stack, "Two", { handler, identitySource: IdentitySource.header("X-Two") });
      for (const authorizer of [one, two]) {
        api.root.addResource(authorizer.authorizerName).addMethod("GET", undefined, { authorizer });
      }
    });

    const [api] = Object.keys(resourcesOf(terraform, "aws_api_gateway_rest_api"));
    expect(onlyResource(terraform, "aws_lambda_permission")).toMatchObject({
      principal: "apigateway.amazonaws.com",
      qualifier: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.name\}$/),
      source_arn: `\${aws_api_gateway_rest_api.${api}.execution_arn}/authorizers/*`,
      statement_id: expect.stringMatching(
        new RegExp(`^AllowAuthorizers-[0-9a-f]{8}-\\$\\{aws_api_gateway_rest_api\\.${api}\\.id\\}$`),
      ),
      lifecycle: { create_before_destroy: true },
    });
  });

  it("lets the stage wait for function, alias, permission and role policy", () => {
    const terraform = synthWith(
      (scope) =>
        new TokenAuthorizer(scope, "Auth", { handler: new NodejsFunction(scope, "Decide", { bundle: "decide" }) }),
    );

    const waitsFor = String(onlyResource(terraform, "aws_api_gateway_stage").depends_on);
    for (const type of ["lambda_function", "lambda_alias", "lambda_permission", "iam_role", "iam_role_policy"]) {
      expect(waitsFor).toContain(`aws_${type}.`);
    }
    assertOrderRules(terraform);
  });

  it("takes a plain cdktf function", () => {
    const terraform = synthWith((scope) => {
      const lifecycle = { createBeforeDestroy: true };
      const handler = new LambdaFunction(scope, "Decide", { functionName: "mine", role: "r", lifecycle });
      return new TokenAuthorizer(scope, "Auth", { handler });
    });

    expect(member(scheme(terraform), "x-amazon-apigateway-authorizer").authorizerUri).toContain(
      "arn:aws:lambda:eu-west-1:111111111111:function:mine/invocations",
    );
    assertOrderRules(terraform);
  });

  it("has a permission of its own beside the one for routes to the same function", () => {
    const terraform = synthWithApi((api, stack) => {
      const authorizer = new TokenAuthorizer(stack, "Auth", { handler: { arn: ARN } });
      api.root.addMethod("GET", new LambdaIntegration({ arn: ARN }), {
        authorizer,
      });
    });

    const sources = Object.values(resourcesOf(terraform, "aws_lambda_permission")).map((it) => it.source_arn);
    expect(sources.map((source) => String(source).split("}")[1]).sort()).toEqual(["/*/*", "/authorizers/*"]);
  });

  it("assumes a role instead, which is allowed to call the function and nothing else", () => {
    const terraform = synthWith((scope) => {
      const assumeRole = new ServiceRole(scope, "Caller", { roleName: "caller", service: "apigateway.amazonaws.com" });
      return new TokenAuthorizer(scope, "Auth", { handler: { arn: ARN }, assumeRole });
    });

    expect(member(scheme(terraform), "x-amazon-apigateway-authorizer").authorizerCredentials).toBe(
      "arn:aws:iam::111111111111:role/caller",
    );
    expect(resourcesOf(terraform, "aws_lambda_permission")).toEqual({});
    expect(JSON.parse(String(onlyResource(terraform, "aws_iam_role_policy").policy)).Statement).toEqual([
      { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [ARN] },
    ]);
    expect(onlyResource(terraform, "aws_api_gateway_stage").depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^aws_iam_role_policy\./)]),
    );
    assertOrderRules(terraform);
  });

  it("assumes a role of somebody else by its ARN, and leaves it alone", () => {
    const terraform = token({ assumeRole: { roleArn: "arn:aws:iam::111111111111:role/theirs" } });

    expect(member(scheme(terraform), "x-amazon-apigateway-authorizer").authorizerCredentials).toBe(
      "arn:aws:iam::111111111111:role/theirs",
    );
    expect(resourcesOf(terraform, "aws_lambda_permission")).toEqual({});
  });

  it("serves several APIs, with a permission for each", () => {
    const terraform = synthApi((stack) => {
      const authorizer = new TokenAuthorizer(stack, "Auth", { handler: { arn: ARN } });
      for (const id of ["One", "Two"]) new RestApi(stack, id).root.addMethod("GET", undefined, { authorizer });
    });

    const ids = Object.values(resourcesOf(terraform, "aws_lambda_permission")).map((it) => it.statement_id);
    expect(new Set(ids).size).toBe(2);
  });
});

describe("RequestAuthorizer", () => {
  it("identifies callers by all its sources, in order", () => {
    const terraform = synthWith(
      (scope) =>
        new RequestAuthorizer(scope, "Auth", {
          handler: { arn: ARN },
          identitySources: [
            IdentitySource.header("X-Tenant"),
            IdentitySource.queryString("key"),
            IdentitySource.stageVariable("realm"),
            IdentitySource.context("identity.sourceIp"),
          ],
        }),
    );

    expect(scheme(terraform)).toEqual({
      type: "apiKey",
      name: "Unused",
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": {
        type: "request",
        authorizerUri: URI,
        identitySource:
          "method.request.header.X-Tenant,method.request.querystring.key,stageVariables.realm,context.identity.sourceIp",
      },
    });
  });

  it("needs no sources when decisions are not cached", () => {
    const terraform = synthWith(
      (scope) =>
        new RequestAuthorizer(scope, "Auth", {
          handler: { arn: ARN },
          identitySources: [],
          resultsCacheTtl: Duration.seconds(0),
        }),
    );

    expect(scheme(terraform)["x-amazon-apigateway-authorizer"]).toEqual({
      type: "request",
      authorizerUri: URI,
      authorizerResultTtlInSeconds: 0,
    });
  });
});
