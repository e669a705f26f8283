import type { ZodType } from "zod";
import type { $ZodTypes, JSONSchema } from "zod/v4/core";
import type { Json } from "../../definition/json";
import { plainSchema } from "./json-schema";
import type { Obstacle } from "./model-keywords";
import { NO_FORM } from "./model-schema";

/** The input side of a zod schema as draft 4, with marks where zod would leave something out without a word. */
export function schemaFromZod(schema: ZodType): Json {
  if (!("_zod" in Object(schema))) throw new TypeError("it is no schema of zod 4");
  // Loaded here because it takes a sixth of the time that all constructs take, and many programs have no such schema.
  const { toJSONSchema } = require("zod") as typeof import("zod");
  return plainSchema(
    toJSONSchema(schema, {
      target: "draft-4",
      io: "input",
      reused: "inline",
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => {
        const obstacle = obstacleIn(zodSchema);
        if (obstacle !== undefined) Object.assign(jsonSchema, { [NO_FORM]: obstacle });
        else if (zodSchema._zod.def.type === "record") nameKeys(jsonSchema, keysOf(zodSchema));
      },
    }),
  );
}

/** zod's types that no JSON text has, and those whose input is not known. */
const WITHOUT_FORM: Readonly<Record<string, string>> = {
  bigint: "use z.int(), or a text of digits",
  catch: "use default(): a value that is wrong is refused by the gateway",
  custom: "describe what a client sends as JSON",
  date: "use z.iso.datetime()",
  file: "use z.base64()",
  function: "describe what a client sends as JSON",
  map: "use z.record()",
  nan: "describe what a client sends as JSON",
  promise: "describe what a client sends as JSON",
  set: "use z.array()",
  symbol: "describe what a client sends as JSON",
  transform: "describe what a client sends as JSON, and transform with pipe() or transform() afterwards",
  undefined: "use optional()",
  void: "use optional()",
};

function obstacleIn(schema: $ZodTypes): Obstacle | undefined {
  const { def } = schema._zod;
  const instead = WITHOUT_FORM[def.type === "pipe" ? def.in._zod.def.type : def.type];
  if (instead !== undefined) return { what: `z.${def.type === "pipe" ? "preprocess" : def.type}()`, instead };
  if (Reflect.get(def, "coerce") === true) {
    return {
      what: `z.coerce.${def.type}()`,
      instead: `use z.${def.type}(): the gateway checks what clients send as it is`,
    };
  }
  if (def.type === "literal" && def.values.some((value) => value === undefined || typeof value === "bigint")) {
    return { what: "a literal that JSON does not have", instead: "use a text, a number, a boolean or null" };
  }
  if (def.type === "record" && keysOf(schema) === "checked") {
    return {
      what: "names of members that are checked",
      instead: "use z.record(z.string(), …), or names from z.enum()",
    };
  }
  return flaggedPattern(schema) ?? checkAfterChange(schema);
}

/** JSON Schema has patterns without flags. */
function flaggedPattern({ _zod: { def } }: $ZodTypes): Obstacle | undefined {
  const patterns = [Reflect.get(def, "pattern"), ...checksOf(def).map((check) => check.pattern)];
  const flagged = patterns.find((pattern) => pattern instanceof RegExp && /[imsuvy]/.test(pattern.flags));
  if (flagged === undefined) return undefined;
  return { what: `the pattern ${String(flagged)} with its flags`, instead: "write [Aa] instead of /a/i, and so on" };
}

/** `trim().max(3)` looks at what is left, and the gateway at what was sent. */
function checkAfterChange({ _zod: { def } }: $ZodTypes): Obstacle | undefined {
  const checks = checksOf(def).map(({ check }) => check);
  const change = checks.indexOf("overwrite");
  if (change === -1 || checks.slice(change).every((check) => check === "overwrite" || check === "custom"))
    return undefined;
  return {
    what: "a check after trim(), toLowerCase() or the like",
    instead: "put the checks first, or check in the handler: the gateway looks at the text as it was sent",
  };
}

interface CheckDefinition {
  readonly check?: unknown;
  readonly pattern?: unknown;
}

function checksOf(def: object): readonly CheckDefinition[] {
  const checks: unknown = Reflect.get(def, "checks");
  if (!Array.isArray(checks)) return [];
  return checks.map((check: { readonly _zod: { readonly def: CheckDefinition } }) => check._zod.def);
}

/** The names that a record may have: any, those of a set, or those that pass a check. */
function keysOf({ _zod: { def } }: $ZodTypes): "any" | "checked" | readonly string[] {
  if (def.type !== "record") return "any";
  const { values, def: key } = def.keyType._zod;
  if (values !== undefined) return [...values].map(String);
  const isPlain = key.type === "string" && checksOf(key).length === 0 && !("format" in key);
  return isPlain ? "any" : "checked";
}

/** zod's draft 4 says of a record with names from a set that they are required, and not that there are no others. */
function nameKeys(schema: JSONSchema.BaseSchema, keys: ReturnType<typeof keysOf>): void {
  if (typeof keys === "string") return;
  schema.properties = Object.fromEntries(keys.map((key) => [key, schema.additionalProperties ?? {}]));
  schema.additionalProperties = false;
}
