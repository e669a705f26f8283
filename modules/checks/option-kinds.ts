import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { isRecord } from "../../definition/json-access";
import { nearestName } from "../nearest-name";
import { recordFinding } from "./findings";

/** What values an option takes. */
export interface Kind {
  /** As in `must be <words>`. */
  readonly words: string;
  readonly accepts: (value: unknown) => boolean;
  /** Of an object that is a set of options itself. */
  readonly members?: Readonly<Record<string, Kind>>;
}

/** One kind for each option of an interface: the compiler asks for all of them, and for no others. */
export type Kinds<Options> = { readonly [Name in keyof Options]-?: Kind };

export const BOOLEAN: Kind = { words: "true or false", accepts: (value) => typeof value === "boolean" };
export const NUMBER: Kind = { words: "a number", accepts: (value) => typeof value === "number" };
export const TEXT: Kind = { words: "a text", accepts: (value) => typeof value === "string" };
export const LIST: Kind = { words: "a list", accepts: (value) => Array.isArray(value) };
export const OBJECT: Kind = { words: "an object", accepts: isRecord };
export const DURATION: Kind = having("a Duration, as in Duration.seconds(20)", "toMilliseconds");
export const INTEGRATION: Kind = having("an integration, as in new LambdaIntegration(handler)", "bind");

export const FUNCTION: Kind = {
  words: "a function, as in new NodejsFunction(…), or { arn }",
  accepts: (value) => isRecord(value) && ["aliasArn", "functionName", "arn"].some((member) => member in value),
};

export const THROTTLE: Kind = {
  words: '{ rateLimit, burstLimit } with two numbers, "account-limit" or "blocked"',
  accepts: (value) =>
    value === "account-limit" ||
    value === "blocked" ||
    (isRecord(value) && ["rateLimit", "burstLimit"].every(isIn(value))),
};

/** One of a closed set of texts. */
export function oneOf(values: readonly string[]): Kind {
  const words = values.map((value) => `"${value}"`).join(" or ");
  return { words, accepts: (value) => typeof value === "string" && values.includes(value) };
}

/** Either of two kinds. */
export function either(one: Kind, other: Kind): Kind {
  return {
    words: `${one.words} or ${other.words}`,
    accepts: (value) => one.accepts(value) || other.accepts(value),
  };
}

/** An object with certain members, such as the methods of a class. */
export function having(words: string, ...members: readonly string[]): Kind {
  return { words, accepts: (value) => isRecord(value) && members.every((member) => member in value) };
}

/** An object with options of its own. */
export function options<Options>(members: Kinds<Options>): Kind {
  const words = `an object with ${Object.keys(members).join(", ")}`;
  return { words, accepts: isRecord, members: { ...members } };
}

/**
 * The options without those that are of another kind than they may be, or that do not exist: each of them is recorded.
 * The compiler finds both, but `tsx`, which runs an app, compiles without looking at types.
 * @param place whose options they are, in the caller's words
 */
export function acceptedOptions<Options extends object>(
  scope: IConstruct,
  place: string,
  kinds: Kinds<Options>,
  given: Options,
): Options {
  const known: Readonly<Record<string, Kind>> = { ...kinds };
  return accepted({ scope, place }, known, given) as Options;
}

/** The same for options of which only some are described: what has another name is left as it is. */
export function withoutWrongKinds<Options extends object>(
  scope: IConstruct,
  place: string,
  kinds: Partial<Kinds<Options>>,
  given: Options,
): Options {
  const described = Object.entries(given).filter(([name]) => Object.hasOwn(kinds, name));
  const others = Object.entries(given).filter(([name]) => !Object.hasOwn(kinds, name));
  const known = kinds as Readonly<Record<string, Kind>>;
  return {
    ...Object.fromEntries(others),
    ...accepted({ scope, place }, known, Object.fromEntries(described)),
  } as Options;
}

interface Place {
  readonly scope: IConstruct;
  readonly place: string;
}

function accepted({ scope, place }: Place, kinds: Readonly<Record<string, Kind>>, given: object): object {
  const entries = Object.entries(given).flatMap(([name, value]): (readonly [string, unknown])[] => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (value === undefined) return kind === undefined ? [] : [[name, value]];
    if (kind === undefined) {
      recordFinding(scope, unknownOption(scope, { place, name, names: Object.keys(kinds) }));
      return [];
    }
    if (Token.isUnresolved(value)) return [[name, value]];
    if (!kind.accepts(value)) {
      recordFinding(scope, wrongKind(scope, { place: `${name} of ${place}`, kind, value }));
      return [];
    }
    if (kind.members === undefined) return [[name, value]];
    return [[name, accepted({ scope, place: `${name} of ${place}` }, kind.members, Object(value))]];
  });
  return Object.fromEntries(entries);
}

interface WrongValue {
  readonly place: string;
  readonly kind: Kind;
  readonly value: unknown;
}

/** `OPTION_KIND_WRONG`: a value of another kind than its place takes. */
export function wrongKind({ node }: IConstruct, { place, kind, value }: WrongValue): ConfigurationError {
  return new ConfigurationError(
    "OPTION_KIND_WRONG",
    node.path,
    `${place} must be ${kind.words}, got ${described(value)}`,
    `pass ${kind.words}; \`npx tsc --noEmit\` finds such values`,
  );
}

function unknownOption(
  { node }: IConstruct,
  { place, name, names }: { readonly place: string; readonly name: string; readonly names: readonly string[] },
): ConfigurationError {
  return new ConfigurationError(
    "OPTION_UNKNOWN",
    node.path,
    `${place} has no option ${name}; the nearest is ${nearestName(name, names)}`,
    "correct the name, or remove the option; `npx tsc --noEmit` finds such names",
  );
}

function described(value: unknown): string {
  if (typeof value === "function") return value.name === "" ? "a function" : `the function or class ${value.name}`;
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? String(value);
  const { name } = Object(value).constructor ?? {};
  return name === undefined || name === "Object"
    ? `an object with ${Object.keys(value).join(", ") || "nothing"}`
    : `a ${name}`;
}

function isIn(value: object): (member: string) => boolean {
  return (member) => typeof Reflect.get(value, member) === "number";
}
