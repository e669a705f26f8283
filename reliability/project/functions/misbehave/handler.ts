import { setTimeout as pause } from "node:timers/promises";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";

const FINE: APIGatewayProxyResult = { statusCode: 200, body: "fine" };
const never = () => new Promise<never>(() => {});

/** What a handler should not do, by name. */
const WAYS: Readonly<Record<string, () => Promise<APIGatewayProxyResult>>> = {
  exit: async () => process.exit(1),
  hang: async () => {
    for (;;);
  },
  flood: async () => {
    for (let line = 0; line < 200_000; line++) console.log("x".repeat(100));
    return FINE;
  },
  allocate: async () => {
    const kept: object[] = [];
    for (;;) kept.push({ kept: kept.length });
  },
  buffers: async () => {
    const kept: Buffer[] = [];
    for (;;) kept.push(Buffer.alloc(4_000_000, 1));
  },
  "throw-late": async () => {
    setTimeout(() => {
      throw new Error("late");
    }, 10);
    return never();
  },
  "be-slow": async () => {
    await pause(3_000);
    return FINE;
  },
};

export const handler = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const way = WAYS[event.queryStringParameters?.how ?? ""];
  return way === undefined ? FINE : way();
};
