import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadServicesEarly, servicesOfLastSynthesis } from "../../../cli/local/load-services-early";

describe("the services that a start begins to load", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "headgate-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (file: string, content: object) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), JSON.stringify(content));
  };

  /** A project whose stacks have resources of these types. */
  const project = (...types: readonly string[]) => {
    write("cdktf.json", { app: "node main.ts" });
    const stacks = types.map((type, index) => {
      const synthesizedStackPath = `stacks/s${index}/cdk.tf.json`;
      write(`cdktf.out/${synthesizedStackPath}`, { resource: { [type]: { one: {} } } });
      return [`s${index}`, { synthesizedStackPath }];
    });
    write("cdktf.out/manifest.json", { stacks: Object.fromEntries(stacks) });
  };

  it.each<[types: readonly string[], groups: readonly string[]]>([
    [["aws_api_gateway_rest_api"], []],
    [["aws_api_gateway_rest_api", "aws_dynamodb_table"], ["dynamodb"]],
    [["aws_sqs_queue"], ["messaging"]],
    [
      ["aws_sqs_queue", "aws_dynamodb_table"],
      ["dynamodb", "messaging"],
    ],
  ])("for stacks with %j are %j", (types, groups) => {
    project(...types);

    expect(servicesOfLastSynthesis(folder)).toEqual(groups);
  });

  it("are none before the first synthesis, and none without a project", () => {
    expect(servicesOfLastSynthesis(folder)).toEqual([]);
    write("cdktf.json", { app: "node main.ts" });
    expect(loadServicesEarly(folder)).toBeUndefined();
  });
});
