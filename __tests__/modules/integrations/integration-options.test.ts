import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import {
  AuthorizationType,
  AwsIntegration,
  Deployment,
  type HeadgateStack,
  HttpIntegration,
  Integration,
  type IntegrationOptions,
  IntegrationType,
  LambdaIntegration,
  ResponseTransferMode,
  RestApi,
  Role,
  type RoleTarget,
  ServicePrincipal,
  Stage,
  VpcLink,
} from "../../../modules";
import { assertOrderRules, onlyResource, resourcesOf, synthApi } from "../../../modules/testing";
import { integrationOf } from "../support/api";
import { backend, expectRefusal, type Refusal } from "../support/refusals";

const FN = { arn: "arn:aws:lambda:eu-west-1:111111111111:function:f" };
const NLB = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/net/orders/50dc6c495c0c9188";
const FIRST = { createBeforeDestroy: true };
const IAM = { authorizationType: AuthorizationType.IAM };

function synthIntegration(build: (stack: HeadgateStack) => Integration, options = {}) {
  return synthApi((stack) => new RestApi(stack, "Api").root.addMethod("GET", build(stack), options));
}

const caller = (stack: HeadgateStack) => {
  return new Role(stack, "Caller", { assumedBy: new ServicePrincipal("apigateway.amazonaws.com") });
};

describe("credentialsRole of an integration", () => {
  const ROLES: readonly (readonly [string, (stack: HeadgateStack) => RoleTarget, string])[] = [
    ["a Role", caller, "arn:aws:iam::111111111111:role/test-Caller-eu-west-1"],
    [
      "a plain IamRole",
      (stack) =>
        new IamRole(stack, "Plain", { name: "plain", path: "/apis/", assumeRolePolicy: "{}", lifecycle: FIRST }),
      "arn:aws:iam::111111111111:role/apis/plain",
    ],
    [
      "a data source",
      (stack) => new DataAwsIamRole(stack, "Theirs", { name: "theirs" }),
      "arn:aws:iam::111111111111:role/theirs",
    ],
    ["{ arn }", () => ({ arn: "arn:aws:iam::222222222222:role/r" }), "arn:aws:iam::222222222222:role/r"],
    ["{ roleArn }", () => ({ roleArn: "arn:aws:iam::222222222222:role/r" }), "arn:aws:iam::222222222222:role/r"],
  ];

  it.each(ROLES)("is %s", (_name, roleIn, credentials) => {
    const terraform = synthIntegration(
      (stack) => new AwsIntegration({ service: "sqs", path: "q", options: { credentialsRole: roleIn(stack) } }),
    );

    expect(integrationOf(terraform, "GET /").credentials).toBe(credentials);
    assertOrderRules(terraform);
  });

  it("exists before the stage takes requests", () => {
    const terraform = synthIntegration((stack) => new LambdaIntegration(FN, { credentialsRole: caller(stack) }));

    expect(onlyResource(terraform, "aws_api_gateway_stage").depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role\.Caller_/),
      expect.stringMatching(/^aws_iam_role_policy\.Caller_/),
    ]);
  });

  it("calls a function without a permission in the policy of the function", () => {
    const terraform = synthIntegration((stack) => new LambdaIntegration(FN, { credentialsRole: caller(stack) }));

    expect(resourcesOf(terraform, "aws_lambda_permission")).toEqual({});
    expect(JSON.parse(String(onlyResource(terraform, "aws_iam_role_policy").policy)).Statement).toEqual([
      { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [FN.arn] },
    ]);
  });
});

it("calls a backend as the caller", () => {
  const terraform = synthIntegration(() => new LambdaIntegration(FN, { credentialsPassthrough: true }), IAM);

  expect(integrationOf(terraform, "GET /").credentials).toBe("arn:aws:iam::*:user/*");
  expect(resourcesOf(terraform, "aws_lambda_permission")).toEqual({});
});

describe("allowTestInvoke: false", () => {
  it("permits the stages to call the function, also those that come later", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      const integration = new LambdaIntegration(FN, { allowTestInvoke: false });
      api.root.addMethod("GET", integration);
      api.root.addMethod("POST", integration);
      new Stage(stack, "Beta", { stageName: "beta", deployment: new Deployment(stack, "Snapshot", { api }) });
    });

    const sources = Object.values(resourcesOf(terraform, "aws_lambda_permission")).map((it) => String(it.source_arn));
    expect(sources.map((source) => source.replace(/^\$\{[^}]*\}/, "")).sort()).toEqual(["/beta/*", "/prod/*"]);
    assertOrderRules(terraform);
  });

  it("gives way where another route lets all stages call the function", () => {
    const terraform = synthApi((stack) => {
      const api = new RestApi(stack, "Api");
      api.root.addMethod("GET", new LambdaIntegration(FN));
      api.root.addMethod("POST", new LambdaIntegration(FN, { allowTestInvoke: false }));
    });

    expect(onlyResource(terraform, "aws_lambda_permission").source_arn).toMatch(/execution_arn\}\/\*\/\*$/);
  });
});

