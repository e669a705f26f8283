import { type SynthesizableStack, synthStack, type TerraformJson } from "./synth-api";

type Build = (app: Parameters<Parameters<typeof synthStack>[0]>[0]) => SynthesizableStack;

const synthesized = new WeakMap<Build, TerraformJson>();

/**
 * `synthStack`, once for each function: many tests of one file share one synthesis. Give it the same function each time,
 * a constant and not an arrow in the call. The result is frozen, so that no test changes what the next one sees.
 *
 * ```ts
 * const ordersDev = (app: App) => new OrdersStack(app, "orders-dev");
 *
 * it("limits orders", () => expect(synthOnce(ordersDev)).toHaveRoute("POST /orders", { apiKeyRequired: true }));
 * ```
 */
export function synthOnce(build: Build): TerraformJson {
  const known = synthesized.get(build);
  if (known !== undefined) return known;
  const terraform = freeze(synthStack(build));
  synthesized.set(build, terraform);
  return terraform;
}

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    for (const member of Object.values(value)) freeze(member);
    Object.freeze(value);
  }
  return value;
}
