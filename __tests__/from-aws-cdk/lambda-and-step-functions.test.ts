import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import * as apigateway from "../../modules";
import { Duration } from "../../modules";
import { documentOf, onlyResource, resourcesOf } from "../../modules/testing";
import { integrationOf, member, operation } from "../modules/support/api";
import { functionIn, stateMachineIn } from "./declared";
import { snippet } from "./snippet";

snippet(
  "2.1",
  (stack) => {
    const backend = functionIn(stack);
    new apigateway.LambdaRestApi(stack, "myapi", {
      handler: backend,
    });
  },
  (terraform) => {
    expect(Object.keys(member(documentOf(terraform), "paths"))).toEqual(["/", "/{proxy+}"]);
    expect(integrationOf(terraform, "ANY /{proxy+}").type).toBe("aws_proxy");
  },
);

snippet(
  "2.2",
  (stack) => {
    const backend = functionIn(stack);
    const api = new apigateway.LambdaRestApi(stack, "myapi", {
      handler: backend,
      proxy: false,
    });

    const items = api.root.addResource("items");
    items.addMethod("GET");
    items.addMethod("POST");

    const item = items.addResource("{item}");
    item.addMethod("GET");
    item.addMethod("DELETE", new apigateway.HttpIntegration("http://amazon.com"));
  },
  (terraform) => {
    expect(integrationOf(terraform, "GET /items/{item}").type).toBe("aws_proxy");
    expect(integrationOf(terraform, "DELETE /items/{item}")).toMatchObject({
      type: "http_proxy",
      uri: "http://amazon.com",
    });
  },
);

snippet(
  "2.3",
  (stack) => {
    const backend = functionIn(stack);

    new apigateway.LambdaRestApi(stack, "myapi", {
      handler: backend,
      integrationOptions: {
        allowTestInvoke: false,
        timeout: Duration.seconds(1),
      },
    });
  },
  (terraform) => {
    expect(integrationOf(terraform, "ANY /").timeoutInMillis).toBe(1000);
    expect(onlyResource(terraform, "aws_lambda_permission").source_arn).toMatch(/execution_arn\}\/prod\/\*$/);
  },
);

snippet(
  "3.1",
  (stack) => {
    const machine = stateMachineIn(stack);

    new apigateway.StepFunctionsRestApi(stack, "StepFunctionsRestApi", {
      stateMachine: machine,
      useDefaultMethodResponses: false,
    });
  },
  (terraform) => {
    expect(integrationOf(terraform, "ANY /").uri).toMatch(/:states:action\/StartSyncExecution$/);
    expect(member(operation(terraform, "ANY /"), "responses", "200")).not.toHaveProperty("content");
  },
);

snippet(
  "3.2",
  (stack) => {
    const stateMachine = new SfnStateMachine(stack, "StateMachine", {
      name: "pass",
      type: "EXPRESS",
      definition: JSON.stringify({ StartAt: "PassState", States: { PassState: { Type: "Pass", End: true } } }),
      roleArn: "arn:aws:iam::111111111111:role/machine",
    });

    new apigateway.StepFunctionsRestApi(stack, "StepFunctionsRestApi", {
      deploy: true,
      stateMachine: stateMachine,
    });
  },
  (terraform) => {
    const { schema } = member(operation(terraform, "ANY /"), "responses", "200", "content", "application/json");

    expect(schema).toEqual({ $ref: "#/components/schemas/Empty" });
    expect(JSON.stringify(integrationOf(terraform, "ANY /").requestTemplates)).toMatch(/body.*path.*querystring/);
    expect(Object.keys(resourcesOf(terraform, "aws_api_gateway_stage"))).toHaveLength(1);
  },
);

snippet(
  "3.3",
  (stack) => {
    const machine = stateMachineIn(stack);

    new apigateway.StepFunctionsRestApi(stack, "StepFunctionsRestApi", {
      stateMachine: machine,
      headers: true,
      path: false,
      querystring: false,
      authorizer: false,
      requestContext: {
        caller: true,
        user: true,
      },
    });
  },
  (terraform) => {
    const template = String(member(integrationOf(terraform, "ANY /"), "requestTemplates")["application/json"]);

    expect(
      [...template.matchAll(/\\"(body|header|path|querystring|authorizer|caller|user)\\": /g)].map(([, it]) => it),
    ).toEqual(["body", "header", "caller", "user"]);
  },
);
