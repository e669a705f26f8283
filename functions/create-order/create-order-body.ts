import type { CreateOrder, OrderLine } from "../../contracts/order";
import { ProblemError } from "../shared/problem-error";

/**
 * The body as the contract's type. API Gateway checks it against the contract's model first; this one stands behind it for whoever invokes the
 * function directly, without zod in the bundle. A test compares it with the contract.
 */
export function checkedCreateOrder(body: unknown): CreateOrder {
  const problem = problemOf(body);
  if (problem) throw new ProblemError(400, "BODY_INVALID", problem);
  return body as CreateOrder;
}

function problemOf(body: unknown): string | undefined {
  if (!isRecord(body, ["customerId", "items", "note"])) {
    return "the body must be an object with customerId, items and optionally note";
  }
  if (!isText(body.customerId, 1, 64)) return "customerId must be a string of 1 to 64 characters";
  if (body.note !== undefined && !isText(body.note, 0, 500)) return "note must be a string of at most 500 characters";
  if (!Array.isArray(body.items) || body.items.length < 1 || body.items.length > 25) {
    return "items must be a list of 1 to 25 lines";
  }
  const wrong = body.items.findIndex((line) => !isOrderLine(line));
  if (wrong >= 0) return `items[${wrong}] must have productId (1 to 64 characters) and quantity (integer, 1 to 1000)`;
  return undefined;
}

function isOrderLine(line: unknown): line is OrderLine {
  if (!isRecord(line, ["productId", "quantity"])) return false;
  const { productId, quantity } = line;
  return isText(productId, 1, 64) && Number.isInteger(quantity) && Number(quantity) >= 1 && Number(quantity) <= 1000;
}

function isRecord(value: unknown, properties: readonly string[]): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).every((key) => properties.includes(key))
  );
}

function isText(value: unknown, shortest: number, longest: number): boolean {
  // DynamoDB stores UTF-8, which has no lone surrogates.
  return typeof value === "string" && value.length >= shortest && value.length <= longest && value.isWellFormed();
}
