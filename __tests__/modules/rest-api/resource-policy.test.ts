import type { JsonObject } from "../../../definition/json";
import type { RestApi, RestApiProps } from "../../../modules";
import { documentOf } from "../../../modules/testing";
import { synthWithApi } from "../support/api";
import { expectRefusal, type Refusal, token } from "../support/refusals";

const PRIVATE: RestApiProps = { endpointTypes: ["PRIVATE"] };

function policyOf(extend: (api: RestApi) => void, props: RestApiProps = {}): unknown {
  const terraform = synthWithApi((api) => {
    api.root.addMethod("GET");
    extend(api);
  }, props);
  return documentOf(terraform)["x-amazon-apigateway-policy"];
}

const statement = (members: JsonObject) => ({
  Principal: "*",
  Action: ["execute-api:Invoke"],
  Resource: ["execute-api:/*"],
  ...members,
});

describe("who may call an API", () => {
  it.each<[string, (api: RestApi) => void, JsonObject, RestApiProps]>([
    [
      "from addresses only",
      (api) => [
        api.grantInvokeFromIpRangesOnly(["203.0.113.0/24"]),
        api.grantInvokeFromIpRangesOnly(["2001:db8::/32"]),
      ],
      { NotIpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
      {},
    ],
    [
      "from addresses inside of VPCs only",
      (api) => api.grantInvokeFromIpRangesOnly(["10.0.0.1"]),
      { NotIpAddress: { "aws:VpcSourceIp": ["10.0.0.1"] } },
      PRIVATE,
    ],
    [
      "from all but some addresses",
      (api) => api.denyInvokeFromIpRanges([token]),
      { IpAddress: { "aws:SourceIp": ["later"] } },
      {},
    ],
    [
      "from VPCs only",
      (api) => api.grantInvokeFromVpcsOnly(["vpc-1", "vpc-2"]),
      { StringNotEquals: { "aws:SourceVpc": ["vpc-1", "vpc-2"] } },
      PRIVATE,
    ],
    [
      "from all but some VPCs",
      (api) => api.denyInvokeFromVpcs(["vpc-1"]),
      { StringEquals: { "aws:SourceVpc": ["vpc-1"] } },
      PRIVATE,
    ],
  ])("is said as one denial beside a permission: %s", (_title, extend, Condition, props) => {
    expect(policyOf(extend, props)).toEqual({
      Version: "2012-10-17",
      Statement: [statement({ Effect: "Deny", Condition }), statement({ Effect: "Allow" })],
    });
  });

  it("must pass all lists", () => {
    const policy = policyOf((api) => {
      api.grantInvokeFromVpcEndpointsOnly(["vpce-1"]);
      api.denyInvokeFromIpRanges(["10.0.0.0/8"]);
    }, PRIVATE);

    expect(policy).toMatchObject({ Statement: [{ Effect: "Deny" }, { Effect: "Deny" }, { Effect: "Allow" }] });
  });
});

const build =
  (extend: (api: RestApi) => void, props: RestApiProps = {}) =>
  () =>
    policyOf(extend, props);

const REFUSALS: readonly Refusal[] = [
  ...["10.0.0", "10.0.0.0/33", "10.0.0.0/8/8", "::1/129", "10.0.0.0/", "10.0.0.0/a"].map((range) => ({
    code: "IP_RANGE_INVALID",
    problem: `got "${range}"`,
    build: build((api) => api.grantInvokeFromIpRangesOnly([range])),
  })),
  {
    code: "VPC_ID_INVALID",
    problem: 'got "vpce-1"',
    build: build((api) => api.denyInvokeFromVpcs(["vpce-1"]), PRIVATE),
  },
  {
    code: "VPC_POLICY_WITHOUT_PRIVATE",
    problem: "requests to a REGIONAL API come from no VPC, so its policy would let nobody in",
    build: build((api) => api.grantInvokeFromVpcEndpointsOnly(["vpce-1"])),
  },
  {
    code: "VPC_POLICY_WITHOUT_PRIVATE",
    problem: "EDGE API come from no VPC, so its policy would deny nobody",
    build: build((api) => api.denyInvokeFromVpcs(["vpc-1"]), { endpointTypes: ["EDGE"] }),
  },
];

it.each(REFUSALS)("fails when a list of callers means nothing: $code, $problem", expectRefusal);
