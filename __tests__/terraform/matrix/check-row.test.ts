import { restApiWith } from "../../support/definition-builders";
import type { ResourceChange } from "../../support/terraform/plan";
import type { Call } from "../../support/twin/call-log";
import type { StageRecord } from "../../support/twin/stage";
import type { ChangeRow } from "./change-row";
import { checkRow } from "./check-row";
import type { RowOutcome } from "./row-outcome";

const MOVE = { patchOperations: [{ op: "replace", path: "/deploymentId", value: "new" }] };
const ROW: ChangeRow = { name: "a-row", before: () => undefined, after: () => undefined, redeploys: true };
const PLAN = [
  change("aws_api_gateway_rest_api_put", "create", "delete"),
  change("aws_api_gateway_deployment", "create"),
  change("aws_api_gateway_stage", "update"),
  change("aws_api_gateway_deployment", "delete"),
  change("terraform_data", "update"),
];
const CALLS = [call("PutRestApi"), call("CreateDeployment"), call("UpdateStage", MOVE), call("DeleteDeployment")];

const CODE = { codeSha256: "old", environment: {} };

describe("checkRow", () => {
  it("accepts a redeployment as it must be", () => {
    expect(() => checkRow(ROW, outcome(), "openapi")).not.toThrow();
  });

  it.each<[string, Partial<RowOutcome>]>([
    ["another resource is planned", { plan: [...PLAN, change("aws_lambda_function", "update")] }],
    ["a second deployment appears", { calls: [...CALLS, call("CreateDeployment")] }],
    ["no deployment appears", { calls: CALLS.filter(({ operation }) => operation !== "CreateDeployment") }],
    ["the snapshot comes before the import", { calls: [call("CreateDeployment"), ...CALLS] }],
    ["a function goes before the stage moves", { calls: [call("DeleteFunction"), ...CALLS] }],
    ["the stage serves something else", { after: served("other") }],
    ["a stage is missing", { after: { ...served("declared"), declaredStages: ["beta", "v1"] } }],
    ["an alias shows other code", { after: { ...served("declared"), functions: { "a-row-it": CODE } } }],
    ["the second plan is not empty", { secondPlan: [change("aws_api_gateway_stage", "update")] }],
  ])("fails when %s", (_, members) => {
    expect(() => checkRow(ROW, outcome(members), "openapi")).toThrow();
  });

  it("fails when something with a public name is replaced, also where the row plans it", () => {
    const replaced = change("aws_api_gateway_stage", "create", "delete");
    const row = { ...ROW, plan: ["aws_api_gateway_stage create+delete"] };

    expect(() => checkRow(row, outcome({ plan: [...PLAN, replaced] }), "openapi")).toThrow(replaced.address);
  });

  it("fails when a hazard of a row is gone, or nobody warns of it", () => {
    const hazard = { because: "of an order", warning: "REMOVED_ROUTES_STAY_LIVE", staysLive: true } as const;
    const row: ChangeRow = { ...ROW, emissions: { openapi: { hazard } } };
    const settled = { deployed: served("declared"), thirdPlan: [] };
    const hazardous = { after: served("other"), settled, warnings: ["REMOVED_ROUTES_STAY_LIVE: …"] };

    expect(() => checkRow(row, outcome(hazardous), "openapi")).not.toThrow();
    expect(() => checkRow(row, outcome({ ...hazardous, after: served("declared") }), "openapi")).toThrow();
    expect(() => checkRow(row, outcome({ ...hazardous, warnings: [] }), "openapi")).toThrow();
  });

  it("fails when an apply that must fail does not, and when it takes away what is live", () => {
    const fails = { because: "of a name", message: "already exists", again: "fails" } as const;
    const row: ChangeRow = { ...ROW, emissions: { openapi: { fails } } };
    const refused = { calls: [], attempts: ["it already exists", "it already exists"], after: served("declared") };

    expect(() => checkRow(row, outcome(refused), "openapi")).not.toThrow();
    expect(() => checkRow(row, outcome({ ...refused, attempts: ["Apply complete!"] }), "openapi")).toThrow();
    expect(() => checkRow(row, outcome({ ...refused, after: served("other") }), "openapi")).toThrow();
  });
});

function outcome(members: Partial<RowOutcome> = {}): RowOutcome {
  const stages = served("declared");
  return { plan: PLAN, calls: CALLS, before: stages, after: stages, secondPlan: [], warnings: [], ...members };
}

/** The stage `v1` with an API of this name where one named "declared" is declared. */
function served(name: string): RowOutcome["after"] {
  const stage: StageRecord = {
    ...{ stageName: "v1", deploymentId: "new", cacheClusterEnabled: false, tracingEnabled: false },
    ...{ variables: {}, methodSettings: {}, tags: {}, createdDate: 0, lastUpdatedDate: 0 },
  };
  const declaredStage = { name: "v1", variables: {}, xrayTracingEnabled: false, methodSettings: [], tags: {} };
  const declared = restApiWith({ name: "declared" });
  return {
    stages: new Map([
      ["v1", { stage, live: restApiWith({ name }), declared, declaredStage, usagePlans: [], mappings: [] }],
    ]),
    declaredStages: ["v1"],
    functions: {},
    declaredFunctions: {},
  };
}

function change(type: string, ...actions: readonly string[]): ResourceChange {
  return {
    address: `${type}.It`,
    mode: "managed",
    type,
    change: { actions, before: null, after: null, after_unknown: {} },
  };
}

function call(operation: string, parameters: Call["parameters"] = {}): Call {
  return {
    ...{ service: "apigateway", region: "eu-west-1", accessKeyId: "testing", mutating: true, index: 0 },
    operation,
    parameters,
  };
}
