import { readStackJson } from "../../../definition/terraform/read-stack";
import { resourcesOf } from "../../../modules/testing";
import { synthWithApi } from "../support/api";

/** What Terraform wants: slashes as `~1`, also the first, then the verb. Any other key is stored and has no effect. */
const KEYS: readonly (readonly [route: string, key: string])[] = [
  ["GET /", "~1/GET"],
  ["GET /orders", "~1orders/GET"],
  ["POST /orders", "~1orders/POST"],
  ["GET /orders/{orderId}", "~1orders~1{orderId}/GET"],
  ["ANY /files/{path+}", "~1files~1{path+}/ANY"],
  ["GET /a-b/c_d/e.f", "~1a-b~1c_d~1e.f/GET"],
];

describe("settings of a route hit the route (pain 31)", () => {
  it.each(KEYS)("%s is %s in Terraform, and reads back as the route", async (route, key) => {
    const terraform = synthWithApi((api) => api.route(route, undefined, { throttle: "blocked" }));

    const [settings] = Object.values(resourcesOf(terraform, "aws_api_gateway_method_settings"));
    const { apis } = await readStackJson(JSON.parse(JSON.stringify(terraform)), "test");
    const [httpMethod, resourcePath] = route.split(" ");
    expect(settings?.method_path).toBe(key);
    expect(apis[0]?.stages[0]?.methodSettings).toMatchObject([
      { route: { resourcePath, httpMethod }, throttlingRateLimit: 0, throttlingBurstLimit: 0 },
    ]);
  });

  it("keeps two verbs of one path apart", () => {
    const terraform = synthWithApi((api) => {
      for (const verb of ["GET", "POST"]) api.route(`${verb} /orders`, undefined, { throttle: "blocked" });
    });

    const paths = Object.values(resourcesOf(terraform, "aws_api_gateway_method_settings")).map((it) => it.method_path);
    expect(paths.sort()).toEqual(["~1orders/GET", "~1orders/POST"]);
  });
});
