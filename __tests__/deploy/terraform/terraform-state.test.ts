import { join } from "node:path";
import { parseState, readStateFile } from "../../../deploy/terraform/terraform-state";

const stateOf = (...resources: readonly object[]) => parseState(JSON.stringify({ version: 4, resources }), "state");

describe("a Terraform state", () => {
  it.each([
    ["aws_sqs_queue.a", { instances: [{ attributes: { id: "1" } }] }],
    ['aws_sqs_queue.a["eu"]', { instances: [{ index_key: "eu", attributes: { id: "1" } }] }],
    ["aws_sqs_queue.a[0]", { instances: [{ index_key: 0, attributes: { id: "1" } }] }],
    ['module.shop["x"].aws_sqs_queue.a', { module: 'module.shop["x"]', instances: [{ attributes: { id: "1" } }] }],
    ["data.aws_sqs_queue.a", { mode: "data", instances: [{ attributes: { id: "1" } }] }],
  ])("knows %s", (address, resource) => {
    const state = stateOf({ mode: "managed", type: "aws_sqs_queue", name: "a", ...resource });

    expect([state.attribute(address, "id"), state.has(address), state.isEmpty]).toEqual(["1", true, false]);
  });

  it("knows nothing of an object that is about to be destroyed, of other attributes and of what is null", () => {
    const resource = { mode: "managed", type: "aws_sqs_queue", name: "a" };
    const deposed = stateOf({ ...resource, instances: [{ deposed: "1", attributes: { id: "1" } }] });
    const state = stateOf({ ...resource, instances: [{ attributes: { id: null } }] });

    expect(deposed.has("aws_sqs_queue.a")).toBe(false);
    expect([state.attribute("aws_sqs_queue.a", "id"), state.attribute("aws_sqs_queue.a", "toString")]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("lists the ids of all that it holds, also of what is about to be destroyed", () => {
    const instances = [{ attributes: { id: "1" } }, { deposed: "a", attributes: { id: "2" } }];
    const data = { mode: "data", type: "aws_sqs_queue", name: "b", instances: [{ attributes: { id: "3" } }] };

    const state = stateOf({ mode: "managed", type: "aws_sqs_queue", name: "a", instances }, data);

    expect([...state.ids]).toEqual(["aws_sqs_queue 1", "aws_sqs_queue 2"]);
  });

  it("is empty where nothing was applied yet", () => {
    expect(parseState("\n", "state").isEmpty).toBe(true);
  });

  it("fails when there is no such file", () => {
    expect(() => readStateFile(join(__dirname, "none.json"))).toThrow("TERRAFORM_STATE_UNREADABLE");
  });
});
