import { masked } from "../../../deploy/drift/mask";

const valuesOf = (field: string) => {
  const { declared, deployed } = masked({ place: "shop", field, declared: "old", deployed: "new" });
  return [declared, deployed];
};

describe("masked", () => {
  it.each([
    "environment.GREETING",
    "variables.api_token",
    "variables.credentials",
    "variables.dbPassword",
    "tags.secret-name",
    "integration.requestParameters.integration.request.header.Authorization",
    "integration.requestParameters.integration.request.header.x-api-key",
  ])("shows a digest for %s", (field) => {
    expect(valuesOf(field)).toEqual([
      expect.stringMatching(/^\(masked [0-9a-f]{8}\)$/),
      expect.stringMatching(/^\(masked [0-9a-f]{8}\)$/),
    ]);
  });

  it.each([
    "apiKeyRequired",
    "apiKeySource",
    "authorizers.tokenAuth",
    "authorizers.token.credentials",
    "authorizers.token.uri",
    "gatewayResponses.EXPIRED_TOKEN",
    "integration.credentials",
    "integration.uri",
    "requestParameters.method.request.header.X-Api-Key",
  ])("shows the value of %s", (field) => {
    expect(valuesOf(field)).toEqual(["old", "new"]);
  });

  it("masks what is inside, and keeps what is absent apart", () => {
    const difference = { place: "shop", field: "environment.KEYS", declared: { a: ["x"], b: null } };

    expect(masked(difference)).toEqual({
      ...difference,
      declared: { a: [expect.stringContaining("masked")], b: null },
    });
  });
});
