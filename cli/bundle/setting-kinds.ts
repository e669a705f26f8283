/** What a setting may be. */
export interface Kind {
  /** As messages say it, with article. */
  readonly label: string;
  readonly accepts: (value: unknown) => boolean;
}

const text = (value: unknown): value is string => typeof value === "string";

export const isText: Kind = { label: "a text", accepts: text };

export const isTexts: Kind = {
  label: "a list of texts",
  accepts: (value) => Array.isArray(value) && value.every(text),
};

export const isYesOrNo: Kind = { label: "true or false", accepts: (value) => typeof value === "boolean" };

export const isNumber: Kind = {
  label: "a positive number",
  accepts: (value) => typeof value === "number" && value > 0,
};

/** One of some texts. */
export function isLiteralOf(values: readonly string[]): Kind {
  const label = `one of ${values.map((value) => `"${value}"`).join(", ")}`;
  return { label, accepts: (value) => text(value) && values.includes(value) };
}

/** A text that matches a pattern. */
export function isTextOf(pattern: RegExp, label: string): Kind {
  return { label, accepts: (value) => text(value) && pattern.test(value) };
}

/** An object whose values are all of one kind. */
export function isTextsByKey(kind: Kind): Kind {
  return {
    label: `an object whose values are each ${kind.label}`,
    accepts: (value) =>
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((it) => kind.accepts(it)),
  };
}
