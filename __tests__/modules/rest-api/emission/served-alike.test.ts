import type { JsonObject } from "../../../../definition/json";
import type { StackDefinition } from "../../../../definition/stack";
import { readStackJson } from "../../../../definition/terraform/read-stack";
import { createGateway } from "../../../../local/pipeline";
import {
  HttpIntegration,
  LambdaIntegration,
  MockIntegration,
  NodejsFunction,
  RestApi,
  SqsIntegration,
  TokenAuthorizer,
} from "../../../../modules";
import { EMISSIONS, type EmissionName } from "../../../../modules/rest-api/emission/emission";
import { matchers, synthApi } from "../../../../modules/testing";
import { fakeHost, returns, send } from "../../../support/gateway";

expect.extend(matchers);

/** The kinds of route that the reference API has: functions, a queue, a backend, mocks, keys, models, CORS, a cache. */
function synthShop(emission: EmissionName) {
  return synthApi((stack) => {
    const handler = new NodejsFunction(stack, "Fn", { bundle: "orders" });
    const api = new RestApi(stack, "Api", {
      emission,
      description: "Orders",
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://shop.example", "https://admin.example"],
      },
      deployOptions: {
        stageName: "v1",
        variables: { ratesHost: "rates.example.com" },
      },
    });
    const order = api.addModel("Order", {
      schema: {
        type: "object",
        properties: { item: { type: "string" } },
        required: ["item"],
      },
    });
    api.addGatewayResponse("Invalid", {
      type: "BAD_REQUEST_BODY",
      statusCode: "422",
    });
    api.route("POST /orders", new LambdaIntegration(handler), {
      requestBody: order,
    });
    api.route("GET /orders/{orderId}", new LambdaIntegration(handler), {
      authorizer: new TokenAuthorizer(stack, "Token", { handler }),
    });
    api.route("GET /rates/{currency}", new HttpIntegration("https://${stageVariables.ratesHost}/{currency}"), {
      cache: { ttlSeconds: 60 },
    });
    api.route("POST /events", new SqsIntegration({ arn: "arn:aws:sqs:eu-west-1:111111111111:events" }));
    api.route("GET /reports", new MockIntegration(), { apiKeyRequired: true });
    api.route("GET /health", new MockIntegration());
    api.route("ANY /files/{proxy+}", new LambdaIntegration(handler));
  });
}

async function readShop(emission: EmissionName): Promise<StackDefinition> {
  return readStackJson(JSON.parse(JSON.stringify(synthShop(emission))) as JsonObject, "shop");
}

const JSON_TYPE = ["Content-Type", "application/json"] as const;

const REQUESTS: readonly Parameters<typeof send>[1][] = [
  {
    method: "POST",
    target: "/v1/orders",
    body: '{"item":"book"}',
    headers: [JSON_TYPE],
  },
  {
    method: "POST",
    target: "/v1/orders",
    body: '{"item":1}',
    headers: [JSON_TYPE],
  },
  { target: "/v1/rates/EUR" },
  {
    method: "POST",
    target: "/v1/events",
    body: '{"id":1}',
    headers: [JSON_TYPE],
  },
  { target: "/v1/reports" },
  { target: "/v1/health", headers: [["Origin", "https://admin.example"]] },
  {
    method: "OPTIONS",
    target: "/v1/orders",
    headers: [["Origin", "https://admin.example"]],
  },
  { method: "PATCH", target: "/v1/files/a/b.txt" },
  { target: "/v1/nowhere" },
];

describe("an API in either form", () => {
  it("is the same definition to whoever reads it", async () => {
    const [document, resources] = await Promise.all(EMISSIONS.map(readShop));

    expect(resources).toEqual(document);
  });

  it.each(EMISSIONS)("has the routes that tests ask for, as %s", (emission) => {
    expect(synthShop(emission)).toHaveRoute("GET /rates/{currency}", { cache: { ttlSeconds: 60 } });
  });

  it("is served alike on localhost", async () => {
    const answers = await Promise.all(
      EMISSIONS.map(async (emission) => {
        const host = fakeHost({
          invoke: () => returns({ statusCode: 200, body: "handled" }),
        });
        const gateway = createGateway({
          stacks: [await readShop(emission)],
          host,
        });
        const responses = [];
        for (const request of REQUESTS) responses.push(await send(gateway, request));
        return {
          responses,
          requests: host.requests,
          // Each has a signal of its own.
          invocations: host.invocations.map(({ signal: _own, ...invocation }) => invocation),
        };
      }),
    );

    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.responses.map(({ status }) => status)).toEqual([200, 422, 200, 202, 403, 200, 204, 200, 403]);
  });
});
