import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import {
  AwsIntegration,
  ConnectionType,
  type HeadgateStack,
  HttpIntegration,
  Integration,
  type IntegrationOptions,
  IntegrationType,
  RestApi,
  type StageOptions,
  VpcLink,
  type VpcLinkProps,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { integrationOf } from "../support/api";
import { backend, expectRefusal, type Refusal } from "../support/refusals";
import { warningsOf } from "../support/warnings";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const NLB = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/net/orders/50dc6c495c0c9188";
const URL = "https://orders.internal.example/";

function buildApi(options: (stack: HeadgateStack) => IntegrationOptions, deployOptions: StageOptions = {}) {
  return (stack: HeadgateStack) => {
    const api = new RestApi(stack, "Api", { deployOptions });
    api.route("GET /orders", new HttpIntegration(URL, { options: options(stack) }));
  };
}

const newLink = (stack: HeadgateStack) => new VpcLink(stack, "Orders", { targets: [{ arn: NLB }] });
const link = (props: object) => () =>
  synthApi((stack) => new VpcLink(stack, "Link", { targets: [{ arn: NLB }], ...props } as VpcLinkProps));

function variablesOf(terraform: TerraformJson): unknown {
  return onlyResource(terraform, "aws_api_gateway_stage").variables;
}

describe("VpcLink", () => {
  it("emits the link and lets its id travel as a stage variable: minimal", () => {
    const terraform = synthApi(buildApi((stack) => ({ vpcLink: newLink(stack) })));

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("emits all that it can have: everything", () => {
    const terraform = synthApi((stack) => {
      const loadBalancer = new Lb(stack, "Nlb", { name: "orders", internal: true, loadBalancerType: "network" });
      new VpcLink(stack, "Orders", {
        vpcLinkName: "orders",
        description: "To the orders",
        targets: [loadBalancer],
        tags: { team: "orders" },
      });
    });

    expect(terraform).toMatchSnapshot();
  });

  it("keeps the document known in the first plan", () => {
    const terraform = synthApi(buildApi((stack) => ({ vpcLink: newLink(stack) })));

    expect(integrationOf(terraform, "GET /orders")).toEqual({
      type: "http_proxy",
      httpMethod: "GET",
      uri: URL,
      connectionType: "VPC_LINK",
      connectionId: "${stageVariables.vpcLink_Orders}",
    });
    expect(variablesOf(terraform)).toEqual({ vpcLink_Orders: "${aws_api_gateway_vpc_link.Orders_A9B65338.id}" });
    expect(warningsOf(buildApi((stack) => ({ vpcLink: newLink(stack) })))).toEqual([]);
  });

  it("adds to the variables of the stage, once for many routes", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api", { deployOptions: { variables: { host: "orders.example" } } });
      const integration = new HttpIntegration(URL, { options: { vpcLink: newLink(stack) } });
      for (const route of ["GET /orders", "POST /orders"]) api.route(route, integration);
    });

    expect(Object.keys(Object(variablesOf(terraform)))).toEqual(["host", "vpcLink_Orders"]);
  });

  it("goes to every stage, also to stages that are declared before the route", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      api.route("GET /orders", new HttpIntegration(URL, { options: { vpcLink: newLink(stack) } }));
    });

    expect(Object.keys(Object(variablesOf(terraform)))).toEqual(["vpcLink_Orders"]);
  });

  it("is replaced first where that forces nothing on a load balancer", () => {
    const owned = synthApi((stack) => {
      new VpcLink(stack, "Link", { targets: [new Lb(stack, "Nlb", { loadBalancerType: "network" })] });
    });

    expect(onlyResource(owned, "aws_api_gateway_vpc_link").lifecycle).toBeUndefined();
    expect(onlyResource(synthApi(newLink), "aws_api_gateway_vpc_link").lifecycle).toEqual({
      create_before_destroy: true,
    });
  });

  it("may be told its target later, which an integration without a uri then calls", () => {
    const terraform = synthApi((stack) => {
      const vpcLink = new VpcLink(stack, "Link");
      vpcLink.addTargets({ arn: NLB, dnsName: "orders.elb.eu-west-1.amazonaws.com" });
      const options = { connectionType: ConnectionType.VPC_LINK, vpcLink };
      new RestApi(stack, "Api").root.addMethod(
        "GET",
        new Integration({ type: IntegrationType.HTTP_PROXY, integrationHttpMethod: "GET", options }),
      );
    });

    expect(onlyResource(terraform, "aws_api_gateway_vpc_link")).toMatchObject({
      target_arns: [NLB],
      lifecycle: { create_before_destroy: true },
    });
    expect(integrationOf(terraform, "GET /").uri).toBe("http://orders.elb.eu-west-1.amazonaws.com");
  });

  it("may be a plain resource", () => {
    const plain = (stack: HeadgateStack) => new ApiGatewayVpcLink(stack, "Plain", { name: "p", targetArns: [NLB] });

    const terraform = synthApi(buildApi((stack) => ({ vpcLink: plain(stack) })));

    expect(integrationOf(terraform, "GET /orders").connectionId).toBe("${stageVariables.vpcLink_Plain}");
    expect(variablesOf(terraform)).toEqual({ vpcLink_Plain: "${aws_api_gateway_vpc_link.Plain.id}" });
  });

  it("stands in the document when its id is a literal", () => {
    const terraform = synthApi(
      buildApi((stack) => ({
        connectionType: ConnectionType.VPC_LINK,
        vpcLink: VpcLink.fromVpcLinkId(stack, "Theirs", "abc123"),
      })),
    );

    expect(integrationOf(terraform, "GET /orders").connectionId).toBe("abc123");
    expect(variablesOf(terraform)).toBeUndefined();
  });

  it("has a variable name of at most 64 characters, whatever its place", () => {
    const terraform = synthApi(
      buildApi((stack) => ({ vpcLink: new VpcLink(stack, "x".repeat(80), { targets: [{ arn: NLB }] }) })),
    );

    expect(Object.keys(Object(variablesOf(terraform)))).toEqual([expect.stringMatching(/^vpcLink_x{47}_[0-9a-f]{8}$/)]);
  });
});

