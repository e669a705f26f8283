import type { JsonObject } from "../../../definition/json";
import { describeMoto } from "../terraform/availability";
import { objectOr } from "./json-values";
import { type MotoServer, startMotoServer } from "./moto-server";
import { documentOf, get, type PetsClient, petsClient, RESPONSES } from "./pets-client";
import { startTwin, type Twin } from "./twin";

const INTEGRATION = "x-amazon-apigateway-integration";

describeMoto("exports of the control-plane twin", () => {
  let moto: MotoServer;
  let twin: Twin;
  let pets: PetsClient;

  beforeAll(async () => {
    moto = await startMotoServer();
    twin = await startTwin({ motoUrl: moto.url });
    pets = petsClient(twin.url);
  }, 30_000);
  afterAll(async () => {
    await twin.stop();
    await moto.stop();
  });

  async function exported(document: JsonObject, extensions = "apigateway,authorizers"): Promise<JsonObject> {
    const { id } = await pets.createApi();
    await pets.importDocument(id, document);
    await pets.deploy(id, "v1");
    return exportOf(id, extensions);
  }

  async function exportOf(id: string, extensions = "apigateway,authorizers"): Promise<JsonObject> {
    const { body } = await pets.send("GET", `/restapis/${id}/stages/v1/exports/oas30?extensions=${extensions}`);
    return body;
  }

  const operationOf = (document: JsonObject) => objectOr(objectOr(objectOr(document.paths)["/pets"]).get);

  it("names the date of the deployment as the version, and the stage as the base path", async () => {
    const { info, servers } = await exported(documentOf({ "/pets": get() }));

    expect(info).toEqual({ title: "pets", version: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) });
    expect(servers).toEqual([
      { url: expect.stringMatching(/execute-api.*\/\{basePath\}$/), variables: { basePath: { default: "v1" } } },
    ]);
  });

  it("says what AWS has filled in, and drops descriptions", async () => {
    const document = await exported(documentOf({ "/pets": operationWith({ description: "All of them" }) }));

    expect(operationOf(document)).toMatchObject({
      responses: { 200: { description: "200 response" } },
      [INTEGRATION]: { passthroughBehavior: "when_no_match", responseTransferMode: "BUFFERED" },
    });
    expect(operationOf(document)).not.toHaveProperty("description");
  });

  it("has only the models, validators and authorizers that routes use, and no key source or compression", async () => {
    const schema = { $ref: "#/components/schemas/Pet" };
    const operation = { responses: { 200: { description: "OK", content: { "application/json": { schema } } } } };
    const document = await exported({
      ...documentOf({ "/pets": operationWith(operation) }),
      components: { schemas: { Pet: { type: "object", description: "One" }, Spare: { type: "object" } } },
      "x-amazon-apigateway-api-key-source": "AUTHORIZER",
      "x-amazon-apigateway-minimum-compression-size": 1,
      "x-amazon-apigateway-request-validators": { all: { validateRequestBody: true } },
    });

    expect(document.components).toEqual({ schemas: { Pet: { type: "object" } } });
    expect(Object.keys(document).sort()).toEqual(["components", "info", "openapi", "paths", "servers"]);
  });

  it("has the extensions that are asked for", async () => {
    const [none, integrations] = [
      operationOf(await exported(documentOf({ "/pets": get() }), "")),
      operationOf(await exported(documentOf({ "/pets": get() }), "integrations")),
    ];

    expect([none[INTEGRATION] !== undefined, integrations[INTEGRATION] !== undefined]).toEqual([false, true]);
  });

  it("refuses an API with bodies of other types than JSON", async () => {
    const response = { description: "OK", content: { "text/csv": { schema: { type: "string" } } } };

    expect(await exported(documentOf({ "/pets": operationWith({ responses: { 200: response } }) }))).toMatchObject({
      message: "JSON body models are not found",
    });
  });

  it("makes a document of an API of single resources", async () => {
    const { id } = await pets.createApi();
    const { body: all } = await pets.send("GET", `/restapis/${id}/resources`);
    const [root] = all.item as readonly JsonObject[];
    const method = `/restapis/${id}/resources/${root?.id}/methods/GET`;
    await pets.send("PUT", method, { authorizationType: "AWS_IAM" });
    await pets.send("PUT", `${method}/integration`, {
      type: "HTTP_PROXY",
      httpMethod: "GET",
      uri: "https://a.example.com",
    });
    await pets.deploy(id, "v1");

    const { paths, components } = await exportOf(id);

    expect(paths).toMatchObject({
      "/": { get: { [INTEGRATION]: { type: "http_proxy", uri: "https://a.example.com" } } },
    });
    expect(components).toHaveProperty("securitySchemes.sigv4");
  });

  it("moves a stage to a deployment that is made for it", async () => {
    const { id } = await pets.createApi();
    await pets.importDocument(id, documentOf({ "/pets": get() }));
    await pets.deploy(id, "v1");
    await pets.importDocument(id, documentOf({ "/cats": { get: { ...objectOr(get().get), responses: RESPONSES } } }));

    await pets.send("POST", `/restapis/${id}/deployments`, { stageName: "v1" });

    expect(Object.keys(objectOr((await exportOf(id)).paths))).toEqual(["/cats"]);
  });
});

/** A path item with one GET that says more than it must. */
function operationWith(members: JsonObject): JsonObject {
  return { get: { ...objectOr(get().get), ...members } };
}
