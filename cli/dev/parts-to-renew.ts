import { dirname, sep } from "node:path";

/** What a running gateway is made of, in the order in which it is renewed. */
export const PARTS = ["settings", "functions", "stack", "seeds"] as const;
export type Part = (typeof PARTS)[number];

/** What is known of a project when something changes. Paths are absolute. */
export interface KnownFiles {
  readonly settingsFile: string;
  readonly functionsFolder: string;
  /** What the bundles were made from. */
  readonly bundleInputs: ReadonlySet<string>;
  /** Files that the app has read, folders that it has listed, and `cdktf.json`. */
  readonly appInputs: ReadonlySet<string>;
  readonly seedFiles: ReadonlySet<string>;
  /** Folders that tools write to. */
  readonly outputs: readonly string[];
  /** Parts that could not be renewed the last time. */
  readonly broken: ReadonlySet<Part>;
}

type Concerns = (path: string, known: KnownFiles) => boolean;

/** Whether a changed file concerns a part. Handlers may come and go, so that everything in their folder may matter. */
const CONCERNS: Readonly<Record<Part, Concerns>> = {
  settings: (path, { settingsFile }) => path === settingsFile,
  functions: (path, { bundleInputs, functionsFolder }) =>
    bundleInputs.has(path) || path.startsWith(functionsFolder + sep) || path === functionsFolder,
  stack: (path, { appInputs }) => appInputs.has(path) || appInputs.has(dirname(path)),
  seeds: (path, { seedFiles }) => seedFiles.has(path),
};

/**
 * The parts that some changes concern. What is broken is tried again with every change: the file that mends it, such as one
 * that an import did not find, may be unknown.
 */
export function partsToRenew(changed: Iterable<string>, known: KnownFiles): ReadonlySet<Part> {
  const paths = [...changed].filter((path) => !known.outputs.some((it) => path === it || path.startsWith(it + sep)));
  return new Set(PARTS.filter((part) => paths.some((path) => known.broken.has(part) || CONCERNS[part](path, known))));
}
