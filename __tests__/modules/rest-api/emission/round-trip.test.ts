import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Construct } from "constructs";
import * as fc from "fast-check";
import type { JsonObject } from "../../../../definition/json";
import type { RestApiDefinition } from "../../../../definition/rest-api";
import { readStackJson } from "../../../../definition/terraform/read-stack";
import { type ApiDocument, writeDocument } from "../../../../modules/rest-api/document";
import { EMISSIONS, type EmissionName, type EmittedApi } from "../../../../modules/rest-api/emission/emission";
import { EMISSION_BY_NAME } from "../../../../modules/rest-api/emission/emission-by-name";
import { attributeText, attributeTexts } from "../../../../modules/terraform-text";
import { synthApi } from "../../../../modules/testing";
import { restApi } from "../../../support/definition-arbitrary";

/** An API that is whatever definition it gets. */
class GivenApi extends Construct implements EmittedApi {
  readonly restApi: ApiGatewayRestApi;

  constructor(
    scope: Construct,
    private readonly given: RestApiDefinition,
    emission: EmissionName,
  ) {
    super(scope, "Api");
    const { apiArguments, emit } = EMISSION_BY_NAME[emission];
    this.restApi = new ApiGatewayRestApi(this, "Resource", {
      name: attributeText(this, given.name),
      ...(given.description === undefined ? {} : { description: attributeText(this, given.description) }),
      tags: attributeTexts(this, given.tags),
      ...apiArguments(() => given, { types: [given.endpointType] }),
    });
    emit(this);
  }

  get restApiId(): string {
    return this.restApi.id;
  }

  definition(): RestApiDefinition {
    return this.given;
  }

  document(): ApiDocument {
    return writeDocument(this, this.given);
  }
}

async function readBack(given: RestApiDefinition, emission: EmissionName): Promise<RestApiDefinition | undefined> {
  const terraform = synthApi((stack) => new GivenApi(stack, given, emission));
  const { apis } = await readStackJson(JSON.parse(JSON.stringify(terraform)) as JsonObject, "root");
  return apis[0]?.api;
}

describe.each(EMISSIONS)("the emission %s", (emission) => {
  it("gives any definition back through a synthesized root", async () => {
    await fc.assert(
      fc.asyncProperty(restApi, async (given) => {
        expect(await readBack(given, emission)).toEqual(JSON.parse(JSON.stringify(given).normalize("NFC")));
      }),
      { numRuns: 30 },
    );
  });
});
