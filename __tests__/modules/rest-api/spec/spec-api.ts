import { join } from "node:path";
import {
  ApiDefinition,
  type HeadgateStack,
  HttpIntegration,
  MockIntegration,
  SpecRestApi,
  type SpecRestApiProps,
} from "../../../../modules";
import { synthApi, type TerraformJson } from "../../../../modules/testing";

/** A document with two operations that leave their integration to the program. */
export const PETS = join(__dirname, "documents/pets.yaml");

type Build = (api: SpecRestApi, stack: HeadgateStack) => unknown;

/** Synthesizes the pet shop; its operations are integrated unless `build` does it. */
export function synthPets(build: Build = integrateAll, props: Partial<SpecRestApiProps> = {}): TerraformJson {
  return synthApi((stack) => {
    build(new SpecRestApi(stack, "Pets", { apiDefinition: ApiDefinition.fromAsset(PETS), ...props }), stack);
  });
}

/** Backends for what the document leaves open. */
export function integrateAll(api: SpecRestApi): void {
  api.integrate("POST /pets", new HttpIntegration("https://pets.example/pets"));
  api.integrate("GET /pets/{petId}", new MockIntegration());
}

/** The pet shop with all backends, and more. */
export function withPets(build: Build): Build {
  return (api, stack) => {
    integrateAll(api);
    build(api, stack);
  };
}

/** Synthesizes an API of a document that stands in the test. */
export function synthDocument(definition: object, build: Build = () => {}, props: Partial<SpecRestApiProps> = {}) {
  return synthApi((stack) => {
    build(new SpecRestApi(stack, "Spec", { apiDefinition: ApiDefinition.fromInline(definition), ...props }), stack);
  });
}

/** A document with `GET /a` behind a MOCK, and whatever else. */
export function small(members: object = {}, operation: object = {}): object {
  const get = { responses: {}, "x-amazon-apigateway-integration": { type: "mock" }, ...operation };
  return { openapi: "3.0.1", info: { title: "small", version: "1" }, paths: { "/a": { get } }, ...members };
}
