import { BackendUnreachable } from "../../../local/host/host";
import { explain } from "../../../local/refusals/explain";
import { GatewayError } from "../../../local/refusals/gateway-error";

describe("explain", () => {
  it("names the first cause of an unreachable backend, and where to say what answers instead", () => {
    const refused = new Error("connect ECONNREFUSED 127.0.0.1:9000");
    const cause = new BackendUnreachable("GET http://127.0.0.1:9000/", { cause: refused });

    expect(explain(new GatewayError("BACKEND_UNREACHABLE", { cause }))).toBe(
      "Network error communicating with endpoint; connect ECONNREFUSED 127.0.0.1:9000; " +
        'on localhost, "origins" of headgate.local.json says what answers instead of a backend',
    );
  });

  it("leaves out the lines in which AWS shows what should have been signed", () => {
    const error = new GatewayError("INVALID_SIGNATURE", { message: "No match.\n\nThe String …", reason: "why" });

    expect(explain(error)).toBe("No match; why");
  });

  it("names what of a body is wrong", () => {
    const error = new GatewayError("INVALID_BODY", { validationError: "[object has missing required properties]" });

    expect(explain(error)).toBe("Invalid request body; [object has missing required properties]");
  });
});
