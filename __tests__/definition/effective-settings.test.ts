import { effectiveSettings } from "../../definition/effective-settings";
import { resolvedGatewayResponses } from "../../definition/resolved-gateway-responses";
import type { MethodSettingsDefinition } from "../../definition/stage";

const ROUTE = { resourcePath: "/orders", httpMethod: "GET" } as const;

function settingsWith(...methodSettings: readonly MethodSettingsDefinition[]) {
  return effectiveSettings({ name: "v1", variables: {}, xrayTracingEnabled: false, methodSettings, tags: {} }, ROUTE);
}

describe("effectiveSettings", () => {
  it("says what AWS does without any entry", () => {
    expect(settingsWith()).toMatchObject({
      cachingEnabled: false,
      cacheTtlSeconds: 300,
      requireAuthorizationForCacheControl: true,
      throttlingRateLimit: -1,
    });
  });

  it("takes the entry of the route alone, but for a throttle that it leaves open", () => {
    const ofAll = { route: "*", cachingEnabled: true, throttlingRateLimit: 10, throttlingBurstLimit: 20 } as const;

    const settings = settingsWith(ofAll, { route: ROUTE, throttlingRateLimit: 5, throttlingBurstLimit: -1 });

    expect(settings).toMatchObject({ cachingEnabled: false, throttlingRateLimit: 5, throttlingBurstLimit: 20 });
  });

  it("takes the entry of all routes where the route has none", () => {
    const other = { route: { resourcePath: "/other", httpMethod: "GET" }, cacheTtlSeconds: 1 };

    expect(settingsWith({ route: "*", cacheTtlSeconds: 60 }, other).cacheTtlSeconds).toBe(60);
  });
});

describe("resolvedGatewayResponses", () => {
  it("says AWS's defaults", () => {
    expect(resolvedGatewayResponses({ gatewayResponses: {} })).toMatchObject({
      UNAUTHORIZED: {
        statusCode: "401",
        defaultResponse: true,
        responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
      },
      INTEGRATION_FAILURE: { statusCode: "504" },
    });
  });

  it("lets a type inherit from its class unless it is set itself, and keeps defaults beside what is set", () => {
    const resolved = resolvedGatewayResponses({
      gatewayResponses: {
        DEFAULT_4XX: { statusCode: "499", responseParameters: {}, responseTemplates: {} },
        THROTTLED: { responseParameters: { "gatewayresponse.header.a": "'b'" }, responseTemplates: {} },
      },
    });

    expect(resolved.ACCESS_DENIED).toMatchObject({ statusCode: "499", defaultResponse: true });
    expect(resolved.THROTTLED).toMatchObject({ statusCode: "429", defaultResponse: false });
    expect(resolved.INTEGRATION_TIMEOUT.statusCode).toBe("504");
    expect(resolved.DEFAULT_5XX).not.toHaveProperty("statusCode");
  });
});
