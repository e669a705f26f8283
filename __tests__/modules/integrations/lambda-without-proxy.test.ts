import { LambdaIntegration, type LambdaIntegrationOptions } from "../../../modules";
import { fails, returns } from "../../support/gateway";
import { integrationOf, synthMethod } from "../support/api";
import { backend, expectRefusal } from "../support/refusals";
import { call, definitionOf, HOSTILE } from "./call-service";

const ARN = "arn:aws:lambda:eu-west-1:111111111111:function:fn:live";

function synthLambda(options: LambdaIntegrationOptions) {
  return integrationOf(synthMethod(new LambdaIntegration({ arn: ARN }, options)), "GET /items/{id}");
}

function definition(options: LambdaIntegrationOptions) {
  return definitionOf("POST /items", () => new LambdaIntegration({ arn: ARN }, options));
}

const REQUEST = { method: "POST", target: "/v1/items", body: JSON.stringify({ text: HOSTILE }) };

describe("LambdaIntegration without proxy", () => {
  it("maps request and answer", async () => {
    const mapped = definition({
      proxy: false,
      requestTemplates: { "application/json": `{"body": $input.json('$'), "route": "$context.resourcePath"}` },
      integrationResponses: [
        { statusCode: "201", responseTemplates: { "application/json": `{"made": $input.json('$.id')}` } },
        { statusCode: "404", selectionPattern: "Not found.*" },
      ],
    });

    const [made, missing] = await Promise.all([
      call(mapped, REQUEST, {}, () => returns({ id: HOSTILE })),
      call(mapped, REQUEST, {}, () => fails("Not found: x")),
    ]);

    expect(JSON.parse(String(made.invocations[0]?.payload))).toEqual({ body: { text: HOSTILE }, route: "/items" });
    expect([made.response.status, JSON.parse(made.response.body)]).toEqual([201, { made: HOSTILE }]);
    expect(missing.response.status).toBe(404);
  });

  it("answers 500 to an error that no response is declared for, without its message", async () => {
    const { response } = await call(definition({ proxy: false }), REQUEST, {}, () => fails("secret\nof two lines"));

    expect([response.status, response.body]).toEqual([500, '{"message": "Internal Server Error"}']);
  });

  it("answers results as they are", async () => {
    const { response } = await call(definition({ proxy: false }), REQUEST, {}, () => returns({ a: 1 }));

    expect([response.status, response.body]).toEqual([200, '{"a":1}']);
  });
});

describe("LambdaIntegration with the invocation type Event", () => {
  it("answers 202 without waiting", async () => {
    const { response, invocations } = await call(definition({ invocationType: "Event" }), REQUEST, {}, () => ({
      status: 202,
      payload: Buffer.alloc(0),
    }));

    expect(invocations[0]).toMatchObject({ type: "Event" });
    expect([response.status, response.body]).toEqual([202, "{}"]);
  });

  it("says so in a header, beside mappings of your own", () => {
    const { type, requestParameters } = synthLambda({
      invocationType: "Event",
      requestParameters: { "integration.request.header.X-Note": "'a'" },
    });

    expect(type).toBe("aws");
    expect(requestParameters).toEqual({
      "integration.request.header.X-Amz-Invocation-Type": "'Event'",
      "integration.request.header.X-Note": "'a'",
    });
  });

  it("fails when it is to be a proxy, too", () => {
    expectRefusal({
      code: "INVOCATION_TYPE_WITH_PROXY",
      problem: "cannot have the invocation type Event",
      build: backend(new LambdaIntegration({ arn: ARN }, { proxy: true, invocationType: "Event" })),
    });
  });

  it("fails when a proxy has templates", () => {
    expectRefusal({
      code: "PROXY_WITH_MAPPING",
      problem: "AWS_PROXY",
      build: backend(new LambdaIntegration({ arn: ARN }, { requestTemplates: { "application/json": "{}" } })),
    });
  });
});
