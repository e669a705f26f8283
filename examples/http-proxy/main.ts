import { HeadgateStack, HttpIntegration, RestApi, synthesize } from "headgate";

/** An existing service behind an API: everything is handed through, and one route is reshaped on the way. */
synthesize((app) => {
  const stack = new HeadgateStack(app, "http-proxy", { region: "eu-west-1" });
  const api = new RestApi(stack, "Api", {
    restApiName: "http-proxy",
    deployOptions: {
      stageName: "v1",
      variables: { backend: "shop.example.com" },
      throttlingRateLimit: 100,
      throttlingBurstLimit: 50,
    },
  });

  // The host is a stage variable: another backend needs no deployment.
  const everything = new HttpIntegration("https://${stageVariables.backend}/{proxy}", { httpMethod: "ANY" });
  api.root.addProxy({ defaultIntegration: everything });

  const price = new HttpIntegration("https://${stageVariables.backend}/catalogue/{sku}", {
    proxy: false,
    options: {
      integrationResponses: [
        {
          statusCode: "200",
          responseTemplates: { "application/json": "{\"priceCents\": $input.json('$.price.cents')}" },
        },
        {
          statusCode: "404",
          selectionPattern: "404",
          responseTemplates: { "application/json": '{"message": "unknown"}' },
        },
        {
          statusCode: "502",
          selectionPattern: "5\\d\\d",
          responseTemplates: { "application/json": '{"message": "try again"}' },
        },
      ],
    },
  });
  api.route("GET /prices/{sku}", price, { cache: { ttlSeconds: 60 } });
});
