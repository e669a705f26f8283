import { acknowledgeWarning, type HeadgateStack, MockIntegration, RestApi } from "../../modules";
import { warningsOf } from "./support/warnings";

/** An API with two routes that AWS would change the header of. */
function apiWithTwoWarnings(stack: HeadgateStack): { readonly api: RestApi; readonly other: RestApi } {
  const responseParameters = { "method.response.header.Server": "'mine'" };
  const integration = new MockIntegration({ integrationResponses: [{ statusCode: "200", responseParameters }] });
  const [api, other] = ["Api", "Other"].map((id) => new RestApi(stack, id, { restApiName: id }));
  if (api === undefined || other === undefined) throw new Error("expected two APIs");
  for (const it of [api, other]) it.route("GET /a", integration);
  return { api, other };
}

function codesOf(warnings: readonly string[]): readonly string[] {
  return warnings.map((warning) => warning.split(":")[0] ?? "");
}

describe("acknowledgeWarning", () => {
  it("silences a warning for a construct and those below it, and for no other", () => {
    const warnings = warningsOf((stack) => {
      acknowledgeWarning(apiWithTwoWarnings(stack).api, "HEADER_REMAPPED", "clients read the remapped name");
    });

    expect(codesOf(warnings)).toEqual(["HEADER_REMAPPED"]);
    expect(warnings[0]).toContain("test/Other");
  });

  it("silences it for a whole stack", () => {
    const warnings = warningsOf((stack) => {
      acknowledgeWarning(stack, "HEADER_REMAPPED", "clients read the remapped name");
      apiWithTwoWarnings(stack);
    });

    expect(warnings).toEqual([]);
  });

  it("leaves other warnings as they are", () => {
    const warnings = warningsOf((stack) => {
      acknowledgeWarning(stack, "CACHE_CLUSTER_UNUSED", "the cluster is warmed up for tomorrow");
      apiWithTwoWarnings(stack);
    });

    expect(codesOf(warnings)).toEqual(["HEADER_REMAPPED", "HEADER_REMAPPED"]);
  });
});
