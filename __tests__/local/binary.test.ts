import { convertRequest, convertResponse, type Payload } from "../../local/integrations/content-handling";
import { custom, fakeHost, gatewayFor, integrationResponse, method, send } from "../support/gateway";

const RAW = Buffer.from([31, 139, 8, 0]);
const ENCODED = Buffer.from(RAW.toString("base64"));

const shown = (payload: Payload) => (payload.kind === "text" ? payload.text : payload.bytes);

describe("content handling", () => {
  it.each([
    { binary: true, handling: undefined, input: RAW, output: RAW },
    { binary: true, handling: "CONVERT_TO_TEXT", input: RAW, output: RAW.toString("base64") },
    { binary: true, handling: "CONVERT_TO_BINARY", input: RAW, output: RAW },
    { binary: false, handling: undefined, input: RAW, output: "\u001f\ufffd\b\u0000" },
    { binary: false, handling: "CONVERT_TO_TEXT", input: RAW, output: "\u001f\ufffd\b\u0000" },
    { binary: false, handling: "CONVERT_TO_BINARY", input: ENCODED, output: RAW },
    { binary: true, handling: "CONVERT_TO_BINARY", input: Buffer.alloc(0), output: "" },
  ] as const)("of a request, binary type $binary and $handling", ({ binary, handling, input, output }) => {
    expect(shown(convertRequest(input, binary, handling))).toEqual(output);
  });

  it.each([
    { binary: true, accepts: true, handling: undefined, input: RAW, output: RAW },
    { binary: true, accepts: false, handling: undefined, input: RAW, output: RAW.toString("base64") },
    { binary: true, accepts: true, handling: "CONVERT_TO_TEXT", input: RAW, output: RAW.toString("base64") },
    { binary: true, accepts: false, handling: "CONVERT_TO_BINARY", input: RAW, output: RAW },
    { binary: false, accepts: true, handling: undefined, input: ENCODED, output: RAW },
    { binary: false, accepts: false, handling: undefined, input: RAW, output: "\u001f\ufffd\b\u0000" },
    { binary: false, accepts: true, handling: "CONVERT_TO_TEXT", input: ENCODED, output: ENCODED.toString() },
    { binary: false, accepts: false, handling: "CONVERT_TO_BINARY", input: ENCODED, output: RAW },
  ] as const)(
    "of a response, binary type $binary, binary Accept $accepts and $handling",
    ({ binary, accepts, handling, input, output }) => {
      expect(shown(convertResponse(input, binary, accepts, handling))).toEqual(output);
    },
  );

  it("fails when what must be decoded is not base64", () => {
    expect(() => convertRequest(RAW, false, "CONVERT_TO_BINARY")).toThrow("Internal server error");
    expect(() => convertResponse(RAW, false, true, undefined)).toThrow("Internal server error");
  });
});

describe("binary bodies", () => {
  it("cannot enter a template in either direction", async () => {
    const requestSide = custom("HTTP", { requestTemplates: { "image/png": "x" } });
    const responseSide = custom("HTTP", {
      responses: [
        integrationResponse({ contentHandling: "CONVERT_TO_BINARY", responseTemplates: { "application/json": "x" } }),
      ],
    });
    const gateway = gatewayFor(
      {
        binaryMediaTypes: ["image/png"],
        methods: [
          method({ httpMethod: "POST", integration: requestSide }),
          method({ resourcePath: "/response", integration: responseSide }),
        ],
      },
      { host: fakeHost({ fetch: () => ({ body: ENCODED }) }) },
    );

    const sent = await send(gateway, { method: "POST", headers: [["Content-Type", "image/png"]], body: RAW });
    const received = await send(gateway, { target: "/v1/response" });

    expect([sent.status, received.status]).toEqual([500, 500]);
  });
});
