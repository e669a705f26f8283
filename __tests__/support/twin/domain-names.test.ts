import { describeMoto } from "../terraform/availability";
import { useOwnTwin } from "./own-twin";
import type { PetsClient } from "./pets-client";
import type { Twin } from "./twin";

const DOMAIN = "pets.example.com";
const CREATED = {
  domainName: DOMAIN,
  regionalCertificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/1",
  securityPolicy: "TLS_1_2",
  endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "dualstack" },
  tags: { team: "pets" },
};

describeMoto("custom domains of the control-plane twin", () => {
  let twin: Twin;
  let pets: PetsClient;
  let api: string;

  useOwnTwin(async (ownTwin, client) => {
    twin = ownTwin;
    pets = client;
    api = await pets.createDeployedApi("v1", "v2");
    await pets.send("POST", "/domainnames", CREATED);
    await pets.send("POST", `/domainnames/${DOMAIN}/basepathmappings`, { restApiId: api, stage: "v1" });
  });

  it("reads back what a domain was created with, and changes it", async () => {
    const read = await pets.send("GET", `/domainnames/${DOMAIN}`);
    const changed = await pets.send("PATCH", `/domainnames/${DOMAIN}`, {
      patchOperations: [
        { op: "replace", path: "/regionalCertificateArn", value: "arn:aws:acm:eu-west-1:1:certificate/2" },
      ],
    });

    expect(read.body).toMatchObject({ ...CREATED, domainNameStatus: "AVAILABLE" });
    expect(changed.body.regionalCertificateArn).toBe("arn:aws:acm:eu-west-1:1:certificate/2");
  });

  it("moves a mapping to another stage", async () => {
    const { status } = await pets.send("PATCH", `/domainnames/${DOMAIN}/basepathmappings/(none)`, {
      patchOperations: [{ op: "replace", path: "/stage", value: "v2" }],
    });

    expect(status).toBe(200);
    expect(twin.mappings(api)).toEqual([{ domainName: DOMAIN, basePath: "(none)", restApiId: api, stage: "v2" }]);
  });

  it("refuses a second mapping of one path, and a stage that is not there", async () => {
    const twice = await pets.send("POST", `/domainnames/${DOMAIN}/basepathmappings`, { restApiId: api, stage: "v2" });
    const nowhere = await pets.send("POST", `/domainnames/${DOMAIN}/basepathmappings`, {
      restApiId: api,
      basePath: "shop",
      stage: "v3",
    });

    expect([twice.status, nowhere.status]).toEqual([409, 400]);
  });

  it.each([
    { what: "a stage", path: () => `/restapis/${api}/stages/v1` },
    { what: "an API", path: () => `/restapis/${api}` },
  ])("refuses to delete $what that a domain serves", async ({ path }) => {
    const refused = await pets.send("DELETE", path());
    await pets.send("DELETE", `/domainnames/${DOMAIN}/basepathmappings/(none)`);
    const accepted = await pets.send("DELETE", path());

    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("Please remove all base path mappings") },
    });
    expect(accepted.status).toBe(202);
  });

  it("knows no domain that was deleted", async () => {
    await pets.send("DELETE", `/domainnames/${DOMAIN}`);

    expect((await pets.send("GET", `/domainnames/${DOMAIN}`)).status).toBe(404);
    expect((await pets.send("DELETE", `/restapis/${api}/stages/v1`)).status).toBe(202);
  });
});
