import type { Observation } from "../observation";

/** Something that the gateway says; tools read it by `kind`. */
export type LogEntry =
  | { readonly kind: "note" | "warning" | "error"; readonly text: string }
  /** The gateway is up, or serves something new. `text` is for people, `facts` are for tools. */
  | { readonly kind: "started"; readonly text: string; readonly facts: StartedFacts }
  | ({ readonly kind: "request" } & Observation)
  /** A line of a stage's access log, in the format that the stage declares. */
  | { readonly kind: "access"; readonly stage: string; readonly line: string }
  /** A line of a stage's execution log. */
  | { readonly kind: "execution"; readonly stage: string; readonly line: string }
  /** What a function prints, and Lambda's START, END and REPORT lines. */
  | { readonly kind: "function"; readonly functionName: string; readonly line: string };

/** Where everything listens. */
export interface StartedFacts {
  readonly stack: string;
  /** URLs of the stages. */
  readonly stages: readonly string[];
  /** URL of the admin port. */
  readonly admin: string;
  readonly services: Readonly<Record<string, string>>;
  /** What is not emulated, as lines of the list that people see. */
  readonly notEmulated: readonly string[];
  /** Where debuggers of functions connect to. */
  readonly debuggers: readonly { readonly functionName: string; readonly address: string }[];
  /** Declared runtimes that are not the local Node.js, as people see them. */
  readonly runtimes: readonly string[];
}

/** Takes what is said. */
export type Log = (entry: LogEntry) => void;

/** How entries are written: for people, or one JSON object per line. */
export const LOG_FORMATS = ["pretty", "json"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];
