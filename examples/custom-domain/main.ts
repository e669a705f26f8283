import { DataAwsAcmCertificate } from "@cdktf/provider-aws/lib/data-aws-acm-certificate";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { DomainName, HeadgateStack, HttpIntegration, MockIntegration, RestApi, synthesize } from "headgate";

/** Two APIs under one domain of one's own. Certificate and hosted zone exist already, and are looked up. */
synthesize((app) => {
  const stack = new HeadgateStack(app, "custom-domain", { region: "eu-west-1", accountId: "111111111111" });
  const domain = new DomainName(stack, "Domain", {
    domainName: "api.example.com",
    certificate: new DataAwsAcmCertificate(stack, "Certificate", { domain: "api.example.com", statuses: ["ISSUED"] }),
  });
  domain.addAliasRecord({ hostedZone: new DataAwsRoute53Zone(stack, "Zone", { name: "example.com" }) });

  const shop = new RestApi(stack, "Shop", {
    restApiName: "custom-domain-shop",
    disableExecuteApiEndpoint: true,
    deployOptions: { stageName: "v1" },
  });
  shop.route("GET /prices/{sku}", new HttpIntegration("https://shop.example.com/prices/{sku}"));
  domain.addBasePathMapping(shop, { basePath: "shop" });

  const status = new RestApi(stack, "Status", {
    restApiName: "custom-domain-status",
    disableExecuteApiEndpoint: true,
    deployOptions: { stageName: "v1" },
  });
  status.root.addMethod("GET", new MockIntegration());
  domain.addBasePathMapping(status, { basePath: "status" });
});