const REFUSALS: readonly Refusal[] = [
  { code: "VPC_LINK_NAME_INVALID", problem: "vpcLinkName is empty", build: link({ vpcLinkName: "" }) },
  { code: "VPC_LINK_TARGETS_NOT_ONE", problem: "got 0", build: link({ targets: undefined }) },
  {
    code: "VPC_LINK_ID_UNKNOWN",
    problem: "the id of the vpcLink is a reference",
    build: () => synthApi(buildApi((stack) => ({ vpcLink: { vpcLinkId: newLink(stack).vpcLinkId } }))),
  },
  { code: "VPC_LINK_TARGETS_NOT_ONE", problem: "got 2", build: link({ targets: [{ arn: NLB }, { arn: NLB }] }) },
  {
    code: "VPC_LINK_TARGET_INVALID",
    problem: "loadbalancer/app/x",
    build: link({ targets: [{ arn: NLB.replace("/net/orders", "/app/x") }] }),
  },
  {
    code: "VPC_LINK_TARGET_INVALID",
    problem: 'one of the type "application"',
    build: () => synthApi((stack) => new VpcLink(stack, "Link", { targets: [new Lb(stack, "Lb", {})] })),
  },
  {
    code: "STAGE_VARIABLE_TAKEN",
    problem: "the stage variable vpcLink_Orders carries the id of",
    build: () =>
      synthApi(buildApi((stack) => ({ vpcLink: newLink(stack) }), { variables: { vpcLink_Orders: "mine" } })),
  },
  {
    code: "CONNECTION_CONTRADICTION",
    problem: "there is no vpcLink",
    build: backend(new HttpIntegration(URL, { options: { connectionType: "VPC_LINK" } })),
  },
  {
    code: "CONNECTION_CONTRADICTION",
    problem: "there is a vpcLink",
    build: backend(
      new HttpIntegration(URL, { options: { connectionType: "INTERNET", vpcLink: { vpcLinkId: "abc123" } } }),
    ),
  },
  {
    code: "VPC_LINK_NOT_HTTP",
    problem: "type AWS cannot use",
    build: backend(
      new AwsIntegration({ service: "sns", action: "Publish", options: { vpcLink: { vpcLinkId: "abc123" } } }),
    ),
  },
];

it.each(REFUSALS)("fails when a VPC link cannot be: $code, $problem", expectRefusal);
