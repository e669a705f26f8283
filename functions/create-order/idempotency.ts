import { createHash, randomBytes } from "node:crypto";
import type { CreateOrder } from "../../contracts/order";
import { ProblemError } from "../shared/problem-error";

const LONGEST_KEY = 255;
const ORDER_ID_LENGTH = 32;

/** The key of a request, from its `Idempotency-Key` header; undefined without one. */
export function idempotencyKey(headerValue: string | undefined): string | undefined {
  if (headerValue === undefined) return undefined;
  const key = headerValue.trim();
  if (key === "" || key.length > LONGEST_KEY) {
    throw new ProblemError(400, "IDEMPOTENCY_KEY_INVALID", `Idempotency-Key must have 1 to ${LONGEST_KEY} characters`);
  }
  return key;
}

/** 32 hexadecimal digits: the same for the same customer and key, random without a key. */
export function orderIdFor(customerId: string, key: string | undefined): string {
  const digits = key === undefined ? randomBytes(ORDER_ID_LENGTH / 2).toString("hex") : sha256([customerId, key]);
  return digits.slice(0, ORDER_ID_LENGTH);
}

/** Hash of what a request means: the order of properties and white space do not change it. */
export function requestHash({ customerId, items, note }: CreateOrder): string {
  return sha256([customerId, items.map(({ productId, quantity }) => [productId, quantity]), note ?? null]);
}

function sha256(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
