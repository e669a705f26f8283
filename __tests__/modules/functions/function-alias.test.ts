import {
  Code,
  Duration,
  type HeadgateStack,
  Function as LambdaFunction,
  LambdaIntegration,
  RestApi,
  Role,
  ServicePrincipal,
} from "../../../modules";
import { assertOrderRules, onlyResource, resourcesOf, synthApi } from "../../../modules/testing";
import { integrationOf } from "../support/api";
import { expectRefusal } from "../support/refusals";

const newFunction = (stack: HeadgateStack) => new LambdaFunction(stack, "Fn", { code: Code.fromBundle("fn") });

describe("addAlias", () => {
  it("names the newest version once more, with settings that the stage waits for", () => {
    const terraform = synthApi((stack) => {
      const alias = newFunction(stack).addAlias("blue", { provisionedConcurrentExecutions: 2, description: "Warm" });
      new RestApi(stack, "Api").root.addMethod("GET", new LambdaIntegration(alias));
    });

    expect(integrationOf(terraform, "GET /").uri).toMatch(/:function:test-Fn:blue\/invocations$/);
    const blue = Object.values(resourcesOf(terraform, "aws_lambda_alias")).find(({ name }) => name === "blue");
    expect(blue).toMatchObject({
      description: "Warm",
      function_version: expect.stringMatching(/\.version\}$/),
      lifecycle: { create_before_destroy: true },
    });
    expect(onlyResource(terraform, "aws_lambda_permission").qualifier).toMatch(/^\$\{aws_lambda_alias\.Fn_Aliasblue/);
    const waits = JSON.stringify(onlyResource(terraform, "aws_api_gateway_stage").depends_on);
    expect(waits).toContain("aws_lambda_provisioned_concurrency_config");
    assertOrderRules(terraform);
  });

  it("gives the alias that the function has already", () => {
    const terraform = synthApi((stack) => {
      const handler = newFunction(stack);
      const alias = handler.addAlias("live");
      expect([alias.functionArn, alias.alias]).toEqual([handler.aliasArn, handler.alias]);
    });

    expect(onlyResource(terraform, "aws_lambda_alias").name).toBe("live");
  });

  it("may be invoked by others", () => {
    const terraform = synthApi((stack) => {
      const role = new Role(stack, "Caller", { assumedBy: new ServicePrincipal("events.amazonaws.com") });
      newFunction(stack).addAlias("blue").grantInvoke(role);
    });

    const policies = Object.values(resourcesOf(terraform, "aws_iam_role_policy")).map(({ policy }) => String(policy));
    expect(policies.join()).toContain("arn:aws:lambda:eu-west-1:111111111111:function:test-Fn:blue");
  });

  it("fails when settings of the function's own alias are said beside it", () => {
    expectRefusal({
      code: "FUNCTION_ALIAS_TAKEN",
      problem: '"live" is the alias that the function has already, and maxEventAge is said beside it',
      build: () => synthApi((stack) => newFunction(stack).addAlias("live", { maxEventAge: Duration.minutes(1) })),
    });
  });

  it("fails when the name is none", () => {
    expectRefusal({
      code: "FUNCTION_ALIAS_NAME_INVALID",
      problem: 'got "7"',
      build: () => synthApi((stack) => newFunction(stack).addAlias("7")),
    });
  });
});
