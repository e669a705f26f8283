import type { APIGatewayProxyEvent } from "aws-lambda";
import { apiHandler } from "../../functions/shared/api-handler";
import { logger } from "../../functions/shared/logger";
import { ProblemError } from "../../functions/shared/problem-error";
import { jsonBody } from "../../functions/shared/request";
import { CONTEXT, invoke } from "./invoke";

const fine = apiHandler(async () => ({ statusCode: 200, body: { fine: true } }));
const broken = apiHandler(async () => {
  throw new Error("password is 1234");
});

beforeEach(() => {
  process.env.ALLOWED_ORIGINS = "https://shop.example.com, http://localhost:5173";
});
afterEach(() => jest.restoreAllMocks());

describe("apiHandler", () => {
  it.each([
    ["https://shop.example.com", "https://shop.example.com"],
    ["http://localhost:5173", "http://localhost:5173"],
    ["https://shop.example.com.evil.example", undefined],
    ["https://SHOP.example.com", undefined],
    ["null", undefined],
    ["", undefined],
  ])("allows the origin %s as %s, and always varies by it", async (origin, allowed) => {
    const { headers } = await invoke(fine, { headers: { origin } });

    expect(headers["Access-Control-Allow-Origin"]).toBe(allowed);
    expect(headers.Vary).toBe("Origin");
  });

  it.each(["https://shop.example.com", ""])("allows the origin '%s' not when none is set", async (origin) => {
    delete process.env.ALLOWED_ORIGINS;

    const { statusCode, headers } = await invoke(fine, { headers: { Origin: origin } });

    expect(statusCode).toBe(200);
    expect(headers).not.toHaveProperty("Access-Control-Allow-Origin");
  });

  it("answers a problem as JSON, with CORS", async () => {
    const handler = apiHandler(async () => {
      throw new ProblemError(409, "TAKEN", "it is taken");
    });

    const reply = await invoke(handler, { headers: { Origin: "https://shop.example.com" } });

    expect(reply).toMatchObject({ statusCode: 409, body: { code: "TAKEN", message: "it is taken" } });
    expect(reply.headers).toMatchObject({
      "Content-Type": "application/json",
      "Access-Control-Allow-Origin": "https://shop.example.com",
    });
  });

  it("logs an unexpected error and answers 500 without its text", async () => {
    const log = jest.spyOn(logger, "error").mockImplementation();

    const reply = await invoke(broken);

    expect(reply.statusCode).toBe(500);
    expect(reply.body).toEqual({ code: "INTERNAL_ERROR", message: "The request could not be processed." });
    expect(log).toHaveBeenCalledWith("failed", { error: expect.objectContaining({ message: "password is 1234" }) });
  });

  it("logs route and request ids, and no body", async () => {
    const lines: string[] = [];
    jest.spyOn(process.stdout, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0);
    logger.setLogLevel("INFO");
    const echo = apiHandler(async (event) => ({ statusCode: 200, body: jsonBody(event) }));

    await invoke(echo, { body: { secret: "card-number" } });

    logger.setLogLevel("SILENT");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
      message: "answered",
      statusCode: 200,
      route: "GET /test",
      function_request_id: "invocation-1",
      correlation_id: "request-1",
    });
    expect(lines.join()).not.toContain("card-number");
  });

  it("reads a body that API Gateway passes in base64", async () => {
    const echo = apiHandler(async (event) => ({ statusCode: 200, body: jsonBody(event) }));
    const event = { headers: null, body: Buffer.from('{"ä":1}').toString("base64"), isBase64Encoded: true };

    const result = await echo(event as unknown as APIGatewayProxyEvent, CONTEXT);

    expect(result.body).toBe('{"ä":1}');
  });
});
