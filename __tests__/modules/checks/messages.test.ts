import {
  AccessLogFormat,
  AuthorizationType,
  IdentitySource,
  LogGroupLogDestination,
  MockIntegration,
  RequestAuthorizer,
  RestApi,
} from "../../../modules";
import { isSlipOf, nearestName } from "../../../modules/nearest-name";
import { synthApi } from "../../../modules/testing";
import { backend, expectRefusal, findingsOf, route, stage } from "../support/refusals";

const logs = (format: string) =>
  stage({ accessLogDestination: new LogGroupLogDestination(), accessLogFormat: AccessLogFormat.custom(format) });
const template = (text: string) => backend(new MockIntegration({ requestTemplates: { "application/json": text } }));

describe("a message", () => {
  it("tells what a TTL may be, whichever side of the range it is on", () => {
    expect(findingsOf(route({ cache: { ttlSeconds: -1 } })).join()).toContain("fix: use a whole number from 0 to 3600");
  });

  it("names the identity source that must be among the keys of a cache", () => {
    const build = () =>
      synthApi((stack) => {
        const authorizer = new RequestAuthorizer(stack, "Auth", {
          handler: { arn: "arn:aws:lambda:eu-west-1:111111111111:function:check" },
          identitySources: [IdentitySource.header("X-Tenant"), IdentitySource.queryString("user")],
        });
        new RestApi(stack, "Api").root.addMethod("GET", undefined, { authorizer, cache: {} });
      });

    expect(findingsOf(build).join()).toContain(
      "fix: add method.request.header.X-Tenant and method.request.querystring.user to cache.keys, or remove cache",
    );
    const withIam = route({ authorizationType: AuthorizationType.IAM, cache: {} });
    expect(findingsOf(withIam).join()).toContain("fix: add method.request.header.Authorization to cache.keys");
  });

  it("names every parameter that is none", () => {
    const requestParameters = {
      "request.header.X": true,
      "method.request.querystring.a": true,
      "method.request.path.b": true,
    };

    expectRefusal({
      code: "REQUEST_PARAMETER_INVALID",
      problem: 'holds "request.header.X", "method.request.path.b", which name no parameters of it',
      build: route({ requestParameters }),
    });
  });

  it("tells of one cause once, however many alarms it spoils", () => {
    const findings = findingsOf(() =>
      synthApi((stack) => {
        for (const id of ["One", "Two"]) {
          const api = new RestApi(stack, id, { restApiName: "orders" });
          api.root.addMethod("GET");
          for (const name of ["A", "B"]) {
            api.metricCount().createAlarm(stack, `${id}${name}`, { threshold: 1, evaluationPeriods: 1 });
          }
        }
      }),
    );

    expect(findings).toEqual([expect.stringMatching(/^METRIC_SHARED_BY_NAME: .*\n {2}at test\/One\n/)]);
  });
});

describe("the nearest name", () => {
  it.each([
    ["reqId", ["path", "stage", "status", "requestId", "apiId"], "requestId"],
    ["throtle", ["cache", "throttle"], "throttle"],
    ["REQUESTID", ["requestTime", "requestId"], "requestId"],
  ])("of %s is found among %j", (name, names, nearest) => {
    expect(nearestName(name, names)).toBe(nearest);
  });

  it("is a slip when one letter differs", () => {
    expect(isSlipOf("contxt", "context")).toBe(true);
    expect(isSlipOf("input", "context")).toBe(false);
    expect(isSlipOf("context", "context")).toBe(false);
  });
});

describe("a name that is almost $context", () => {
  it.each<[title: string, code: string, build: () => unknown]>([
    ["an access log", "ACCESS_LOG_FIELD_UNKNOWN", logs("$contxt.requestId $context.requestId")],
    ["a template", "CONTEXT_FIELD_UNKNOWN", template('{"statusCode": 200, "id": "$contxt.requestId"}')],
  ])("fails when it stands in %s", (_title, code, build) => {
    expectRefusal({ code, problem: "holds $contxt.requestId, which", build });
    expect(findingsOf(build).join()).toContain("the nearest is $context.requestId");
  });

  it("is taken for what it is where a template declares it", () => {
    const text =
      '#foreach($content in $input.path("$"))$content.id#end#set($contxt = $context.identity)$contxt.sourceIp';

    expect(template(text)).not.toThrow();
  });
});
