import type { StackDefinition, UnreadBlock } from "../../definition/stack";

/** What of the infrastructure has no part in what is served, with file, address, attribute and reason. */
export function unreadLines({ name, unread = [] }: StackDefinition): readonly string[] {
  return unread.map((block) => `(${block.file ?? name}): ${block.address} ${block.attribute}: ${reasonOf(block)}`);
}

function reasonOf({ address, attribute }: UnreadBlock): string {
  const isModule = /(?:^|\.)module\.[\w-]+$/.test(address) && attribute === "source";
  return isModule
    ? "the module is not on this machine; run `terraform init`, or serve a plan with --plan"
    : "has no value before apply";
}