describe("an HTTP integration without a uri", () => {
  const over = (vpcLink: IntegrationOptions["vpcLink"]) => {
    return new Integration({
      type: IntegrationType.HTTP_PROXY,
      integrationHttpMethod: "ANY",
      options: vpcLink === undefined ? {} : { vpcLink },
    });
  };

  it.each([
    [
      "a load balancer of the stack",
      (stack: HeadgateStack) => new Lb(stack, "Nlb", { name: "orders", loadBalancerType: "network" }),
      "${aws_lb.Nlb.dns_name}",
    ],
    [
      "a data source",
      (stack: HeadgateStack) => new DataAwsLb(stack, "Nlb", { name: "orders" }),
      "${data.aws_lb.Nlb.dns_name}",
    ],
  ])("calls %s by its name, which travels as a stage variable", (_name, targetIn, value) => {
    const terraform = synthIntegration((stack) => over(new VpcLink(stack, "Link", { targets: [targetIn(stack)] })));

    expect(integrationOf(terraform, "GET /").uri).toBe("http://${stageVariables.host_Nlb}");
    expect(onlyResource(terraform, "aws_api_gateway_stage").variables).toMatchObject({ host_Nlb: value });
    assertOrderRules(terraform);
  });

  it("calls a load balancer whose name is known", () => {
    const target = { arn: NLB, dnsName: "orders-1.elb.eu-west-1.amazonaws.com" };
    const terraform = synthIntegration((stack) => over(new VpcLink(stack, "Link", { targets: [target] })));

    expect(integrationOf(terraform, "GET /").uri).toBe("http://orders-1.elb.eu-west-1.amazonaws.com");
  });
});

const http = (options: IntegrationOptions) => backend(new HttpIntegration("https://a.example/", { options }));
const lambda = (options: ConstructorParameters<typeof LambdaIntegration>[1]) => {
  return backend(new LambdaIntegration(FN, options));
};

const REFUSALS: readonly Refusal[] = [
  { code: "VPC_LINK_V2_UNSUPPORTED", problem: "hashicorp/aws 6.28", build: http({ vpcLinkV2: { vpcLinkId: "v" } }) },
  { code: "VPC_LINK_V2_UNSUPPORTED", problem: "integrationTarget", build: http({ integrationTarget: NLB }) },
  {
    code: "RESPONSE_STREAMING_UNSUPPORTED",
    problem: "hashicorp/aws 6.25",
    build: http({ responseTransferMode: ResponseTransferMode.STREAM }),
  },
  {
    code: "INTEGRATION_URI_MISSING",
    problem: "of the type HTTP needs a uri",
    build: backend(new Integration({ type: "HTTP", integrationHttpMethod: "GET" })),
  },
  {
    code: "INTEGRATION_URI_MISSING",
    problem: "the DNS name of the load balancer",
    build: backend(
      new Integration({
        type: "HTTP",
        integrationHttpMethod: "GET",
        options: { vpcLink: { vpcLinkId: "abc" } },
      }),
    ),
  },
  {
    code: "INTEGRATION_METHOD_MISSING",
    problem: "of the type AWS needs an integrationHttpMethod",
    build: backend(new Integration({ type: "AWS", uri: "arn:aws:apigateway:eu-west-1:sqs:path/q" })),
  },
  {
    code: "CREDENTIALS_AMBIGUOUS",
    problem: "both credentialsPassthrough and a credentialsRole",
    build: lambda({ credentialsPassthrough: true, credentialsRole: { arn: "arn:aws:iam::222222222222:role/r" } }),
  },
  {
    code: "CREDENTIALS_PASSTHROUGH_UNSIGNED",
    problem: "authorizationType NONE",
    build: lambda({ credentialsPassthrough: true }),
  },
  {
    code: "TEST_INVOKE_WITH_METHOD_SCOPE",
    problem: "permits by stage",
    build: lambda({ allowTestInvoke: false, scopePermissionToMethod: true }),
  },
  {
    code: "TEST_INVOKE_WITHOUT_STAGE",
    problem: 'the function of "GET /", and there are none',
    build: () =>
      synthApi((stack) => {
        const api = new RestApi(stack, "Api", { deploy: false });
        api.root.addMethod("GET", new LambdaIntegration(FN, { allowTestInvoke: false }));
      }),
  },
  {
    code: "ROLE_ARN_UNKNOWN",
    problem: "no name or ARN that is known at synth",
    build: () =>
      synthIntegration((stack) => {
        const { arn } = new IamRole(stack, "Unnamed", { assumeRolePolicy: "{}" });
        return new LambdaIntegration(FN, { credentialsRole: { arn } });
      }),
  },
];

it.each(REFUSALS)("fails when an integration cannot call its backend: $code, $problem", expectRefusal);
