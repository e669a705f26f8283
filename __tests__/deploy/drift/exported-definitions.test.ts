import * as fc from "fast-check";
import { mapValues } from "../../../definition/openapi/members";
import { toOpenApi } from "../../../definition/openapi/write";
import type { RestApiDefinition } from "../../../definition/rest-api";
import { compareSnapshot } from "../../../deploy/drift/compare-snapshots";
import { restApi } from "../../support/definition-arbitrary";
import { exportDocument } from "../../support/twin/export-document";
import { ResourceTree } from "../../support/twin/resource-tree";
import type { RestApiProperties, RestApiRecord } from "../../support/twin/rest-api";

const RUNS = 100;

describe("an export of what is declared", () => {
  it("differs in nothing, whatever is declared", () => {
    fc.assert(
      fc.property(restApi.map(withJsonBodies), (api) => {
        const definition = { address: "aws_api_gateway_rest_api.shop", id: "a1b2c3", api, stages: [] };

        const { differences } = compareSnapshot("shop/v1", definition, undefined, {
          stage: {},
          document: exported(api),
        });

        expect(differences).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

/** AWS exports no other bodies. */
function withJsonBodies(api: RestApiDefinition): RestApiDefinition {
  const ofJson = (models: Readonly<Record<string, string>>): Record<string, string> => {
    const [model] = Object.values(models);
    return model === undefined || !Object.hasOwn(api.models, model) ? {} : { "application/json": model };
  };
  return {
    ...api,
    methods: api.methods.map((method) => ({
      ...method,
      requestModels: ofJson(method.requestModels),
      methodResponses: mapValues(method.methodResponses, (response) => ({
        ...response,
        responseModels: ofJson(response.responseModels),
      })),
    })),
  };
}

function exported(api: RestApiDefinition) {
  const properties: RestApiProperties = {
    ...{ name: api.name, binaryMediaTypes: [], apiKeySource: "HEADER", disableExecuteApiEndpoint: false, tags: {} },
    endpointConfiguration: { types: ["REGIONAL"], vpcEndpointIds: [], ipAddressType: "ipv4" },
  };
  const record: RestApiRecord = {
    ...{ id: "a1b2c3", region: "eu-west-1", rootResourceId: "r", createdDate: 0, properties },
    ...{ resources: new ResourceTree("r"), deployments: new Map(), stages: new Map() },
  };
  const document = toOpenApi(api);
  const deployment = { id: "d", createdDate: 0, snapshot: { properties, document } };
  return exportDocument({
    ...{ api: record, stageName: "v1", deployment, document },
    extensions: ["apigateway", "authorizers"],
  });
}
