import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../../definition/configuration-error";
import { type JsonSchema, RestApi, SqsIntegration } from "../../../modules";
import { ConfigurationFindings, recordFinding } from "../../../modules/checks/findings";
import { synthApi, synthStack } from "../../../modules/testing";
import { findingsOf, token } from "../support/refusals";

const finding = (scope: Construct, problem = "the name is empty") =>
  new ConfigurationError("API_NAME_INVALID", scope.node.path, problem, "pass a name");

describe("recordFinding", () => {
  it("lets construction go on and fails the synthesis with every finding", () => {
    const findings = findingsOf(() =>
      synthApi((stack) => {
        for (const id of ["One", "Two"]) {
          const construct = new Construct(stack, id);
          recordFinding(construct, finding(construct));
        }
      }),
    );

    expect(findings).toEqual([
      "API_NAME_INVALID: the name is empty\n  at test/One\n  fix: pass a name",
      "API_NAME_INVALID: the name is empty\n  at test/Two\n  fix: pass a name",
    ]);
  });

  it("reports a finding once, however often a check runs", () => {
    const findings = findingsOf(() =>
      synthApi((stack) => {
        recordFinding(stack, finding(stack));
        recordFinding(stack, finding(stack));
        recordFinding(stack, finding(stack, "the name is a reference"));
      }),
    );

    expect(findings).toHaveLength(2);
  });

  it("fails the synthesis of an App that is not run by synthesize(), too", () => {
    const build = () =>
      synthApi((stack) => {
        recordFinding(stack, finding(stack));
        stack.runAllValidations();
      });

    expect(build).toThrow(ConfigurationFindings);
  });
});

describe("synthStack", () => {
  it("fails when a finding led to an error of another kind, with the finding and the error as its cause", () => {
    const cause = new TypeError("no length");
    const build = () =>
      synthApi((stack) => {
        recordFinding(stack, finding(stack));
        throw cause;
      });

    expect(build).toThrow(expect.objectContaining({ name: "ConfigurationFindings", cause }));
    expect(findingsOf(build)).toEqual(["API_NAME_INVALID: the name is empty\n  at test\n  fix: pass a name"]);
  });

  it("throws what has nothing to do with the configuration as it is", () => {
    const cause = new TypeError("no length");

    expect(() =>
      synthStack(() => {
        throw cause;
      }),
    ).toThrow(cause);
  });

  it("gives the findings of cdktf a place, as ours have", () => {
    const findings = findingsOf(() =>
      synthStack((app) => {
        const stack = new TerraformStack(app, "plain");
        stack.node.addValidation({ validate: () => ["the moon is full"] });
        return stack;
      }),
    );

    expect(findings).toEqual(["the moon is full\n  at plain"]);
  });
});

describe("mistakes that once ended the run", () => {
  it("are all reported by one synthesis", () => {
    const findings = findingsOf(() =>
      synthApi((stack) => {
        const api = new RestApi(stack, "Api");
        api.route("GET /orders");
        api.route("GET /orders");
        api.root.addResource("items");
        api.root.addResource("items");
        api.root.addResource("a/b").addMethod("GET");
        api.root.addMethod("FETCH");
        api.route("GET orders/{id}");
        api.route("POST /jobs", new SqsIntegration({ arn: token }));
        api.addModel("Loop", { schema: loop() });
        for (const id of ["One", "Two"]) api.addGatewayResponse(id, { type: "DEFAULT_4XX" });
      }),
    );

    expect(findings.map((text) => text.split(":")[0]).sort()).toEqual([
      "DUPLICATE_GATEWAY_RESPONSE",
      "DUPLICATE_RESOURCE",
      "DUPLICATE_ROUTE",
      "HTTP_METHOD_UNKNOWN",
      "MODEL_NOT_EXPRESSIBLE",
      "PATH_PART_INVALID",
      "ROUTE_INVALID",
      "TARGET_NAME_UNKNOWN",
    ]);
    for (const finding of findings) expect(finding).toMatch(/\n {2}at test\/.+\n {2}fix: .+/);
  });

  it("give what exists for what is declared twice", () => {
    const pairs: [unknown, unknown][] = [];
    const build = () =>
      synthApi((stack) => {
        const api = new RestApi(stack, "Api");
        pairs.push([api.route("GET /orders"), api.route("GET /orders")]);
        pairs.push([api.root.addResource("items"), api.root.addResource("items")]);
      });

    expect(findingsOf(build)).toHaveLength(2);
    for (const [first, second] of pairs) expect(second).toBe(first);
  });
});

function loop(): JsonSchema {
  const schema = { type: "object", properties: {} } as const;
  Object.assign(schema.properties, { self: schema });
  return schema;
}
