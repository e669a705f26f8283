import { hexSha256 } from "../../definition/hex-sha256";
import type { Json } from "../../definition/json";
import { isObject } from "../../definition/json-access";
import { present } from "../../definition/present";
import type { Difference } from "./difference";

/** Names whose values nobody wants in the log of a pipeline. */
const SECRET =
  /^environment\.|(?:secret|password|passwd|token|api[-_]?key|credential|private[-_]?key)[^.]*$|\.header\.authorization$/i;
/** Names that only sound like it: what stands there are names, ARNs and flags. */
const HARMLESS =
  /^(?:apiKeyRequired|apiKeySource|authorizers\.[^.]+(?:\.credentials)?|gatewayResponses\.[^.]+|integration\.(?:credentials|cacheKeyParameters)|models\..+|permissions\..+|requestParameters\..+|requestValidators\..+)$/;

/** A difference as it may be printed: secrets become a digest, which still tells whether two are equal. */
export function masked(difference: Difference): Difference {
  if (!isSecret(difference.field)) return difference;
  return present({
    ...difference,
    declared: maskedValue(difference.declared),
    deployed: maskedValue(difference.deployed),
  });
}

function isSecret(field: string): boolean {
  return SECRET.test(field) && !HARMLESS.test(field);
}

function maskedValue(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => maskedValue(item) ?? null);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskedValue(item) ?? null]));
  return `(masked ${hexSha256(String(value)).slice(0, 8)})`;
}
