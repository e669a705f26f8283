import type { JsonObject } from "../../../definition/json";
import { describeMoto } from "../terraform/availability";
import { useOwnTwin } from "./own-twin";
import { documentOf, get, type PetsClient } from "./pets-client";
import type { Twin } from "./twin";

describeMoto("deployments of the control-plane twin", () => {
  let twin: Twin;
  let pets: PetsClient;

  useOwnTwin((ownTwin, client) => {
    twin = ownTwin;
    pets = client;
  });

  it("deploys a snapshot that later imports do not change", async () => {
    const { id } = await pets.createApi();
    await pets.importDocument(id, documentOf({ "/pets": get(), "/cats": get() }));
    await pets.deploy(id, "v1");

    await pets.importDocument(id, documentOf({ "/pets": get() }));

    const exported = await pets.send("GET", `/restapis/${id}/stages/v1/exports/oas30?extensions=apigateway`);
    expect(Object.keys(exported.body.paths as JsonObject)).toEqual(["/pets", "/cats"]);
    expect(Object.keys(twin.deployed("pets", "v1").document.paths as JsonObject)).toEqual(["/pets", "/cats"]);
  });

  it("refuses to delete a deployment while a canary points to it, and keeps what the canary serves", async () => {
    const { id } = await pets.createApi();
    await pets.importDocument(id, documentOf({ "/pets": get() }));
    await pets.deploy(id, "v1");
    await pets.importDocument(id, documentOf({ "/cats": get() }));
    const { body: canary } = await pets.send("POST", `/restapis/${id}/deployments`, {});
    const patch = (...patchOperations: readonly JsonObject[]) =>
      pets.send("PATCH", `/restapis/${id}/stages/v1`, { patchOperations: [...patchOperations] });

    await patch({ op: "replace", path: "/canarySettings/deploymentId", value: String(canary.id) });
    const refused = await pets.send("DELETE", `/restapis/${id}/deployments/${canary.id}`);
    const served = [twin.deployed("pets", "v1"), twin.deployedCanary("pets", "v1")];
    await patch({ op: "remove", path: "/canarySettings" });
    const accepted = await pets.send("DELETE", `/restapis/${id}/deployments/${canary.id}`);

    expect([refused.status, accepted.status]).toEqual([400, 202]);
    expect(served.map((snapshot) => Object.keys(snapshot?.document.paths ?? {}))).toEqual([["/pets"], ["/cats"]]);
    expect(twin.deployedCanary("pets", "v1")).toBeUndefined();
  });

  it("changes the description of a deployment and nothing else", async () => {
    const { id } = await pets.createApi();
    await pets.importDocument(id, documentOf({ "/pets": get() }));
    const deployment = await pets.deploy(id, "v1");
    const patch = (path: string) =>
      pets.send("PATCH", `/restapis/${id}/deployments/${deployment}`, {
        patchOperations: [{ op: "replace", path, value: "cats" }],
      });

    const [described, refused] = [await patch("/description"), await patch("/createdDate")];

    expect(described).toMatchObject({ status: 200, body: { id: deployment, description: "cats" } });
    expect(refused.status).toBe(400);
  });

  it("refuses to delete a deployment while a stage points to it", async () => {
    const { id } = await pets.createApi();
    await pets.importDocument(id, documentOf({ "/pets": get() }));
    const deploymentId = await pets.deploy(id, "v1");

    const refused = await pets.send("DELETE", `/restapis/${id}/deployments/${deploymentId}`);
    await pets.send("DELETE", `/restapis/${id}/stages/v1`);
    const accepted = await pets.send("DELETE", `/restapis/${id}/deployments/${deploymentId}`);

    expect(refused).toMatchObject({
      status: 400,
      body: { message: "Active stages pointing to this deployment must be moved or deleted" },
    });
    expect(accepted.status).toBe(202);
  });

  it("promotes a canary by copying its deployment", async () => {
    const { id } = await pets.createApi();
    await pets.importDocument(id, documentOf({ "/pets": get() }));
    await pets.deploy(id, "v1");
    const { body } = await pets.send("POST", `/restapis/${id}/deployments`, {});

    const { body: stage } = await pets.send("PATCH", `/restapis/${id}/stages/v1`, {
      patchOperations: [
        { op: "replace", path: "/canarySettings/deploymentId", value: String(body.id) },
        { op: "replace", path: "/canarySettings/percentTraffic", value: "10.0" },
        { op: "copy", from: "/canarySettings/deploymentId", path: "/deploymentId" },
        { op: "remove", path: "/canarySettings" },
      ],
    });

    expect(stage).toMatchObject({ deploymentId: body.id });
    expect(stage).not.toHaveProperty("canarySettings");
  });
});
