import type { FunctionDefinition } from "../../definition/function";

/** What functions are, and what they run with. */
export interface FunctionsOptions {
  readonly functions: readonly FunctionDefinition[];
  /** Folder that `packageFile` of the functions is relative to. */
  readonly stackFolder: string;
  /** Folder that commands run in, and that has source maps. @default - there are no maps, and commands run in the current one */
  readonly projectRoot?: string;
  /** Variables for every function: endpoints of services, credentials. */
  readonly environment: Readonly<Record<string, string>>;
  /** By function name, from the local file. */
  readonly overrides?: Readonly<Record<string, FunctionOverrides>>;
  readonly region: string;
  /** Names of functions that run with the inspector, in one process each. */
  readonly inspected?: readonly string[];
  /**
   * Takes what functions print, and Lambda's START, END and REPORT lines.
   * @default - dropped
   */
  readonly log?: (line: string, functionName: string) => void;
  /** @default Date.now */
  readonly now?: () => number;
}

export interface FunctionOverrides {
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the function runs already: its Invoke API. */
  readonly url?: string;
  /** Program that runs the function, by Lambda's Runtime API. */
  readonly command?: string;
}
