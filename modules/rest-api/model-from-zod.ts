import { toJSONSchema, type ZodType } from "zod";
import type { JsonObject } from "../../definition/json";

export function modelSchema(_modelName: string, schema: ZodType): JsonObject {
  return JSON.parse(JSON.stringify(toJSONSchema(schema, { target: "draft-4", io: "input" })));
}
