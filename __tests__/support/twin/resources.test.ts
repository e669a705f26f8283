import type { JsonObject } from "../../../definition/json";
import { describeMoto } from "../terraform/availability";
import { useOwnTwin } from "./own-twin";
import type { PetsClient } from "./pets-client";
import type { Twin } from "./twin";

describeMoto("APIs of single resources on the control-plane twin", () => {
  let twin: Twin;
  let pets: PetsClient;
  let api: string;
  let method: string;

  useOwnTwin(async (ownTwin, client) => {
    twin = ownTwin;
    pets = client;
    const { body } = await pets.send("POST", "/restapis", { name: "pets" });
    api = `/restapis/${body.id}`;
    const { id } = (await addResource(String(body.rootResourceId), "{pet}")).body;
    method = `${api}/resources/${id}/methods/GET`;
    await pets.send("PUT", method, {
      authorizationType: "NONE",
      requestParameters: { "method.request.path.pet": true },
    });
    await pets.send("PUT", `${method}/responses/200`, {});
    await pets.send("PUT", `${method}/integration`, {
      type: "HTTP",
      httpMethod: "POST",
      uri: "https://pets.example.com",
      requestTemplates: { "application/json": "{}" },
    });
    await pets.send("PUT", `${method}/integration/responses/200`, { selectionPattern: "" });
  });

  it("reads back what a method was made of", async () => {
    expect((await pets.send("GET", method)).body).toEqual({
      httpMethod: "GET",
      authorizationType: "NONE",
      apiKeyRequired: false,
      requestParameters: { "method.request.path.pet": true },
      methodResponses: { "200": { statusCode: "200" } },
      methodIntegration: {
        type: "HTTP",
        httpMethod: "POST",
        uri: "https://pets.example.com",
        requestTemplates: { "application/json": "{}" },
        integrationResponses: { "200": { statusCode: "200", selectionPattern: "" } },
      },
    });
  });

  it.each<{ what: string; path: string; patches: readonly JsonObject[]; changed: JsonObject }>([
    {
      what: "an integration",
      path: "/integration",
      patches: [
        { op: "replace", path: "/uri", value: "https://cats.example.com" },
        { op: "replace", path: "/timeoutInMillis", value: "5000" },
        { op: "remove", path: "/requestTemplates/application~1json" },
        { op: "add", path: "/requestTemplates/text~1plain", value: "cat" },
        { op: "add", path: "/cacheKeyParameters/method.request.path.pet" },
      ],
      changed: {
        uri: "https://cats.example.com",
        timeoutInMillis: 5000,
        requestTemplates: { "text/plain": "cat" },
        cacheKeyParameters: ["method.request.path.pet"],
        integrationResponses: { "200": { statusCode: "200", selectionPattern: "" } },
      },
    },
    {
      what: "a method",
      path: "",
      patches: [
        { op: "replace", path: "/apiKeyRequired", value: "true" },
        { op: "add", path: "/requestParameters/method.request.header.X-Pet", value: "false" },
        { op: "remove", path: "/requestParameters/method.request.path.pet" },
        { op: "add", path: "/authorizationScopes", value: "read" },
      ],
      changed: {
        apiKeyRequired: true,
        requestParameters: { "method.request.header.X-Pet": false },
        authorizationScopes: ["read"],
      },
    },
    {
      what: "a response of a method",
      path: "/responses/200",
      patches: [{ op: "add", path: "/responseModels/application~1json", value: "Pet" }],
      changed: { statusCode: "200", responseModels: { "application/json": "Pet" } },
    },
  ])("changes $what and nothing else", async ({ path, patches, changed }) => {
    const { status } = await pets.send("PATCH", `${method}${path}`, { patchOperations: [...patches] });

    expect(status).toBe(200);
    expect((await pets.send("GET", `${method}${path}`)).body).toMatchObject(changed);
  });

  it("drops the responses of an integration that is put anew", async () => {
    await pets.send("PUT", `${method}/integration`, { type: "MOCK" });

    expect((await pets.send("GET", `${method}/integration`)).body).toEqual({ type: "MOCK" });
    expect((await pets.send("GET", `${method}/integration/responses/200`)).status).toBe(404);
  });

  it("renames a path, and deploys a snapshot that later changes leave alone", async () => {
    const [, , , , resource = ""] = method.split("/");
    await pets.deploy(api.slice("/restapis/".length), "v1");

    const { body } = await pets.send("PATCH", `${api}/resources/${resource}`, {
      patchOperations: [{ op: "replace", path: "/pathPart", value: "{name}" }],
    });

    expect(body.path).toBe("/{name}");
    expect(twin.deployed("pets", "v1").document.resources).toMatchObject([{ path: "/" }, { path: "/{pet}" }]);
  });

  it("changes a model in place", async () => {
    await pets.send("POST", `${api}/models`, { name: "Pet", contentType: "application/json", schema: "{}" });

    const { status } = await pets.send("PATCH", `${api}/models/Pet`, {
      patchOperations: [{ op: "replace", path: "/schema", value: '{"type":"object"}' }],
    });

    expect(status).toBe(200);
    expect((await pets.send("GET", `${api}/models/Pet`)).body).toMatchObject({ schema: '{"type":"object"}' });
  });

  it("refuses a second method, a second variable and a second path of one name, and knows nothing that was deleted", async () => {
    const { body } = await pets.send("GET", api);
    const root = String(body.rootResourceId);
    await addResource(root, "cats");

    expect((await pets.send("PUT", method, { authorizationType: "NONE" })).status).toBe(409);
    expect((await addResource(root, "{cat}")).status).toBe(400);
    expect((await addResource(root, "cats")).status).toBe(409);
    for (const path of ["/integration/responses/200", "/integration", "/responses/200", ""]) {
      expect((await pets.send("DELETE", `${method}${path}`)).status).toBe(204);
      expect((await pets.send("GET", `${method}${path}`)).status).toBe(404);
    }
  });

  it("refuses a second model of one name, and to take a model or an authorizer away from under a method", async () => {
    const model = { name: "Pet", contentType: "application/json", schema: "{}" };
    await pets.send("POST", `${api}/models`, model);
    const { body: authorizer } = await pets.send("POST", `${api}/authorizers`, { name: "users", type: "TOKEN" });
    const patch = (op: string, path: string, value: string) =>
      pets.send("PATCH", method, { patchOperations: [{ op, path, value }] });
    await patch("add", "/requestModels/application~1json", "Pet");
    await patch("replace", "/authorizerId", String(authorizer.id));
    const parts = [`${api}/models/Pet`, `${api}/authorizers/${authorizer.id}`];
    const remove = () => Promise.all(parts.map(async (part) => (await pets.send("DELETE", part)).status < 300));

    const [second, refused] = [await pets.send("POST", `${api}/models`, model), await remove()];
    await patch("remove", "/requestModels/application~1json", "Pet");
    await patch("replace", "/authorizerId", "");
    const accepted = await remove();

    expect(second).toMatchObject({ status: 409, body: { message: "Model name already exists for this REST API" } });
    expect([refused, accepted]).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  const addResource = (parent: string, pathPart: string) =>
    pets.send("POST", `${api}/resources/${parent}`, { pathPart });
});
