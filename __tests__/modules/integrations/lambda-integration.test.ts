import { DataAwsLambdaFunction } from "@cdktf/provider-aws/lib/data-aws-lambda-function";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { TerraformVariable } from "cdktf";
import {
  HeadgateStack,
  type Integration,
  LambdaIntegration,
  NodejsFunction,
  RestApi,
  TokenAuthorizer,
} from "../../../modules";
import {
  onlyResource,
  orderViolations,
  resourcesOf,
  synthApi,
  synthStack,
  type TerraformJson,
} from "../../../modules/testing";
import { integrationOf, synthMethod, synthWithApi } from "../support/api";
import { expectRefusal } from "../support/refusals";

const ROUTE = "GET /items/{id}";

function synthIn(build: (stack: HeadgateStack) => Integration): TerraformJson {
  return synthApi((stack) => {
    new RestApi(stack, "Api").root.resourceForPath("items/{id}").addMethod("GET", build(stack));
  });
}

describe("LambdaIntegration", () => {
  it("calls the alias of a function by a literal ARN", () => {
    const terraform = synthIn(
      (stack) => new LambdaIntegration(new NodejsFunction(stack, "Fn", { bundle: "get-item" })),
    );

    expect(integrationOf(terraform, ROUTE)).toEqual({
      type: "aws_proxy",
      httpMethod: "POST",
      uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111111111111:function:test-get-item:live/invocations",
    });
  });

  it("permits the API once per function, for all routes and stages", () => {
    const terraform = synthWithApi((api, stack) => {
      const handler = new NodejsFunction(stack, "Fn", { bundle: "get-item" });
      for (const name of ["a", "b"]) api.root.addResource(name).addMethod("GET", new LambdaIntegration(handler));
    });

    const [api] = Object.keys(resourcesOf(terraform, "aws_api_gateway_rest_api"));
    expect(onlyResource(terraform, "aws_lambda_permission")).toMatchObject({
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      qualifier: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.name\}$/),
      function_name: expect.stringMatching(/^\$\{aws_lambda_function\.\w+\.function_name\}$/),
      source_arn: `\${aws_api_gateway_rest_api.${api}.execution_arn}/*/*`,
      statement_id: expect.stringMatching(
        new RegExp(`^AllowApi-[0-9a-f]{8}-\\$\\{aws_api_gateway_rest_api\\.${api}\\.id\\}$`),
      ),
    });
  });

  it("gives each API a statement of its own", () => {
    const terraform = synthApi((stack) => {
      const handler = new NodejsFunction(stack, "Fn", { bundle: "get-item" });
      for (const id of ["One", "Two"]) new RestApi(stack, id).root.addMethod("GET", new LambdaIntegration(handler));
    });

    const ids = Object.values(resourcesOf(terraform, "aws_lambda_permission")).map((it) => it.statement_id);
    expect(new Set(ids).size).toBe(2);
  });

  it("takes a plain cdktf function with a literal name", () => {
    const terraform = synthIn(
      (stack) =>
        new LambdaIntegration(
          new LambdaFunction(stack, "Fn", {
            functionName: "mine",
            role: "r",
            lifecycle: { createBeforeDestroy: true },
          }),
        ),
    );

    expect(integrationOf(terraform, ROUTE).uri).toContain(
      "arn:aws:lambda:eu-west-1:111111111111:function:mine/invocations",
    );
    expect(onlyResource(terraform, "aws_lambda_permission")).toMatchObject({
      function_name: "${aws_lambda_function.Fn.function_name}",
    });
  });

  it("takes a plain cdktf alias of a function with a literal name", () => {
    const terraform = synthIn((stack) => {
      const config = { name: "blue", functionName: "mine", functionVersion: "1" };
      return new LambdaIntegration(
        new LambdaAlias(stack, "Blue", { ...config, lifecycle: { createBeforeDestroy: true } }),
      );
    });

    expect(integrationOf(terraform, ROUTE).uri).toContain(
      "arn:aws:lambda:eu-west-1:111111111111:function:mine:blue/invocations",
    );
    expect(onlyResource(terraform, "aws_lambda_permission")).toMatchObject({
      function_name: "${aws_lambda_alias.Blue.function_name}",
      qualifier: "${aws_lambda_alias.Blue.name}",
    });
    expect(orderViolations(terraform)).toEqual([]);
  });

  it("lets the stage wait for a table that is granted after the route was declared", () => {
    const terraform = synthWithApi((api, stack) => {
      const handler = new NodejsFunction(stack, "Fn", { bundle: "get-item" });
      api.root.addMethod("GET", new LambdaIntegration(handler));
      handler.grant(new DynamodbTable(stack, "Items", { name: "items" }), "dynamodb:GetItem");
    });

    expect(onlyResource(terraform, "aws_api_gateway_stage").depends_on).toContain("aws_dynamodb_table.Items");
  });

  it("keeps the table of a plain function replaceable", () => {
    const terraform = synthIn((stack) => {
      const table = new DynamodbTable(stack, "Items", { name: "items" });
      const environment = { variables: { TABLE: table.name } };
      return new LambdaIntegration(new LambdaFunction(stack, "Fn", { functionName: "mine", role: "r", environment }));
    });

    expect(orderViolations(terraform).filter(({ rule }) => rule === "data-apart")).toEqual([]);
  });

  it("calls a plain function where its own stack is", () => {
    const terraform = synthStack((app) => {
      const there = new HeadgateStack(app, "there", { region: "us-east-1", accountId: "222222222222" });
      const here = new HeadgateStack(app, "here", { region: "eu-west-1", accountId: "111111111111" });
      const handler = new LambdaFunction(there, "Fn", { functionName: "mine", role: "r" });
      new RestApi(here, "Api").root.addMethod("GET", new LambdaIntegration(handler, { allowPermission: false }));
      return here;
    });

    expect(integrationOf(terraform, "GET /").uri).toContain("arn:aws:lambda:us-east-1:222222222222:function:mine/");
  });

  it("takes the ARN of a function that exists, and leaves its permissions alone on request", () => {
    const terraform = synthMethod(
      new LambdaIntegration(
        { arn: "arn:aws:lambda:eu-west-1:999999999999:function:theirs:live" },
        { allowPermission: false },
      ),
    );

    expect(integrationOf(terraform, ROUTE).uri).toContain("function:theirs:live/invocations");
    expect(resourcesOf(terraform, "aws_lambda_permission")).toEqual({});
  });

  it.each([
    ["theirs:live", "theirs", "live"],
    ["theirs:7", "theirs", "7"],
    ["theirs:$LATEST", "theirs", "$LATEST"],
    ["theirs", "theirs", undefined],
  ])("permits function and qualifier of %s apart, as the provider reads them back", (name, functionName, qualifier) => {
    const prefix = "arn:aws:lambda:eu-west-1:111111111111:function";

    const terraform = synthMethod(new LambdaIntegration({ arn: `${prefix}:${name}` }));

    const permission = onlyResource(terraform, "aws_lambda_permission");
    expect([permission.function_name, permission.qualifier]).toEqual([`${prefix}:${functionName}`, qualifier]);
    expect(integrationOf(terraform, ROUTE).uri).toContain(`${prefix}:${name}/invocations`);
  });

  it("takes an ARN that a data source knows in the first plan", () => {
    const terraform = synthIn((stack) => {
      const theirs = new DataAwsLambdaFunction(stack, "Theirs", { functionName: "theirs" });
      return new LambdaIntegration({ arn: theirs.arn });
    });

    expect(onlyResource(terraform, "aws_lambda_permission").function_name).toBe(
      "${data.aws_lambda_function.Theirs.arn}",
    );
    expect(integrationOf(terraform, ROUTE).uri).toContain("${data.aws_lambda_function.Theirs.arn}/invocations");
  });

  it.each(["theirs", "arn:aws:iam::111111111111:role/theirs"])("fails when the ARN is %s", (arn) => {
    const build = () => synthMethod(new LambdaIntegration({ arn }));

    expect(build).toThrow(/^FUNCTION_ARN_INVALID: .*\n {2}at test\/Api\/Default\/items\/{id}\/GET\n/);
    expect(build).toThrow(`got "${arn}"`);
  });

  it("fails when a variable tells the ARN, which may hold a qualifier", () => {
    expectRefusal({
      code: "FUNCTION_ARN_UNKNOWN",
      problem: "no name or ARN that is known at synth",
      build: () =>
        synthIn((stack) => new LambdaIntegration({ arn: new TerraformVariable(stack, "Fn", {}).stringValue })),
    });
  });

  it("takes the ARN of a role from a variable, which is known in the first plan", () => {
    const terraform = synthIn((stack) => {
      const credentialsRole = { arn: new TerraformVariable(stack, "Caller", {}).stringValue };
      return new LambdaIntegration(new NodejsFunction(stack, "Fn", { bundle: "get-item" }), { credentialsRole });
    });

    expect(integrationOf(terraform, ROUTE).credentials).toBe("${var.Caller}");
  });

  it.each([
    ["region", "us-east-1:111111111111", "in us-east-1, and its permission would be written in eu-west-1"],
    [
      "account",
      "eu-west-1:999999999999",
      "in the account 999999999999, and its permission would be written in 111111111111",
    ],
  ])("fails when the function is in another %s and the API would have to permit itself", (_title, place, problem) => {
    const arn = `arn:aws:lambda:${place}:function:theirs`;
    const code = "FUNCTION_PERMISSION_ELSEWHERE";

    expectRefusal({ code, problem, build: () => synthMethod(new LambdaIntegration({ arn })) });
    expectRefusal({
      code,
      problem,
      build: () =>
        synthWithApi((api, stack) => {
          api.root.addMethod("GET", undefined, {
            authorizer: new TokenAuthorizer(stack, "Auth", { handler: { arn } }),
          });
        }),
    });
    const credentialsRole = { arn: "arn:aws:iam::111111111111:role/caller" };
    expect(() => synthMethod(new LambdaIntegration({ arn }, { credentialsRole }))).not.toThrow();
  });

  it("fails when the name of the function is known only after apply", () => {
    const build = () =>
      synthIn((stack) => {
        const other = new LambdaFunction(stack, "Other", { functionName: "other", role: "r" });
        return new LambdaIntegration({ arn: other.arn });
      });

    expect(build).toThrow(/^FUNCTION_ARN_UNKNOWN: .*\n {2}at test\/Api\/Default\/items\/{id}\/GET\n/);
  });
});

describe("LambdaIntegration of a function in another stack", () => {
  it("leaves the order to the stacks: the stage waits for nothing that its own stack does not hold", () => {
    const terraform = synthStack((app) => {
      const environment = { region: "eu-west-1", accountId: "111111111111" };
      const shared = new HeadgateStack(app, "shared", environment);
      const stack = new HeadgateStack(app, "orders", environment);
      const api = new RestApi(stack, "Api");
      api.root.addMethod("GET", new LambdaIntegration(new NodejsFunction(shared, "Fn", { bundle: "get-item" })));
      return stack;
    });

    const waitsFor = onlyResource(terraform, "aws_api_gateway_stage").depends_on;
    expect(waitsFor).toEqual([expect.stringMatching(/^aws_lambda_permission\./)]);
    expect(integrationOf(terraform, "GET /").uri).toContain("function:shared-get-item:live/invocations");
  });
});
