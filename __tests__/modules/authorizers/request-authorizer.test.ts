import { Duration, IdentitySource, NodejsFunction, RequestAuthorizer, ServiceRole } from "../../../modules";
import { assertOrderRules, terraformSnapshotSerializer } from "../../../modules/testing";
import { synthWithApi } from "../support/api";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

describe("RequestAuthorizer", () => {
  it("emits little when little is said: minimal", () => {
    const terraform = synthWithApi((api, stack) => {
      const handler = { arn: "arn:aws:lambda:eu-west-1:111111111111:function:decide:live" };
      const identitySources = [IdentitySource.header("Authorization")];
      const authorizer = new RequestAuthorizer(stack, "Auth", { handler, identitySources });
      api.root.addMethod("GET", undefined, { authorizer });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("emits everything that it can have: everything", () => {
    const terraform = synthWithApi(
      (api, stack) => {
        const authorizer = new RequestAuthorizer(stack, "Auth", {
          handler: new NodejsFunction(stack, "Decide", { bundle: "decide" }),
          authorizerName: "by-request",
          identitySources: [
            IdentitySource.header("X-Tenant"),
            IdentitySource.queryString("tenant"),
            IdentitySource.stageVariable("tenant"),
            IdentitySource.context("identity.sourceIp"),
          ],
          resultsCacheTtl: Duration.minutes(10),
          assumeRole: new ServiceRole(stack, "Caller", { roleName: "caller", service: "apigateway.amazonaws.com" }),
        });
        api.root.addMethod("GET", undefined, { authorizer });
      },
      { deployOptions: { variables: { tenant: "acme" } } },
    );

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });
});
