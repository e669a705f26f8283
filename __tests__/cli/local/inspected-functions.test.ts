import { inspectedFunctions } from "../../../cli/local/inspected-functions";
import { readLocalConfig } from "../../../local/config";
import { lambdaFunction } from "../../support/gateway";

const CONFIG = readLocalConfig("/nowhere");
const fn = (name: string) => ({ ...lambdaFunction(name), packageFile: "code.zip" });
const IMAGE = (({ packageFile: _file, ...rest }) => rest)(fn("orders-dev-image"));
const FUNCTIONS = [fn("orders-dev-get"), fn("orders-dev-budget"), fn("orders-dev-list-get"), IMAGE];

describe("--inspect", () => {
  it.each<[title: string, inspect: string | true | undefined, expected: readonly string[]]>([
    ["nothing without it", undefined, []],
    ["all functions of Node.js without a name", true, ["orders-dev-get", "orders-dev-budget", "orders-dev-list-get"]],
    ["the function of that name", "orders-dev-get", ["orders-dev-get"]],
    ["the only function whose name ends so", "budget", ["orders-dev-budget"]],
  ])("means %s", (_title, inspect, expected) => {
    expect(inspectedFunctions(inspect, FUNCTIONS, CONFIG)).toEqual(expected);
  });

  it("leaves out what the local file runs", () => {
    const functions = { "orders-dev-get": { environment: {}, command: "python3 app.py" } };

    expect(inspectedFunctions(true, FUNCTIONS, { ...CONFIG, functions })).not.toContain("orders-dev-get");
  });

  it.each<[title: string, inspect: string | true, functions: typeof FUNCTIONS, problem: string]>([
    ["no function has the name", "nothing", FUNCTIONS, 'no function is called "nothing"'],
    ["several end so", "get", FUNCTIONS, 'more than one function is called "get"'],
    ["there is none of Node.js", true, [], "the stack has no function that runs on Node.js here"],
  ])("fails when %s", (_title, inspect, functions, problem) => {
    expect(() => inspectedFunctions(inspect, functions, CONFIG)).toThrow(`INSPECTED_FUNCTION_UNKNOWN: ${problem}`);
  });
});
