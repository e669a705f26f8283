import type { IncomingRequest } from "../../local/exchange";
import {
  custom,
  deployed,
  FUNCTION_URI,
  fakeHost,
  gatewayFor,
  integrationResponse,
  lambdaFunction,
  method,
  returns,
  send,
  stage,
} from "../support/gateway";

const allow = { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
const fromElsewhere = {
  ...allow,
  Effect: "Deny",
  Condition: { StringEquals: { "aws:Referer": "https://elsewhere.example.com" } },
};

/** A route on which everything can go wrong. */
function guarded() {
  const host = fakeHost({
    invoke: () =>
      returns({ principalId: "ann", policyDocument: { Statement: { ...allow, Principal: undefined, Resource: "*" } } }),
    fetch: () => ({ status: 404, body: Buffer.from("nothing") }),
  });
  const integration = custom("HTTP", {
    requestTemplates: { "application/json": "$input.body" },
    passthroughBehavior: "NEVER",
    responses: [integrationResponse({ selectionPattern: "2\\d\\d" })],
  });
  const api = {
    policy: { Version: "2012-10-17", Statement: [allow, fromElsewhere] },
    authorizers: {
      a: {
        type: "TOKEN",
        uri: FUNCTION_URI.replace(":fn:live/", ":decide/"),
        identitySource: "method.request.header.Authorization",
        resultTtlSeconds: 0,
        providerArns: [],
      },
    },
    requestValidators: { all: { validateRequestBody: true, validateRequestParameters: true } },
    models: { Order: { contentType: "application/json", schema: { type: "object", required: ["id"] } } },
    methods: [
      method({
        httpMethod: "POST",
        authorizationType: "CUSTOM",
        authorizer: "a",
        apiKeyRequired: true,
        requestValidator: "all",
        requestParameters: { "method.request.querystring.q": true },
        requestModels: { "application/json": "Order" },
        integration,
      }),
    ],
  } as const;
  const apiStages = [{ apiAddress: deployed({}).address, stageName: stage().name, throttle: [] }];
  const usagePlans = [{ name: "plan", apiStages, apiKeys: ["one"], throttle: { rateLimit: 1, burstLimit: 1 } }];
  const apiKeys = [{ name: "one", value: "key", enabled: true }];
  const functions = [lambdaFunction("decide")];
  return { host, gateway: gatewayFor(api, { host, stack: { usagePlans, apiKeys, functions } }) };
}

type Sent = Partial<Omit<IncomingRequest, "body">> & { readonly body?: string };

const REFERER = ["Referer", "https://elsewhere.example.com"] as const;
const TOKEN = ["Authorization", "t"] as const;
const KEY = ["x-api-key", "key"] as const;
const XML = ["Content-Type", "application/xml"] as const;

/** Each row mends what the row before it is refused for, and nothing else. */
const ROWS: readonly (readonly [refused: string, sent: Sent, status: number, message: string])[] = [
  ["an unknown path", { target: "/v1/thing", headers: [REFERER] }, 403, "Missing Authentication Token"],
  ["a denial of the API's policy", { headers: [REFERER] }, 403, "with an explicit deny"],
  ["a missing token", {}, 401, "Unauthorized"],
  ["a missing key", { headers: [TOKEN] }, 403, "Forbidden"],
  ["missing parameters", { headers: [TOKEN, KEY, XML] }, 400, "Missing required request parameters: [q]"],
  ["a body of no model", { target: "/v1/things?q=1", headers: [TOKEN, KEY], body: "[" }, 400, "Invalid request body"],
  ["a body of no template", { target: "/v1/things?q=1", headers: [TOKEN, KEY, XML], body: "<a/>" }, 415, "Unsupported"],
  ["an answer of no pattern", { target: "/v1/things?q=1", headers: [TOKEN, KEY], body: '{"id":1}' }, 500, "Internal"],
];

describe("the order of checks", () => {
  it.each(ROWS)("refuses for %s", async (_, sent, status, message) => {
    const { gateway } = guarded();

    const response = await send(gateway, { method: "POST", ...sent });

    expect(response.status).toBe(status);
    expect(response.body).toContain(message);
  });

  it("lets a limit refuse after the key, and before parameters", async () => {
    const { gateway, host } = guarded();
    const sent = { method: "POST", headers: [TOKEN, KEY] } as const;

    expect((await send(gateway, sent)).status).toBe(400);
    expect((await send(gateway, { method: "POST", headers: [TOKEN] })).status).toBe(403);
    expect((await send(gateway, sent)).status).toBe(429);
    expect(host.requests).toEqual([]);
  });
});
