import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Annotations } from "cdktf";
import { HeadgateStack, type Integration, LambdaIntegration, NodejsFunction, RestApi } from "../../../modules";
import { assertOrderRules, onlyResource, resourcesOf, synthApi, synthStack } from "../../../modules/testing";
import { synthWithApi } from "../support/api";

const ARN = "arn:aws:lambda:eu-west-1:111111111111:function:test-get-item";
const SCOPED = { scopePermissionToMethod: true };

function permissions(terraform: Parameters<typeof resourcesOf>[0]) {
  return Object.values(resourcesOf(terraform, "aws_lambda_permission"));
}

function ownFunction(stack: HeadgateStack): NodejsFunction {
  return new NodejsFunction(stack, "Fn", { bundle: "get-item" });
}

function synthRoutes(build: (stack: HeadgateStack) => readonly Integration[]) {
  return synthWithApi((api, stack) => {
    for (const [index, backend] of build(stack).entries()) api.root.addResource(`r${index}`).addMethod("GET", backend);
  });
}

describe("permissions of functions", () => {
  it.each([
    ["the function first", (own: LambdaIntegration, byArn: LambdaIntegration) => [own, byArn]],
    ["the ARN first", (own: LambdaIntegration, byArn: LambdaIntegration) => [byArn, own]],
  ])("are one for a function that is also named by its ARN, which waits for the function: %s", (_name, order) => {
    const terraform = synthRoutes((stack) =>
      order(new LambdaIntegration(ownFunction(stack)), new LambdaIntegration({ arn: `${ARN}:live` })),
    );

    expect(onlyResource(terraform, "aws_lambda_permission")).toMatchObject({
      function_name: expect.stringMatching(/^\$\{aws_lambda_function\.\w+\.function_name\}$/),
      qualifier: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.name\}$/),
    });
    assertOrderRules(terraform);
  });

  it("are one each for an alias and its function", () => {
    const terraform = synthRoutes((stack) => {
      const handler = ownFunction(stack);
      return [
        new LambdaIntegration(handler),
        new LambdaIntegration({ arn: ARN }),
        new LambdaIntegration(handler.function),
      ];
    });

    expect(
      permissions(terraform)
        .map(({ qualifier }) => typeof qualifier)
        .sort(),
    ).toEqual(["string", "undefined"]);
  });

  it("tell functions of one name in different regions apart", () => {
    const terraform = synthStack((app) => {
      const [there, here] = ["us-east-1", "eu-west-1"].map(
        (region) => new HeadgateStack(app, region, { region, accountId: "111111111111" }),
      ) as [HeadgateStack, HeadgateStack];
      const api = new RestApi(here, "Api");
      for (const stack of [there, here]) {
        const handler = new LambdaFunction(stack, "Fn", { functionName: "mine", role: "r" });
        const allowPermission = stack === here;
        api.root.addResource(stack.node.id).addMethod("GET", new LambdaIntegration(handler, { allowPermission }));
      }
      return here;
    });

    expect(onlyResource(terraform, "aws_lambda_permission").function_name).toMatch(/^\$\{aws_lambda_function\.Fn\./);
  });
});

describe("scopePermissionToMethod", () => {
  it("permits the method alone, on all stages", () => {
    const terraform = synthWithApi((api, stack) => {
      const handler = new LambdaIntegration(ownFunction(stack), SCOPED);
      const item = api.root.resourceForPath("items/{id}");
      item.addMethod("GET", handler);
      item.addMethod("ANY", handler);
    });

    const sources = permissions(terraform).map(({ source_arn }) =>
      String(source_arn).replace(/^.*execution_arn\}/, ""),
    );
    expect(sources.sort()).toEqual(["/*/*/items/*", "/*/GET/items/*"]);
    expect(new Set(permissions(terraform).map(({ statement_id }) => statement_id)).size).toBe(2);
    assertOrderRules(terraform);
  });

  it.each([
    ["before", [{}, SCOPED]],
    ["after", [SCOPED, {}]],
  ])("adds nothing to a permission for all methods: one declared %s", (_name, options) => {
    const terraform = synthRoutes((stack) => {
      const handler = ownFunction(stack);
      return options.map((it) => new LambdaIntegration(handler, it));
    });

    expect(String(onlyResource(terraform, "aws_lambda_permission").source_arn)).toMatch(/execution_arn\}\/\*\/\*$/);
  });

  it("keeps a permission per method while they fit into the policy", () => {
    const terraform = synthRoutes((stack) => {
      const handler = new LambdaIntegration(ownFunction(stack), SCOPED);
      return Array.from({ length: 50 }, () => handler);
    });

    expect(permissions(terraform)).toHaveLength(50);
  });

  it("pain 24: never lets the policy of a function pass 20,480 bytes", () => {
    const notes: string[] = [];
    const addInfo = jest.spyOn(Annotations.prototype, "addInfo").mockImplementation((note) => void notes.push(note));

    const terraform = synthRoutes((stack) => {
      const handler = new LambdaIntegration(ownFunction(stack), SCOPED);
      return Array.from({ length: 200 }, () => handler);
    });
    addInfo.mockRestore();

    expect(String(onlyResource(terraform, "aws_lambda_permission").source_arn)).toMatch(/execution_arn\}\/\*\/\*$/);
    expect(notes).toEqual([expect.stringContaining("scopePermissionToMethod has no effect on test-get-item")]);
    assertOrderRules(terraform);
  });

  it("counts the statements of all APIs of the app", () => {
    const terraform = synthApi((stack) => {
      const handler = new LambdaIntegration(ownFunction(stack), SCOPED);
      for (const id of ["One", "Two"]) {
        const { root } = new RestApi(stack, id);
        for (let index = 0; index < 40; index++) root.addResource(`r${index}`).addMethod("GET", handler);
      }
    });

    expect(permissions(terraform)).toHaveLength(2);
  });
});
