import type { StackDefinition } from "../../definition/stack";

/** What of the infrastructure has no part in what is served, with the reason. */
export function unreadLines({ unread = [] }: StackDefinition): readonly string[] {
  return unread.map(({ address, attribute }) => {
    const isModule = /(?:^|\.)module\.[\w-]+$/.test(address) && attribute === "source";
    const reason = isModule
      ? "the module is not on this machine; run `terraform init`, or serve a plan with --plan"
      : "has no value before apply";
    return `${address} ${attribute}: ${reason}`;
  });
}
