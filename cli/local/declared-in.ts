import type { StackDefinition } from "../../definition/stack";

/** The same stack, whose APIs and unread blocks say which file declares them. */
export function declaredIn(stack: StackDefinition, file: string): StackDefinition {
  const unread = stack.unread?.map((block) => ({ ...block, file }));
  return { ...stack, apis: stack.apis.map((api) => ({ ...api, file })), ...(unread && { unread }) };
}
