import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MANIFEST_FILE } from "./synthesized-stacks";

/** An entry of cdktf's manifest: what a construct had to say, as `Annotations` of cdktf notes it. */
interface Annotation {
  readonly constructPath: string;
  readonly level: string;
  readonly message: string;
}

interface Said {
  readonly level: string;
  readonly text: string;
  readonly stacks: string[];
}

/** Errors end the app, so they never get here. */
const LEVELS: Readonly<Record<string, string>> = { "@cdktf/warn": "warning", "@cdktf/info": "info" };

/** The line of a message that says its place. */
const PLACE = /\n {2}at .*/;

/**
 * Warnings and infos of the last synthesis. What several stacks say in the same words, but for the name of the stack, is one
 * message that names them all.
 */
export function synthMessages(outputFolder: string): readonly string[] {
  const { stacks }: { stacks: Readonly<Record<string, { annotations?: readonly Annotation[] }>> } = JSON.parse(
    readFileSync(join(outputFolder, MANIFEST_FILE), "utf8"),
  );
  const said = new Map<string, Said>();
  for (const [stack, { annotations = [] }] of Object.entries(stacks)) {
    for (const { constructPath, level, message } of annotations) {
      const text = PLACE.test(message) ? message : `${message}\n  at ${constructPath}`;
      const key = JSON.stringify([level, text.replaceAll(stack, "<stack>")]);
      const entry = said.get(key) ?? { level, text, stacks: [] };
      if (!entry.stacks.includes(stack)) entry.stacks.push(stack);
      said.set(key, entry);
    }
  }
  return [...said.values()].map(asText);
}

function asText({ level, text, stacks: [, ...others] }: Said): string {
  const elsewhere = others.length === 0 ? "" : `, and the same in ${others.join(", ")}`;
  return `${LEVELS[level] ?? level}  ${text.replace(PLACE, (place) => place + elsewhere)}`;
}
