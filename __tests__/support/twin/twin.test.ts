import type { JsonObject } from "../../../definition/json";
import { describeMoto } from "../terraform/availability";
import { awsClient } from "./client";
import { FAULTS, failOnce } from "./faults";
import { DROP_CONNECTION } from "./intercept";
import { useOwnTwin } from "./own-twin";
import { documentOf, get, type PetsClient, RESPONSES } from "./pets-client";
import { controlPlaneRates } from "./rates";
import type { Twin } from "./twin";

describeMoto("the control-plane twin", () => {
  let twin: Twin;
  let pets: PetsClient;

  useOwnTwin((ownTwin, client) => {
    twin = ownTwin;
    pets = client;
  });

  it("logs every call with service, operation and parameters, in order", async () => {
    const { id } = await pets.createApi();
    await pets.send("PATCH", `/restapis/${id}`, { patchOperations: [] });
    await awsClient(twin.url).query("iam", "GetRole", { RoleName: "nobody" });
    await awsClient(twin.url).json("dynamodb", "DynamoDB_20120810.DescribeTable", { TableName: "nothing" });

    expect(twin.calls.find().map(({ service, operation, mutating }) => [service, operation, mutating])).toEqual([
      ["apigateway", "CreateRestApi", true],
      ["apigateway", "UpdateRestApi", true],
      ["iam", "GetRole", false],
      ["dynamodb", "DescribeTable", false],
    ]);
    expect(twin.calls.find({ operation: "GetRole" })[0]).toMatchObject({
      parameters: { RoleName: "nobody" },
      status: 404,
    });
    expect(twin.calls.find({ operation: "UpdateRestApi" })[0]?.parameters).toMatchObject({ restApiId: id });
    // moto loads a service when it is asked for the first time.
  }, 30_000);

  it.each([
    ["PRIVATE", "dualstack"],
    ["REGIONAL", "ipv4"],
  ])("gives a %s API addresses of type %s unless it asks for another", async (type, ipAddressType) => {
    const { id } = await pets.createApi({ endpointConfiguration: { types: [type] } });

    const { body } = await pets.send("GET", `/restapis/${id}`);

    expect(body.endpointConfiguration).toMatchObject({ ipAddressType });
  });

  it("resets every literal property that an imported document lacks", async () => {
    const { id } = await pets.createApi({
      description: "before",
      policy: "{}",
      apiKeySource: "AUTHORIZER",
      binaryMediaTypes: ["image/png"],
      minimumCompressionSize: 10,
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ["REGIONAL"], vpcEndpointIds: ["vpce-1"], ipAddressType: "dualstack" },
      tags: { team: "pets" },
    });

    await pets.importDocument(id, documentOf({ "/pets": get() }));

    const api = await pets.send("GET", `/restapis/${id}`);
    expect(api.body).toEqual({
      id,
      name: "pets",
      version: "1",
      createdDate: expect.any(Number),
      rootResourceId: expect.any(String),
      apiKeySource: "HEADER",
      binaryMediaTypes: [],
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ["REGIONAL"], vpcEndpointIds: [], ipAddressType: "dualstack" },
      tags: { team: "pets" },
    });
  });

  it("takes every literal property from an imported document", async () => {
    const { id } = await pets.createApi();
    const policy = { Version: "2012-10-17", Statement: [] };

    await pets.importDocument(id, {
      ...documentOf({ "/pets": get() }),
      info: { title: "renamed", version: "2", description: "after" },
      servers: [
        { "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true, vpcEndpointIds: ["v"] } },
      ],
      "x-amazon-apigateway-policy": policy,
      "x-amazon-apigateway-api-key-source": "AUTHORIZER",
      "x-amazon-apigateway-binary-media-types": ["*/*"],
      "x-amazon-apigateway-minimum-compression-size": 0,
    });

    const { body } = await pets.send("GET", `/restapis/${id}`);
    expect(body).toMatchObject({
      name: "renamed",
      description: "after",
      apiKeySource: "AUTHORIZER",
      binaryMediaTypes: ["*/*"],
      minimumCompressionSize: 0,
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ["EDGE"], vpcEndpointIds: ["v"] },
    });
    expect(JSON.parse(JSON.parse(`"${body.policy}"`))).toEqual(policy);
  });

  it.each([
    { what: "an access log", path: "/accessLogSettings/destinationArn", value: "arn:aws:logs:eu-west-1:1:log-group:x" },
    { what: "execution logs", path: "/*/*/logging/loglevel", value: "ERROR" },
  ])("refuses $what while the account has no CloudWatch role", async ({ path, value }) => {
    const { id } = await pets.createApi();
    await pets.importDocument(id, documentOf({ "/pets": get() }));
    await pets.deploy(id, "v1");
    const patch = { patchOperations: [{ op: "replace", path, value }] };

    const refused = await pets.send("PATCH", `/restapis/${id}/stages/v1`, patch);
    await setCloudWatchRole("arn:aws:iam::123456789012:role/logs");
    const accepted = await pets.send("PATCH", `/restapis/${id}/stages/v1`, patch);
    await setCloudWatchRole("");

    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("CloudWatch Logs role ARN") },
    });
    expect(accepted.status).toBe(200);
  });

  it("keeps method settings by the key as it was written, with AWS's defaults", async () => {
    const { id } = await pets.createApi();
    await pets.importDocument(id, documentOf({ "/pets/{petId}": get("petId") }));
    await pets.deploy(id, "v1");
    const patch = (op: string, path: string, value?: string) =>
      pets.send("PATCH", `/restapis/${id}/stages/v1`, { patchOperations: [{ op, path, ...(value && { value }) }] });

    const set = await patch("replace", "/pets~1{petId}/GET/throttling/rateLimit", "0.5");
    const removed = await patch("remove", "/pets~1{petId}/GET");
    const removedTwice = await patch("remove", "/pets~1{petId}/GET");

    expect(set.body.methodSettings).toMatchObject({
      "pets~1{petId}/GET": { throttlingRateLimit: 0.5, throttlingBurstLimit: 5000, loggingLevel: "OFF" },
    });
    expect(removed.body.methodSettings).toEqual({});
    expect(removedTwice.body.message).toContain("no method setting for this method");
  });

  it.each<{ what: string; document: JsonObject; message: string }>([
    { what: "no title", document: { openapi: "3.0.1", info: {}, paths: {} }, message: "info.title is missing" },
    {
      what: "an operation without responses",
      document: documentOf({ "/pets": { get: { "x-amazon-apigateway-integration": { type: "mock" } } } }),
      message: "responses is missing on GET for resource at path /pets",
    },
    {
      what: "a reference to an unknown model",
      document: documentOf({ "/pets": get(), "/cats": { get: withSchema("Cat") } }),
      message: "#/components/schemas/Cat",
    },
    {
      what: "an undeclared path parameter",
      document: documentOf({ "/pets/{petId}": get() }),
      message: "Path parameter petId is not declared",
    },
    {
      what: "sibling variables with two names",
      document: documentOf({ "/pets/{a}": get("a"), "/pets/{b}/toys": get("b") }),
      message: "A sibling ({a})",
    },
  ])("fails when a document has $what", async ({ document, message }) => {
    const { id } = await pets.createApi();

    const refused = await pets.importDocument(id, document);

    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } });
    expect((await pets.send("GET", `/restapis/${id}`)).body.name).toBe("pets");
  });

  it("swallows warnings unless failonwarnings is set", async () => {
    const { id } = await pets.createApi();

    const swallowed = await pets.importDocument(id, documentOf({ "/pets/{petId}": get() }), "mode=overwrite");

    expect(swallowed).toMatchObject({ status: 200, body: { warnings: [expect.stringContaining("petId")] } });
  });

  it("answers one call with a fault, without effect, and the next as usual", async () => {
    twin.intercept(failOnce(({ operation }) => operation === "CreateRestApi", FAULTS[400]));

    const failed = await pets.send("POST", "/restapis", { name: "pets" });
    const passed = await pets.send("POST", "/restapis", { name: "pets" });

    expect([failed.status, passed.status]).toEqual([400, 201]);
    expect(twin.apis()).toHaveLength(1);
  });

  it.each([
    { moment: "before" as const, created: 0 },
    { moment: "after" as const, created: 1 },
  ])("drops the connection $moment a call took effect", async ({ moment, created }) => {
    const remove = twin.intercept({ [moment]: () => DROP_CONNECTION });

    await expect(pets.send("POST", "/restapis", { name: "pets" })).rejects.toThrow("fetch failed");

    remove();
    expect(twin.apis()).toHaveLength(created);
    expect(twin.calls.find()[0]).not.toHaveProperty("status");
  });

  it("refuses calls above AWS's rates with 429 until the bucket refills", async () => {
    let now = 0;
    twin.intercept(controlPlaneRates(() => now));

    const first = await createRegional("a");
    const second = await createRegional("b");
    now = 3_000;
    const third = await createRegional("c");

    expect([first.status, second.status, third.status]).toEqual([201, 429, 201]);
  });

  it("takes one edge-optimized API in 30 seconds", async () => {
    let now = 0;
    twin.intercept(controlPlaneRates(() => now));

    const first = await pets.send("POST", "/restapis", { name: "a" });
    now = 29_000;
    const second = await pets.send("POST", "/restapis", { name: "b" });
    now = 31_000;
    const third = await pets.send("POST", "/restapis", { name: "c" });

    expect([first.status, second.status, third.status]).toEqual([201, 429, 201]);
  });

  const createRegional = (name: string) =>
    pets.send("POST", "/restapis", { name, endpointConfiguration: { types: ["REGIONAL"] } });

  const setCloudWatchRole = (value: string) =>
    pets.send("PATCH", "/account", { patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value }] });
});

function withSchema(name: string): JsonObject {
  const content = { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
  return { requestBody: { content }, responses: RESPONSES, "x-amazon-apigateway-integration": { type: "mock" } };
}
