import * as fc from "fast-check";

import { canonicalJson } from "../../../definition/canonical-json";
import type { JsonObject } from "../../../definition/json";
import { fromOpenApi } from "../../../definition/openapi/read";
import { toOpenApi } from "../../../definition/openapi/write";
import { readStackJson } from "../../../definition/terraform/read-stack";
import { escapeTemplate } from "../../../definition/terraform/template";
import { restApi } from "../../support/definition-arbitrary";

describe("toOpenApi and fromOpenApi", () => {
  it("give back any definition in normal form", () => {
    fc.assert(
      fc.property(restApi, (api) => {
        const document = JSON.parse(canonicalJson(toOpenApi(api))) as JsonObject;

        const back = fromOpenApi(document, { endpointType: api.endpointType, tags: api.tags });

        expect(back).toEqual(api);
      }),
    );
  });

  it("give it back through the template of a Terraform root", async () => {
    await fc.assert(
      fc.asyncProperty(restApi, async (api) => {
        const resource = {
          aws_api_gateway_rest_api: {
            api: { endpoint_configuration: { types: [api.endpointType] }, tags: escapeMembers(api.tags) },
          },
          aws_api_gateway_rest_api_put: {
            document: {
              rest_api_id: "${aws_api_gateway_rest_api.api.id}",
              body: escapeTemplate(canonicalJson(toOpenApi(api))),
            },
          },
        };

        const { apis } = await readStackJson(JSON.parse(JSON.stringify({ resource })), "root");

        expect(apis[0]?.api).toEqual(JSON.parse(JSON.stringify(api).normalize("NFC")));
      }),
    );
  });

  it("give every operation an id of its own, declared path parameters and at least one response", () => {
    fc.assert(
      fc.property(restApi, (api) => {
        const { paths } = toOpenApi(api) as unknown as Document;

        const operations = Object.entries(paths).flatMap(([path, item]) =>
          Object.values(item).map((operation) => ({ path, operation })),
        );

        expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(api.methods.length);
        for (const { path, operation } of operations) {
          const variables = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, variable]) => variable);
          const declared = (operation.parameters ?? []).filter(({ in: place }) => place === "path");
          expect(declared.map((parameter) => parameter.name).sort()).toEqual(variables.sort());
          expect(Object.keys(operation.responses)).not.toHaveLength(0);
        }
      }),
    );
  });
});

function escapeMembers(members: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, escapeTemplate(value)]));
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: JsonObject;
}
