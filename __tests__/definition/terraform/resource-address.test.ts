import { parseAddress } from "../../../definition/terraform/resource-address";

describe("parseAddress", () => {
  it.each([
    ["aws_sqs_queue.events", { isInModule: false, isData: false, type: "aws_sqs_queue", name: "events" }],
    ['aws_sqs_queue.events["a.b"]', { isInModule: false, isData: false, type: "aws_sqs_queue", name: "events" }],
    ["data.aws_region.current", { isInModule: false, isData: true, type: "aws_region", name: "current" }],
    [
      'module.shop["eu.west"].module.queues.data.aws_region.current',
      { isInModule: true, isData: true, type: "aws_region", name: "current" },
    ],
    ["local", { isInModule: false, isData: false, type: "", name: "" }],
  ])("reads %s", (address, parts) => {
    expect(parseAddress(address)).toEqual(parts);
  });
});
