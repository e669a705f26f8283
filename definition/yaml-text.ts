import type { Json } from "./json";

/** Parses YAML 1.2, merge keys included. @throws Error for what is no YAML, or has tags of its own */
export function parseYaml(text: string): Json {
  // Loaded here because it takes 30 ms, and most programs read no YAML.
  const { parseDocument } = require("yaml") as typeof import("yaml");
  const document = parseDocument(text, { merge: true, logLevel: "silent" });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw problem;
  return (document.toJS() ?? null) as Json;
}
