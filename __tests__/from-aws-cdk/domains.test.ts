import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import * as apigateway from "../../modules";
import { onlyResource, resourcesOf, type TerraformJson } from "../../modules/testing";
import { apiIn, CERTIFICATE, domainIn, EDGE_CERTIFICATE } from "./declared";
import { snippet } from "./snippet";

const acmCertificateForExampleCom = CERTIFICATE;
const hostedZoneForExampleCom = { zoneId: "Z123" };

function basePaths(terraform: TerraformJson): readonly unknown[] {
  return Object.values(resourcesOf(terraform, "aws_api_gateway_base_path_mapping")).map((it) => it.base_path);
}

snippet(
  "10.1",
  (stack) => {
    new apigateway.DomainName(stack, "domain-name", {
      domainName: "example.com",
      certificate: CERTIFICATE,
      mtls: {
        bucket: new S3Bucket(stack, "bucket", { bucket: "trust" }),
        key: "truststore.pem",
        version: "version",
      },
    });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_domain_name").mutual_tls_authentication).toEqual({
      truststore_uri: "s3://${aws_s3_bucket.bucket.bucket}/truststore.pem",
      truststore_version: "version",
    });
  },
);

snippet(
  "12.1",
  (stack) => {
    const api = new apigateway.RestApi(stack, "MyDomain", {
      domainName: {
        domainName: "example.com",
        certificate: acmCertificateForExampleCom,
      },
    });
    api.root.addMethod("GET");
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_domain_name")).toMatchObject({
      domain_name: "example.com",
      regional_certificate_arn: CERTIFICATE,
    });
    expect(basePaths(terraform)).toEqual([undefined]);
  },
);

snippet(
  "12.2",
  (stack) => {
    const api = apiIn(stack, "api", { domainName: { domainName: "example.com", certificate: CERTIFICATE } });

    api.domainName?.addAliasRecord({ hostedZone: hostedZoneForExampleCom });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_route53_record")).toMatchObject({ type: "A", zone_id: "Z123" });
  },
);

snippet(
  "12.3",
  (stack) => {
    new apigateway.DomainName(stack, "custom-domain", {
      domainName: "example.com",
      certificate: EDGE_CERTIFICATE,
      endpointType: apigateway.EndpointType.EDGE,
      securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
    });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_domain_name")).toMatchObject({
      certificate_arn: EDGE_CERTIFICATE,
      endpoint_configuration: { types: ["EDGE"] },
      security_policy: "TLS_1_2",
    });
  },
);

snippet(
  "12.4",
  (stack) => {
    const domain = domainIn(stack);
    const api1 = apiIn(stack, "api1");
    const api2 = apiIn(stack, "api2");

    domain.addBasePathMapping(api1, { basePath: "go-to-api1" });
    domain.addBasePathMapping(api2, { basePath: "boom" });
  },
  (terraform) => expect(basePaths(terraform)).toEqual(["boom", "go-to-api1"]),
);

snippet(
  "12.5",
  (stack) => {
    const domain = domainIn(stack);
    const restapi = apiIn(stack);

    const betaDeploy = new apigateway.Deployment(stack, "beta-deployment", {
      api: restapi,
    });
    const betaStage = new apigateway.Stage(stack, "beta-stage", {
      deployment: betaDeploy,
      stageName: "beta",
    });
    domain.addBasePathMapping(restapi, { basePath: "api/beta", stage: betaStage });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_apigatewayv2_api_mapping")).toMatchObject({
      api_mapping_key: "api/beta",
      stage: expect.stringMatching(/^\$\{aws_api_gateway_stage\.beta-stage/),
    });
  },
);

snippet(
  "12.6",
  (stack) => {
    const domain = domainIn(stack);
    const api = apiIn(stack);

    domain.addBasePathMapping(api, { basePath: "myapi", attachToStage: false });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_base_path_mapping")).not.toHaveProperty("stage_name");
    expect(basePaths(terraform)).toEqual(["myapi"]);
  },
);

snippet(
  "12.7",
  (stack) => {
    const domain = domainIn(stack);
    const api = apiIn(stack);
    domain.addBasePathMapping(api);
  },
  (terraform) => expect(basePaths(terraform)).toEqual([undefined]),
);

snippet(
  "12.8",
  (stack) => {
    const api = apiIn(stack);

    const domainName = apigateway.DomainName.fromDomainNameAttributes(stack, "DomainName", {
      domainName: "domainName",
      domainNameAliasHostedZoneId: "domainNameAliasHostedZoneId",
      domainNameAliasTarget: "domainNameAliasTarget",
    });

    new apigateway.BasePathMapping(stack, "BasePathMapping", {
      domainName: domainName,
      restApi: api,
    });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_api_gateway_base_path_mapping").domain_name).toBe("domainName");
  },
);

snippet(
  "12.9",
  (stack) => {
    const domainName = domainIn(stack);

    domainName.addAliasRecord({ hostedZone: hostedZoneForExampleCom });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_route53_record").alias).toMatchObject({
      name: expect.stringMatching(/\.regional_domain_name\}$/),
    });
  },
);

snippet(
  "12.10",
  (stack) => {
    const restApi = apiIn(stack);

    new apigateway.DomainName(stack, "custom-domain", {
      domainName: "example.com",
      certificate: acmCertificateForExampleCom,
      mapping: restApi,
      basePath: "orders/v1/api",
    });
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_apigatewayv2_api_mapping").api_mapping_key).toBe("orders/v1/api");
  },
);

snippet(
  "12.11",
  (stack) => {
    const restApi = apiIn(stack);
    const secondRestApi = apiIn(stack, "second");

    const domain = new apigateway.DomainName(stack, "custom-domain", {
      domainName: "example.com",
      certificate: acmCertificateForExampleCom,
      mapping: restApi,
    });

    domain.addApiMapping(secondRestApi.deploymentStage, {
      basePath: "orders/v2/api",
    });
  },
  (terraform) => {
    expect(basePaths(terraform)).toEqual([undefined]);
    expect(onlyResource(terraform, "aws_apigatewayv2_api_mapping").api_mapping_key).toBe("orders/v2/api");
  },
);
