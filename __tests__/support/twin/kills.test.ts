import type { Call } from "./call-log";
import { FAULTS } from "./faults";
import { refuseFirst } from "./first-refusals";
import { jsonAnswer } from "./http";
import { DROP_CONNECTION } from "./intercept";
import { killAt, killPointOf } from "./kills";

const ANSWER = jsonAnswer(200, {});

describe("killAt", () => {
  it("kills when all calls of the point have come, and answers none of them", async () => {
    const kill = jest.fn(async () => undefined);
    const killer = killAt({ CreateRole: 2, CreateTable: 1 }, "before", kill);

    const held = [killer.before?.(callOf("CreateRole")), killer.before?.(callOf("CreateTable"))];
    const killsBeforeTheLast = kill.mock.calls.length;
    held.push(killer.before?.(callOf("CreateRole")));

    expect(await Promise.all(held)).toEqual([DROP_CONNECTION, DROP_CONNECTION, DROP_CONNECTION]);
    expect([killsBeforeTheLast, kill.mock.calls.length]).toEqual([0, 1]);
  });

  it("lets all other calls pass", async () => {
    const killer = killAt({ CreateRole: 1 }, "before", async () => undefined);

    const passed = await killer.before?.(callOf("CreateTable"));

    expect(passed).toBeUndefined();
  });

  it("holds calls that took effect, when it is to kill after them", async () => {
    const killer = killAt({ CreateRole: 1 }, "after", async () => undefined);

    const intervention = await killer.after?.(callOf("CreateRole"), ANSWER);

    expect(killer.before).toBeUndefined();
    expect(intervention).toBe(DROP_CONNECTION);
  });

  it("says what did not come", async () => {
    const killer = killAt({ CreateRole: 1, CreateTable: 2 }, "before", async () => undefined);

    void killer.before?.(callOf("CreateRole"));
    void killer.before?.(callOf("CreateTable"));

    expect(killer.missing()).toEqual(["CreateTable"]);
  });
});

describe("killPointOf", () => {
  it.each([
    ["CreateRole", "CreateRole", { RoleName: "any" }],
    ["CreateFunction get-order", "CreateFunction", { FunctionName: "get-order" }],
    ["DeleteQueue events", "DeleteQueue", { QueueUrl: "http://127.0.0.1/1/events" }],
    ["UpdateStage settings", "UpdateStage", { patchOperations: [{ op: "replace", path: "/~1orders/GET/x" }] }],
    ["UpdateStage stage", "UpdateStage", { patchOperations: [{ op: "replace", path: "/deploymentId" }] }],
  ])("names %s alike in every run", (point, operation, parameters) => {
    expect(killPointOf(callOf(operation, parameters))).toBe(point);
  });

  it.each([
    ["lock the state", "PUT /bucket/orders.tfstate.tflock"],
    ["write the state", "PUT /bucket/orders.tfstate"],
    ["unlock the state", "DELETE /bucket/orders.tfstate.tflock"],
  ])("tells when Terraform is to %s", (point, operation) => {
    expect(killPointOf({ ...callOf(operation), service: "s3" })).toBe(point);
  });
});

describe("refuseFirst", () => {
  it("refuses as many calls as are named, and then none", async () => {
    const refuser = refuseFirst({ CreateTable: 2 }, FAULTS[400]);

    const statuses = [1, 2, 3].map(() => refuser.before?.(callOf("CreateTable")));

    expect(await Promise.all(statuses)).toMatchObject([{ status: 400 }, { status: 400 }, undefined]);
    expect(refuser.missing()).toEqual([]);
  });

  it("refuses calls of IAM in XML", async () => {
    const refuser = refuseFirst({ CreateRole: 1 }, FAULTS[500]);

    const answer = await refuser.before?.({ ...callOf("CreateRole"), service: "iam" });

    expect(answer).toMatchObject({ status: 500, headers: { "content-type": "text/xml" } });
  });
});

function callOf(operation: string, parameters: Call["parameters"] = {}): Call {
  return {
    index: 0,
    service: "any",
    region: "eu-west-1",
    accessKeyId: "testing",
    operation,
    parameters,
    mutating: true,
  };
}
