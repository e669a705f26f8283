import type { App } from "cdktf";
import { HeadgateStack, RestApi } from "../../../modules";
import { resourcesOf, synthOnce, TEST_STACK_PROPS } from "../../../modules/testing";

describe("synthOnce", () => {
  it("synthesizes once for each function", () => {
    let count = 0;
    const build = (app: App) => {
      count += 1;
      return withApi(app);
    };

    const results = [synthOnce(build), synthOnce(build), synthOnce((app) => build(app))];

    expect(count).toBe(2);
    expect(results[0]).toBe(results[1]);
    expect(results[2]).toEqual(results[0]);
  });

  it("gives what no test can change", () => {
    const terraform = synthOnce(withApi);

    expect(() => Object.assign(resourcesOf(terraform, "aws_api_gateway_stage"), { added: {} })).toThrow(TypeError);
    expect(Object.keys(resourcesOf(synthOnce(withApi), "aws_api_gateway_stage"))).toHaveLength(1);
  });

  it("fails each time when the stack is refused", () => {
    const refused = (app: App) => {
      const stack = new HeadgateStack(app, "test", TEST_STACK_PROPS);
      new RestApi(stack, "Api");
      return stack;
    };

    for (const _ of [1, 2]) expect(() => synthOnce(refused)).toThrow(/API_WITHOUT_METHODS/);
  });
});

function withApi(app: App): HeadgateStack {
  const stack = new HeadgateStack(app, "test", TEST_STACK_PROPS);
  new RestApi(stack, "Api").root.addMethod("GET");
  return stack;
}
