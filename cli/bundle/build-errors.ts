import type { BuildFailure, Message } from "esbuild";
import { ConfigurationError } from "../../definition/configuration-error";

/** Turns what esbuild rejects with into the user's mistake; anything else comes back as it is. */
export function asConfigurationError(error: unknown): unknown {
  if (!isBuildFailure(error)) return error;
  const [first, ...others] = error.errors;
  if (!first) return error;
  const unresolved = first.text.startsWith("Could not resolve");
  return new ConfigurationError(
    unresolved ? "IMPORT_UNRESOLVED" : "HANDLER_DOES_NOT_COMPILE",
    place(first) ?? "esbuild",
    [firstLine(first.text), ...others.map(describe)].join("\n  also: "),
    unresolved ? "correct the path, or install the package" : "correct the source and bundle again",
    { cause: error },
  );
}

/** One line: `functions/get-order/handler.ts:3:14: Expected ";" but found "x"`. */
export function describe(message: Message): string {
  const where = place(message);
  return where ? `${where}: ${firstLine(message.text)}` : firstLine(message.text);
}

function place({ location }: Message): string | undefined {
  return location ? `${location.file}:${location.line}:${location.column + 1}` : undefined;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
