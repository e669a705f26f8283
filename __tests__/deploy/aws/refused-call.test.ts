import { refusedBy } from "../../../deploy/aws/refused-call";

function refusal(name: string, message = "said so", code?: string): unknown {
  try {
    return refusedBy("orders-dev", "GetStages of a1b2c3")(Object.assign(new Error(message), { name, code }));
  } catch (error) {
    return error;
  }
}

describe("refusedBy", () => {
  it.each([
    "CredentialsProviderError",
    "TokenProviderError",
    "ExpiredTokenException",
    "ExpiredToken",
    "InvalidClientTokenId",
  ])("tells missing or expired credentials by %s", (name) => {
    expect(refusal(name)).toMatchObject({
      code: "AWS_CREDENTIALS_MISSING",
      place: "orders-dev",
      problem: "there are no AWS credentials that are valid: said so",
    });
  });

  it.each([
    ["ECONNREFUSED", "Error"],
    ["ENOTFOUND", "Error"],
    ["ECONNREFUSED", "AggregateError"],
    [undefined, "TimeoutError"],
  ])("tells an AWS that does not answer by %s of an %s", (code, name) => {
    expect(refusal(name, "", code)).toMatchObject({
      code: "AWS_UNREACHABLE",
      problem: `AWS could not be reached for GetStages of a1b2c3: ${code ?? name}`,
      fix: expect.stringMatching(/network.*region.*AWS_ENDPOINT_URL/),
    });
  });

  it("names the call, what AWS said, and the rights that are needed", () => {
    expect(refusal("AccessDeniedException")).toMatchObject({
      code: "AWS_CALL_REFUSED",
      problem: "AWS refused GetStages of a1b2c3: AccessDeniedException: said so",
      fix: expect.stringContaining("apigateway:GET"),
    });
  });
});
