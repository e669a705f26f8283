import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Construct } from "constructs";
import * as library from "../../modules";

const modules = resolve(__dirname, "../modules");

/** Has no form of its own: its subclasses do. */
const ABSTRACT = ["Authorizer", "RestApiBase"];

interface Shown {
  /** The test, below `__tests__/modules`. */
  readonly test: string;
  /** What its titles begin with. */
  readonly subject: string;
}

/** Where each construct is shown as little and as everything that it can be. */
const SHOWN: Readonly<Record<string, Shown>> = {
  AccessLogQueries: { test: "monitoring/access-log-queries", subject: "AccessLogQueries" },
  AccountLogging: { test: "account/account-logging", subject: "AccountLogging" },
  Alarm: { test: "monitoring/alarm", subject: "Alarm" },
  ApiAlarms: { test: "monitoring/api-alarms", subject: "ApiAlarms" },
  ApiDashboard: { test: "monitoring/api-dashboard", subject: "ApiDashboard" },
  ApiKey: { test: "usage-plans/emitted", subject: "plans and keys" },
  AvailabilityAlarm: { test: "monitoring/availability-alarm", subject: "AvailabilityAlarm" },
  BasePathMapping: { test: "domains/base-path-mapping", subject: "BasePathMapping" },
  Certificate: { test: "certificates/certificate", subject: "Certificate" },
  CognitoUserPoolsAuthorizer: {
    test: "authorizers/cognito-user-pools-authorizer",
    subject: "CognitoUserPoolsAuthorizer",
  },
  Deployment: { test: "rest-api/canary", subject: "Deployment" },
  DomainName: { test: "domains/domain-name", subject: "DomainName" },
  Function: { test: "functions/zip-function", subject: "Function" },
  GatewayResponse: { test: "rest-api/api-parts", subject: "GatewayResponse" },
  HeadgateStack: { test: "stack", subject: "HeadgateStack" },
  ImportedRestApi: { test: "rest-api/imported-rest-api", subject: "an API that is owned elsewhere" },
  LambdaRestApi: { test: "rest-api/lambda-rest-api", subject: "LambdaRestApi" },
  Method: { test: "rest-api/api-parts", subject: "Method" },
  Model: { test: "rest-api/api-parts", subject: "Model" },
  NodejsFunction: { test: "functions/nodejs-function", subject: "NodejsFunction" },
  RateLimitedApiKey: { test: "usage-plans/emitted", subject: "plans and keys" },
  RequestAuthorizer: { test: "authorizers/request-authorizer", subject: "RequestAuthorizer" },
  RequestValidator: { test: "rest-api/api-parts", subject: "RequestValidator" },
  Resource: { test: "rest-api/api-parts", subject: "Resource" },
  RestApi: { test: "rest-api/rest-api", subject: "RestApi" },
  Role: { test: "iam/role", subject: "a Role" },
  ServiceRole: { test: "iam/role", subject: "a ServiceRole" },
  SpecRestApi: { test: "rest-api/spec/spec-rest-api", subject: "SpecRestApi" },
  Stage: { test: "rest-api/stages", subject: "Stage" },
  StepFunctionsRestApi: { test: "rest-api/step-functions-rest-api", subject: "StepFunctionsRestApi" },
  ThrottledRequests: { test: "monitoring/throttled-requests", subject: "ThrottledRequests" },
  TokenAuthorizer: { test: "authorizers/lambda-authorizer", subject: "TokenAuthorizer" },
  UsagePlan: { test: "usage-plans/emitted", subject: "plans and keys" },
  VpcLink: { test: "vpc-link/vpc-link", subject: "VpcLink" },
};

function isConstruct(exported: unknown): boolean {
  return typeof exported === "function" && exported.prototype instanceof Construct;
}

/** How many snapshots of a subject end in a word. */
function count({ test, subject }: Shown, ending: string): number {
  const path = join(modules, dirname(test), "__snapshots__", `${basename(test)}.test.ts.snap`);
  const titles = existsSync(path) ? [...readFileSync(path, "utf8").matchAll(/^exports\[`(.+) 1`\] = /gm)] : [];
  return titles.filter(([, title = ""]) => title.startsWith(`${subject} `) && title.endsWith(`: ${ending}`)).length;
}

describe("the snapshots of the constructs", () => {
  const constructs = Object.entries(library)
    .filter(([name, exported]) => isConstruct(exported) && !ABSTRACT.includes(name))
    .map(([name]) => name);

  it("are listed for each construct that is exported", () => {
    expect(Object.keys(SHOWN)).toEqual(constructs.sort());
  });

  it.each(Object.entries(SHOWN))("show %s as little and as everything that it can be", (_name, shown) => {
    expect({ minimal: count(shown, "minimal"), everything: count(shown, "everything") }).toEqual({
      minimal: 1,
      everything: 1,
    });
  });
});
