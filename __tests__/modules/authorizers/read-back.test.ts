import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { RestApiDefinition } from "../../../definition/rest-api";
import { readStackJson } from "../../../definition/terraform/read-stack";
import {
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  Duration,
  type HeadgateStack,
  IdentitySource,
  RequestAuthorizer,
  RestApi,
  TokenAuthorizer,
} from "../../../modules";
import { synthApi } from "../../../modules/testing";
import { fakeHost, gatewayFor, send } from "../../support/gateway";

const HANDLER = { arn: "arn:aws:lambda:eu-west-1:111111111111:function:decide:live" };
const POOL = { arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/${stageVariables.userPool}" };

function everyKind(stack: HeadgateStack): RestApi {
  const token = new TokenAuthorizer(stack, "Token", {
    handler: HANDLER,
    identitySource: IdentitySource.header("X-Token"),
    validationRegex: "^Bearer \\S+${$",
    resultsCacheTtl: Duration.seconds(0),
    assumeRole: { roleArn: "arn:aws:iam::111111111111:role/caller" },
  });
  const request = new RequestAuthorizer(stack, "Request", {
    handler: HANDLER,
    identitySources: [IdentitySource.header("A"), IdentitySource.queryString("b")],
  });
  const users = new CognitoUserPoolsAuthorizer(stack, "Users", { cognitoUserPools: [POOL] });
  const api = new RestApi(stack, "Api", { defaultMethodOptions: { authorizer: token } });
  api.route("GET /token");
  api.route("GET /request", undefined, { authorizer: request });
  api.route("GET /users", undefined, { authorizer: users, authorizationScopes: ["orders/read"] });
  api.route("GET /signed", undefined, { authorizationType: AuthorizationType.IAM });
  api.route("GET /open", undefined, { authorizationType: AuthorizationType.NONE });
  return api;
}

async function readBack(build: (stack: HeadgateStack) => void): Promise<RestApiDefinition> {
  const { apis } = await readStackJson(JSON.parse(JSON.stringify(synthApi(build))), "test");
  const [found] = apis;
  if (found === undefined) throw new Error("no API was read");
  return found.api;
}

describe("authorizers in Terraform JSON", () => {
  it("are read back as they were declared", async () => {
    const declared: RestApiDefinition[] = [];

    const read = await readBack((stack) => {
      declared.push(everyKind(stack).definition());
    });

    expect([read]).toEqual(declared);
  });

  it("are read back also when only AWS knows the ARN of a pool", async () => {
    const read = await readBack((stack) => {
      const pool = new CognitoUserPool(stack, "Pool", { name: "users" });
      const authorizer = new CognitoUserPoolsAuthorizer(stack, "Users", { cognitoUserPools: [pool] });
      new RestApi(stack, "Api").root.addMethod("GET", undefined, { authorizer });
    });

    expect(read.authorizers.Users?.providerArns).toEqual([expect.stringContaining("${stageVariables.userPool_Pool}")]);
    expect(gatewayFor(read).notEmulated()).toEqual([]);
  });
});

describe("the local gateway", () => {
  it.each([
    ["/v1/request?b=1", [["A", "1"]], 500, "authorizer"],
    ["/v1/token", [], 401, "authorizer"],
    ["/v1/users", [["Authorization", "x"]], 401, undefined],
    ["/v1/signed", [], 403, undefined],
    ["/v1/open", [], 200, undefined],
  ] as const)(
    "lets nobody through who is not allowed: %s with %j answers %d",
    async (target, headers, status, attribute) => {
      const nobodyIsAsked = fakeHost({ invoke: () => ({ status: 404 }) });
      const gateway = gatewayFor(await readBack(everyKind), {
        host: nobodyIsAsked,
        stage: { variables: { userPool: "x" } },
      });

      const response = await send(gateway, { target, headers });

      expect(response.status).toBe(status);
      expect(response.headers["x-headgate-not-emulated"]).toBe(attribute);
    },
  );
});
