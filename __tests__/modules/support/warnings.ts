import type { HeadgateStack, HeadgateStackProps } from "../../../modules";
import { synthApi } from "../../../modules/testing";

/** What the constructs of a stack warn of at synth, as `<path>: <message>`. */
export function warningsOf(build: (stack: HeadgateStack) => void, props?: HeadgateStackProps): readonly string[] {
  const stacks: HeadgateStack[] = [];
  synthApi((stack) => {
    stacks.push(stack);
    build(stack);
  }, props);
  return stacks
    .flatMap((stack) => stack.node.findAll())
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === "@cdktf/warn")
    .map(({ data }) => String(data));
}
