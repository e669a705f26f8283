import { HeadgateStack, LambdaIntegration, MockIntegration, NodejsFunction, RestApi, synthesize } from "../../modules";

/** The stack `routes-10` has ten routes, `routes-1000` a thousand; the first three are the same in both. */
const SIZES = [10, 1_000];

synthesize((app) => {
  for (const routes of SIZES) {
    const stack = new HeadgateStack(app, `routes-${routes}`, {
      region: "eu-west-1",
      accountId: "111111111111",
      quotas: { resourcesPerApi: 3 * routes },
    });
    const fn = new NodejsFunction(stack, "ReadOrder", { bundle: "read-order", functionName: `read-order-${routes}` });
    const proxy = new LambdaIntegration(fn);
    const mock = new MockIntegration({
      integrationResponses: [
        {
          statusCode: "200",
          responseTemplates: { "application/json": '{"id": "$input.params(\'orderId\')", "status": "shipped"}' },
        },
      ],
    });
    const api = new RestApi(stack, "Api", {
      restApiName: `routes-${routes}`,
      deployOptions: { stageName: "v1" },
    });
    api.route("GET /orders/{orderId}", proxy);
    api.route("GET /mocked/{orderId}", mock);
    api.route("GET /cached/{orderId}", proxy, { cache: { ttlSeconds: 3600 } });
    for (let index = 3; index < routes; index++) api.route(`GET /things-${index}/{id}`, index % 2 === 0 ? proxy : mock);
  }
});
