import type { FunctionDefinition } from "../../definition/function";

/** Major version of a Node.js runtime, as in 22 for `nodejs22.x`; undefined for other runtimes. A zip without one is Node.js here. */
export function nodeMajorOf({ runtime }: Pick<FunctionDefinition, "runtime">): number | undefined {
  const [, major] = /^nodejs(\d+)\.x$/.exec(runtime ?? "") ?? [];
  return major === undefined ? undefined : Number(major);
}

/**
 * What Lambda switches off in Node.js, unless the function switches it on again.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
const SWITCHED_OFF: readonly { readonly option: string; readonly majors: readonly number[] }[] = [
  { option: "experimental-require-module", majors: [20, 22] },
  { option: "experimental-detect-module", majors: [22] },
];

/** Options of Node.js that make it behave as the declared runtime does, as far as the local Node.js has them. */
export function nodeOptionsOf(fn: FunctionDefinition, nodeOptions = ""): readonly string[] {
  const major = nodeMajorOf(fn);
  return SWITCHED_OFF.filter(
    ({ option, majors }) =>
      majors.some((it) => it === major) &&
      !nodeOptions.includes(`--${option}`) &&
      process.allowedNodeEnvironmentFlags.has(`--no-${option}`),
  ).map(({ option }) => `--no-${option}`);
}

/** How many functions a text names. */
const NAMED = 3;

/** One text for each declared runtime that is not the local Node.js, naming the first of its functions. */
export function runtimeDifferences(
  functions: readonly FunctionDefinition[],
  localVersion = process.versions.node,
): readonly string[] {
  const localMajor = Number.parseInt(localVersion, 10);
  const declared = functions.flatMap((fn) => nodeMajorOf(fn) ?? []);
  return [...new Set(declared)]
    .filter((major) => major !== localMajor)
    .sort((left, right) => left - right)
    .map((major) => {
      const names = functions.filter((fn) => nodeMajorOf(fn) === major).map(({ name }) => name);
      return `nodejs${major}.x is declared, and Node.js ${localVersion} runs it here: ${firstOf(names)}`;
    });
}

function firstOf(names: readonly string[]): string {
  const others = names.length - NAMED;
  // One more name is no longer than saying that there is one.
  return others <= 1 ? names.join(", ") : `${names.slice(0, NAMED).join(", ")} and ${others} others`;
}
