import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  BasePathMapping,
  type BasePathMappingOptions,
  DomainName,
  type DomainNameOptions,
  type HeadgateStack,
  RestApi,
  type RestApiProps,
  SecurityPolicy,
  Stage,
} from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  resourcesOf,
  synthApi,
  terraformSnapshotSerializer,
} from "../../../modules/testing";
import { expectRefusal, type Refusal } from "../support/refusals";
import { warningsOf } from "../support/warnings";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const CERTIFICATE = "arn:aws:acm:eu-west-1:111111111111:certificate/abc";
const EDGE_CERTIFICATE = CERTIFICATE.replace("eu-west-1", "us-east-1");
const DOMAIN: DomainNameOptions = { domainName: "api.example.com", certificate: CERTIFICATE };

function newApi(stack: HeadgateStack, id = "Api", props: RestApiProps = {}): RestApi {
  const api = new RestApi(stack, id, { disableExecuteApiEndpoint: true, ...props });
  api.route("GET /orders");
  return api;
}

const domain = (options: object) => () =>
  synthApi((stack) => new DomainName(stack, "Domain", { ...DOMAIN, ...options } as DomainNameOptions));
const mapping = (options: BasePathMappingOptions, domainOptions: Partial<DomainNameOptions> = {}) => {
  return () =>
    synthApi((stack) => {
      const owner = new DomainName(stack, "Domain", { ...DOMAIN, ...domainOptions });
      owner.addBasePathMapping(newApi(stack), options);
    });
};

