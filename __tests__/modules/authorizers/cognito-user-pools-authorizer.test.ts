import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import {
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  Duration,
  type HeadgateStack,
  IdentitySource,
  RestApi,
  type UserPoolTarget,
} from "../../../modules";
import {
  assertOrderRules,
  documentOf,
  onlyResource,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { member, operation } from "../support/api";
import { warningsOf } from "../support/warnings";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const POOL = { arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Ab12" };

const guarded = (pool: (stack: HeadgateStack) => UserPoolTarget) => (stack: HeadgateStack) => {
  const authorizer = new CognitoUserPoolsAuthorizer(stack, "Users", { cognitoUserPools: [pool(stack)] });
  new RestApi(stack, "Api").root.addMethod("GET", undefined, { authorizer });
};
const managed = guarded((stack) => new CognitoUserPool(stack, "Pool", { name: "users" }));

function providers(terraform: TerraformJson) {
  return member(documentOf(terraform), "components", "securitySchemes", "Users", "x-amazon-apigateway-authorizer")
    .providerARNs;
}

describe("CognitoUserPoolsAuthorizer", () => {
  it("emits little when little is said: minimal", () => {
    expect(synthApi(guarded(() => POOL))).toMatchSnapshot();
  });

  it("emits everything that it can have: everything", () => {
    const terraform = synthApi((stack) => {
      const authorizer = new CognitoUserPoolsAuthorizer(stack, "Users", {
        authorizerName: "by-pool",
        cognitoUserPools: [POOL, new DataAwsCognitoUserPool(stack, "Theirs", { userPoolId: "eu-west-1_Cd34" })],
        identitySource: IdentitySource.header("X-Token"),
        resultsCacheTtl: Duration.hours(1),
      });
      new RestApi(stack, "Api").root.addMethod("GET", undefined, {
        authorizer,
        authorizationType: AuthorizationType.COGNITO,
        authorizationScopes: ["orders/read", "orders/write"],
      });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("asks for the scopes of the route", () => {
    const terraform = synthApi((stack) => {
      const authorizer = new CognitoUserPoolsAuthorizer(stack, "Users", { cognitoUserPools: [POOL] });
      const authorizationScopes = ["orders/read"];
      new RestApi(stack, "Api").root.addMethod("GET", undefined, { authorizer, authorizationScopes });
    });

    expect(operation(terraform, "GET /").security).toEqual([{ Users: ["orders/read"] }]);
  });

  it("names a pool of the same app by a stage variable: the document is known, and only the stage waits for the pool", () => {
    const terraform = synthApi(managed);

    expect(providers(terraform)).toEqual([
      "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/${stageVariables.userPool_Pool}",
    ]);
    expect(onlyResource(terraform, "aws_api_gateway_stage").variables).toEqual({
      userPool_Pool: "${aws_cognito_user_pool.Pool.id}",
    });
    expect(Object.keys(member(onlyResource(terraform, "aws_api_gateway_deployment"), "triggers"))).toEqual([
      "definition",
    ]);
    expect(warningsOf(managed)).toEqual([]);
    assertOrderRules(terraform);
  });
});
