import type { HeadgateStack } from "../../modules";
import { assertOrderRules, synthApi, type TerraformJson } from "../../modules/testing";
import { type SnippetId, VERDICTS } from "./verdicts";

/** A test that a snippet of AWS CDK's README does here what it does there, but for the change that its verdict states. */
export function snippet(
  id: SnippetId,
  build: (stack: HeadgateStack) => void,
  check: (terraform: TerraformJson) => void = () => undefined,
): void {
  const { shows, verdict } = VERDICTS[id];
  it(`${id} ${shows}: ${verdict}`, () => {
    const terraform = synthApi(build);

    assertOrderRules(terraform);
    check(terraform);
  });
}