describe("DomainName", () => {
  it("is regional, speaks TLS 1.2 and serves an API at its root: minimal", () => {
    const terraform = synthApi((stack) => {
      newApi(stack).addDomainName("Domain", DOMAIN);
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("emits all that it can have: everything", () => {
    const terraform = synthApi((stack) => {
      const owner = new DomainName(stack, "Domain", {
        domainName: "api.example.com",
        certificate: new AcmCertificateValidation(stack, "Validated", { certificateArn: CERTIFICATE }),
        endpointType: "REGIONAL",
        ipAddressType: "dualstack",
        securityPolicy: SecurityPolicy.TLS_1_2,
        mtls: { bucket: new S3Bucket(stack, "Trust", { bucket: "trust" }), key: "store.pem", version: "7" },
        ownershipVerificationCertificate: { arn: `${CERTIFICATE}d` },
        mapping: newApi(stack, "Orders"),
        basePath: "orders",
        tags: { team: "orders" },
      });
      owner.addBasePathMapping(newApi(stack, "Stock"), { basePath: "stock/v1" });
      owner.addAliasRecord({ hostedZone: new DataAwsRoute53Zone(stack, "Zone", { name: "example.com" }) });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("is edge-optimized with a certificate of us-east-1", () => {
    const terraform = synthApi((stack) => {
      const owner = new DomainName(stack, "Domain", {
        ...DOMAIN,
        endpointType: "EDGE",
        certificate: { arn: EDGE_CERTIFICATE },
      });
      owner.addAliasRecord({ hostedZone: "Z1" });
    });

    expect(onlyResource(terraform, "aws_api_gateway_domain_name")).toEqual({
      certificate_arn: EDGE_CERTIFICATE,
      domain_name: "api.example.com",
      endpoint_configuration: { types: ["EDGE"] },
      security_policy: "TLS_1_2",
    });
    expect(onlyResource(terraform, "aws_route53_record").alias).toEqual({
      evaluate_target_health: false,
      name: "${aws_api_gateway_domain_name.Domain_66AC69E0.cloudfront_domain_name}",
      zone_id: "${aws_api_gateway_domain_name.Domain_66AC69E0.cloudfront_zone_id}",
    });
  });

  it("takes whatever certificate is known only after apply", () => {
    const terraform = synthApi((stack) => {
      const validated = new AcmCertificateValidation(stack, "Validated", { certificateArn: CERTIFICATE });
      new DomainName(stack, "Domain", { ...DOMAIN, certificate: validated });
    });

    expect(onlyResource(terraform, "aws_api_gateway_domain_name").regional_certificate_arn).toBe(
      "${aws_acm_certificate_validation.Validated.certificate_arn}",
    );
  });

  it("is part of the API's own props", () => {
    const terraform = synthApi((stack) => {
      const api = newApi(stack, "Api", { domainName: DOMAIN });

      expect(api.domainName?.endpointType).toBe("REGIONAL");
    });

    expect(onlyResource(terraform, "aws_api_gateway_domain_name").domain_name).toBe("api.example.com");
    expect(onlyResource(terraform, "aws_api_gateway_base_path_mapping").base_path).toBeUndefined();
  });
});

describe("BasePathMapping", () => {
  it("waits for the stage that it serves, also for one of several", () => {
    const terraform = synthApi((stack) => {
      const api = newApi(stack);
      const deployment = api.latestDeployment;
      if (deployment === undefined) throw new Error("the API has no deployment");
      const stage = new Stage(stack, "Next", { deployment, stageName: "next" });
      new DomainName(stack, "Domain", DOMAIN).addBasePathMapping(api, { basePath: "next", stage });
    });

    expect(onlyResource(terraform, "aws_api_gateway_base_path_mapping").stage_name).toBe(
      "${aws_api_gateway_stage.Next_63724926.stage_name}",
    );
  });

  it("uses the operation that knows several levels where there are several", () => {
    const terraform = mapping({ basePath: "orders/v1" })();

    expect(onlyResource(terraform, "aws_apigatewayv2_api_mapping")).toMatchObject({ api_mapping_key: "orders/v1" });
    expect(resourcesOf(terraform, "aws_api_gateway_base_path_mapping")).toEqual({});
  });

  it("serves an API on a domain of somebody else", () => {
    const terraform = synthApi((stack) => {
      const domainName = DomainName.fromDomainNameAttributes(stack, "Theirs", {
        domainName: "api.example.com",
        domainNameAliasTarget: "d-1.execute-api.eu-west-1.amazonaws.com",
        domainNameAliasHostedZoneId: "Z1",
      });
      new BasePathMapping(stack, "Mapping", { domainName, restApi: newApi(stack), basePath: "orders" });
    });

    expect(onlyResource(terraform, "aws_api_gateway_base_path_mapping")).toMatchObject({
      base_path: "orders",
      domain_name: "api.example.com",
    });
  });

  it("warns that the default endpoint stays open", () => {
    const warnings = warningsOf((stack) => {
      newApi(stack, "Open", { disableExecuteApiEndpoint: false }).addDomainName("Domain", DOMAIN);
      newApi(stack, "Closed").addDomainName("Domain", { ...DOMAIN, domainName: "b.example.com" });
    });

    expect(warnings).toEqual([
      expect.stringMatching(/^DEFAULT_ENDPOINT_OPEN: the API "Open" .+\n {2}at test\/Open\/Domain\/Mapping root\n/),
    ]);
  });
});

const REFUSALS: readonly Refusal[] = [
  { code: "DOMAIN_NAME_INVALID", problem: 'got "API.example.com"', build: domain({ domainName: "API.example.com" }) },
  { code: "DOMAIN_NAME_INVALID", problem: 'got "https://a.b"', build: domain({ domainName: "https://a.b" }) },
  { code: "DOMAIN_NAME_INVALID", problem: 'got "localhost"', build: domain({ domainName: "localhost" }) },
  {
    code: "DOMAIN_ENDPOINT_TYPE_UNSUPPORTED",
    problem: 'got "PRIVATE"',
    build: domain({ endpointType: "PRIVATE" }),
  },
  { code: "SECURITY_POLICY_UNSUPPORTED", problem: 'got "TLS_1_0"', build: domain({ securityPolicy: "TLS_1_0" }) },
  {
    code: "CERTIFICATE_REGION_WRONG",
    problem: "EDGE must be in us-east-1, got one in eu-west-1",
    build: domain({ endpointType: "EDGE" }),
  },
  {
    code: "CERTIFICATE_REGION_WRONG",
    problem: "REGIONAL must be in eu-west-1, got one in us-east-1",
    build: domain({ certificate: { certificateArn: EDGE_CERTIFICATE } }),
  },
  {
    code: "MTLS_NOT_REGIONAL",
    problem: "got EDGE",
    build: domain({ endpointType: "EDGE", certificate: EDGE_CERTIFICATE, mtls: { bucket: "b", key: "k" } }),
  },
  {
    code: "OWNERSHIP_CERTIFICATE_WITHOUT_MTLS",
    problem: "no meaning without mtls",
    build: domain({ ownershipVerificationCertificate: CERTIFICATE }),
  },
  ...["", "/orders", "orders/", "orders//v1", "ord ers"].map((basePath) => ({
    code: "BASE_PATH_INVALID",
    problem: `got "${basePath}"`,
    build: mapping({ basePath }),
  })),
  { code: "BASE_PATH_TOO_LONG", problem: "300 characters, got 301", build: mapping({ basePath: "a".repeat(301) }) },
  {
    code: "BASE_PATH_LEVELS_NOT_REGIONAL",
    problem: 'got "orders/v1" on an EDGE domain',
    build: mapping({ basePath: "orders/v1" }, { endpointType: "EDGE", certificate: EDGE_CERTIFICATE }),
  },
  {
    code: "BASE_PATH_DUPLICATE",
    problem: '"/" of the domain is mapped twice',
    build: () =>
      synthApi((stack) => {
        const domainName = newApi(stack).addDomainName("Domain", DOMAIN);
        new BasePathMapping(stack, "Again", { domainName, restApi: newApi(stack, "Other") });
      }),
  },
  {
    code: "PRIVATE_API_WITH_PUBLIC_DOMAIN",
    problem: 'the API "Api" is private',
    build: () =>
      synthApi((stack) => {
        const api = newApi(stack, "Api", { endpointTypes: ["PRIVATE"], domainName: DOMAIN });
        api.grantInvokeFromVpcEndpointsOnly(["vpce-1"]);
      }),
  },
  ...["/ping", "/sping", "/ping/{id}"].map((path) => ({
    code: "PATH_RESERVED_WITH_DOMAIN",
    problem: `"GET ${path}" is not reachable`,
    build: () => synthApi((stack) => newApi(stack, "Api", { domainName: DOMAIN }).route(`GET ${path}`)),
  })),
];

it.each(REFUSALS)("fails when a domain or mapping cannot be: $code, $problem", expectRefusal);

it.each(["/pings", "/orders/ping"])("serves %s through a domain", (path) => {
  expect(() => synthApi((stack) => newApi(stack, "Api", { domainName: DOMAIN }).route(`GET ${path}`))).not.toThrow();
});

describe("addApiMapping", () => {
  it("serves one stage of an API under a path of several levels", () => {
    const terraform = synthApi((stack) => {
      const owner = new DomainName(stack, "Domain", DOMAIN);
      owner.addApiMapping(newApi(stack).deploymentStage, { basePath: "orders/v2" });
    });

    expect(onlyResource(terraform, "aws_apigatewayv2_api_mapping")).toMatchObject({
      api_mapping_key: "orders/v2",
      stage: expect.stringMatching(/^\$\{aws_api_gateway_stage\.Api_DeploymentStage_\w+\.stage_name\}$/),
    });
    assertOrderRules(terraform);
  });
});

it("takes bucket and hosted zone by ARN", () => {
  const terraform = synthApi((stack) => {
    const owner = new DomainName(stack, "Domain", {
      ...DOMAIN,
      mtls: { bucket: { arn: "arn:aws:s3:::trust" }, key: "clients.pem" },
    });
    owner.addAliasRecord({ hostedZone: { arn: "arn:aws:route53:::hostedzone/Z1" } });
  });

  expect(onlyResource(terraform, "aws_api_gateway_domain_name").mutual_tls_authentication).toEqual({
    truststore_uri: "s3://trust/clients.pem",
  });
  expect(onlyResource(terraform, "aws_route53_record").zone_id).toBe("Z1");
});

describe("attachToStage: false", () => {
  it("lets callers name the stage", () => {
    const terraform = synthApi((stack) => {
      const owner = new DomainName(stack, "Domain", DOMAIN);
      owner.addBasePathMapping(newApi(stack), { basePath: "orders", attachToStage: false });
    });

    const { base_path, stage_name } = onlyResource(terraform, "aws_api_gateway_base_path_mapping");
    expect([base_path, stage_name]).toEqual(["orders", undefined]);
  });

  it("fails when the path of several levels serves one stage", () => {
    expectRefusal({
      code: "BASE_PATH_LEVELS_WITHOUT_STAGE",
      problem: '"orders/v1" is to serve none in particular',
      build: mapping({ basePath: "orders/v1", attachToStage: false }),
    });
  });
});

it("fails when a base path serves a stage of another API", () => {
  expectRefusal({
    code: "BASE_PATH_STAGE_FOREIGN",
    problem: 'the stage "prod" is one of another API than the one that is mapped',
    build: () =>
      synthApi((stack) => {
        const owner = new DomainName(stack, "Domain", DOMAIN);
        owner.addBasePathMapping(newApi(stack), { stage: newApi(stack, "Other").deploymentStage });
      }),
  });
});
