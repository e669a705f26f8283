import * as fc from "fast-check";

import { canonicalJson } from "../../../definition/canonical-json";
import type { JsonObject } from "../../../definition/json";
import { fromOpenApi } from "../../../definition/openapi/read";
import { toOpenApi } from "../../../definition/openapi/write";
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

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: JsonObject;
}
