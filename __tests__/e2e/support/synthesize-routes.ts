import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { HeadgateStack, LambdaIntegration, NodejsFunction, RestApi } from "../../../modules";
import { STUB_BUNDLES } from "../../../modules/functions/bundle";

const ROUTES_PER_FUNCTION = 4;

/**
 * Synthesizes an API of as many routes as the first argument says, in the form that the second names, and prints how long
 * that took (milliseconds of processor time, so that other work on the machine does not count) and the most memory that the
 * process ever had (megabytes).
 */
function measure(routes: number, emission: "openapi" | "resources"): void {
  const outdir = mkdtempSync(join(tmpdir(), "headgate-routes-"));
  const start = process.cpuUsage();
  const app = new App({ outdir, stackTraces: false, context: { [STUB_BUNDLES]: true } });
  const stack = new HeadgateStack(app, "routes", {
    region: "eu-west-1",
    accountId: "111111111111",
    quotas: { resourcesPerApi: 2 * routes },
  });
  const api = new RestApi(stack, "Api", {
    emission,
    defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"] },
    deployOptions: { stageName: "v1", throttlingRateLimit: 100, throttlingBurstLimit: 50 },
  });
  for (let index = 0; index < routes; index += ROUTES_PER_FUNCTION) {
    const name = `thing-${index}`;
    const handler = new NodejsFunction(stack, name, { bundle: name });
    handler.grant(`arn:aws:dynamodb:eu-west-1:111111111111:table/${name}`, "dynamodb:GetItem", "dynamodb:PutItem");
    const integration = new LambdaIntegration(handler);
    for (const route of [`GET /${name}`, `POST /${name}`, `GET /${name}/{id}`, `PUT /${name}/{id}`]) {
      api.route(route, integration, route.startsWith("PUT") ? { throttle: { rateLimit: 5, burstLimit: 2 } } : {});
    }
  }
  app.synth();
  const { user, system } = process.cpuUsage(start);
  const milliseconds = Math.round((user + system) / 1_000);
  rmSync(outdir, { recursive: true, force: true });
  process.stdout.write(JSON.stringify({ milliseconds, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));
}

measure(Number(process.argv[2]), process.argv[3] === "resources" ? "resources" : "openapi");
