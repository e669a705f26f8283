import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import {
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  Duration,
  HeadgateStack,
  IdentitySource,
  LambdaIntegration,
  MockIntegration,
  NodejsFunction,
  RequestAuthorizer,
  RestApi,
  synthesize,
  TokenAuthorizer,
} from "headgate";

/** Four ways to decide who may call, one default for all routes, and one route that opts out. */
synthesize((app) => {
  const stack = new HeadgateStack(app, "authorizers", { region: "eu-west-1" });
  const decide = new NodejsFunction(stack, "Decide", { bundle: "decide" });
  const whoAmI = new NodejsFunction(stack, "WhoAmI", { bundle: "who-am-i" });

  const token = new TokenAuthorizer(stack, "Token", { handler: decide, resultsCacheTtl: Duration.minutes(1) });
  const tenant = new RequestAuthorizer(stack, "Tenant", {
    handler: decide,
    identitySources: [IdentitySource.header("Authorization"), IdentitySource.header("X-Tenant")],
  });
  const users = new CognitoUserPoolsAuthorizer(stack, "Users", {
    cognitoUserPools: [new CognitoUserPool(stack, "Pool", { name: "authorizers-users" })],
  });

  const api = new RestApi(stack, "Api", {
    restApiName: "authorizers",
    defaultIntegration: new LambdaIntegration(whoAmI),
    defaultMethodOptions: { authorizer: token },
    deployOptions: { stageName: "v1" },
  });
  api.route("GET /me");
  api.route("GET /tenant", undefined, { authorizer: tenant });
  api.route("GET /profile", undefined, { authorizer: users, authorizationScopes: ["profile"] });
  api.route("GET /internal", undefined, { authorizationType: AuthorizationType.IAM });
  api.route("GET /health", new MockIntegration(), { authorizationType: AuthorizationType.NONE });
});
