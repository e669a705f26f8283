import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { readStackJson } from "../../../definition/terraform/read-stack";
import { Certificate, type HeadgateStack, RestApi } from "../../../modules";
import {
  assertOrderRules,
  onlyResource,
  resourcesOf,
  synthApi,
  terraformSnapshotSerializer,
} from "../../../modules/testing";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

/** An API at a domain with a certificate of its own. */
function serveApi(stack: HeadgateStack): RestApi {
  const certificate = new Certificate(stack, "Certificate", { domainName: "api.example.com", hostedZone: "Z1" });
  const api = new RestApi(stack, "Api", { disableExecuteApiEndpoint: true });
  api.route("GET /orders");
  api.addDomainName("Domain", { domainName: "api.example.com", certificate }).addAliasRecord({ hostedZone: "Z1" });
  return api;
}

describe("Certificate", () => {
  it("is proven by a record for its name: minimal", () => {
    const terraform = synthApi((stack) => {
      new Certificate(stack, "Certificate", { domainName: "api.example.com", hostedZone: "Z1" });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("is for several names, in a region of its own: everything", () => {
    const terraform = synthApi((stack) => {
      new Certificate(stack, "Certificate", {
        domainName: "example.com",
        subjectAlternativeNames: ["*.example.com", "example.org"],
        hostedZone: new Route53Zone(stack, "Zone", { name: "example.com" }),
        provider: new AwsProvider(stack, "Edge", { alias: "edge", region: "us-east-1" }),
        tags: { team: "orders" },
      });
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("lets a domain wait until it is issued", () => {
    const terraform = synthApi((stack) => void serveApi(stack));

    const [validation] = Object.keys(resourcesOf(terraform, "aws_acm_certificate_validation"));
    expect(onlyResource(terraform, "aws_api_gateway_domain_name").regional_certificate_arn).toBe(
      `\${aws_acm_certificate_validation.${validation}.certificate_arn}`,
    );
    assertOrderRules(terraform);
  });

  it("is no hindrance to whoever reads the API back", async () => {
    const terraform = synthApi((stack) => void serveApi(stack));

    const { apis } = await readStackJson(JSON.parse(JSON.stringify(terraform)), "root");

    expect(apis[0]?.api.methods.map(({ resourcePath }) => resourcePath)).toEqual(["/orders"]);
  });
});
