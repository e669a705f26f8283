import type { Stage } from "@aws-sdk/client-api-gateway";
import type { StageDefinition } from "../../../definition/stage";
import { compareStage } from "../../../deploy/drift/compare-stages";
import type { DeclaredStage } from "../../../deploy/drift/declared-stages";

const REFERENCES: DeclaredStage = {
  address: "aws_api_gateway_stage.v1",
  restApiId: "a1",
  name: "v1",
  servesNewest: true,
  deploymentId: "d1",
};
const declared = (members: Partial<StageDefinition> = {}): StageDefinition => ({
  name: "v1",
  variables: {},
  xrayTracingEnabled: false,
  methodSettings: [],
  tags: {},
  ...members,
});
const deployed = (members: Partial<Stage> = {}): Stage => ({ stageName: "v1", deploymentId: "d1", ...members });
const fields = (...[left, references, right]: readonly [StageDefinition, DeclaredStage, Stage]) =>
  compareStage("shop/v1", left, references, right).differences.map(({ place, field }) => `${place} ${field}`);

describe("compareStage", () => {
  it("finds nothing where AWS leaves out what nobody set", () => {
    expect(fields(declared(), REFERENCES, deployed())).toEqual([]);
  });

  it.each<[string, Partial<Stage>]>([
    ["an empty description", { description: "" }],
    ["the size of a cache that is off", { cacheClusterEnabled: false, cacheClusterSize: "0.5" }],
    ["tags of AWS's own", { tags: { "aws:cloudformation:stack-id": "1" } }],
    ["settings of a log without a destination", { accessLogSettings: { format: "$context.status" } }],
  ])("takes for nothing: %s", (_what, members) => {
    expect(fields(declared(), REFERENCES, deployed(members))).toEqual([]);
  });

  it("takes a log group with and without its streams for the same", () => {
    const arn = "arn:aws:logs:eu-west-1:111111111111:log-group:shop";
    const format = "$context.status";

    expect(
      fields(
        declared({ accessLog: { destinationArn: arn, format } }),
        REFERENCES,
        deployed({ accessLogSettings: { destinationArn: `${arn}:*`, format } }),
      ),
    ).toEqual([]);
  });

  it("names a firewall, a certificate and a canary that nobody declared", () => {
    const members = { webAclArn: "arn", clientCertificateId: "c1", canarySettings: { percentTraffic: 50 } };

    expect(fields(declared(), REFERENCES, deployed(members))).toEqual([
      "shop/v1 canary",
      "shop/v1 clientCertificateId",
      "shop/v1 webAclArn",
    ]);
  });

  it("names a firewall that is gone", () => {
    expect(fields(declared(), { ...REFERENCES, webAclArn: "arn" }, deployed())).toEqual(["shop/v1 webAclArn"]);
  });

  it("finds the settings of a route under each way to write its path", () => {
    const route = { resourcePath: "/orders/{id}", httpMethod: "GET" };
    const methodSettings = { "~1orders~1{id}/GET": { throttlingRateLimit: 1, throttlingBurstLimit: -1 } };

    expect(
      fields(
        declared({ methodSettings: [{ route, throttlingRateLimit: 2 }] }),
        REFERENCES,
        deployed({ methodSettings }),
      ),
    ).toEqual(["shop/v1 GET /orders/{id} methodSettings.throttlingRateLimit"]);
  });

  it("names settings that are gone", () => {
    expect(
      fields(declared({ methodSettings: [{ route: "*", metricsEnabled: true }] }), REFERENCES, deployed()),
    ).toEqual(["shop/v1 methodSettings"]);
  });
});
