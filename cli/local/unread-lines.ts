import type { StackDefinition } from "../../definition/stack";

/** What of the infrastructure has no part in what is served, with the reason. */
export function unreadLines({ unread = [] }: StackDefinition): readonly string[] {
  return unread.map(({ address, attribute }) => {
    const isModule = /(?:^|\.)module\.[\w-]+$/.test(address) && attribute === "source";
    const reason = isModule ? "modules are read from plans only (--plan)" : "has no value before apply";
    return `${address} ${attribute}: ${reason}`;
  });
}
