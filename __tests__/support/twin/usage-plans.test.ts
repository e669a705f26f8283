import type { JsonObject } from "../../../definition/json";
import { describeMoto } from "../terraform/availability";
import { useOwnTwin } from "./own-twin";
import type { PetsClient } from "./pets-client";
import type { Twin } from "./twin";

describeMoto("usage plans of the control-plane twin", () => {
  let twin: Twin;
  let pets: PetsClient;
  let api: string;

  useOwnTwin(async (ownTwin, client) => {
    twin = ownTwin;
    pets = client;
    api = await pets.createDeployedApi("v1", "v2");
  });

  it("reads back what a plan was created with, throttles of routes included", async () => {
    const plan = {
      name: "free",
      apiStages: [{ apiId: api, stage: "v1", throttle: { "/pets/GET": { rateLimit: 0.5, burstLimit: 2 } } }],
      throttle: { rateLimit: 1.5, burstLimit: 3 },
      quota: { limit: 10, offset: 0, period: "DAY" },
      tags: { team: "pets" },
    };

    const id = await createPlan(plan);

    expect((await pets.send("GET", `/usageplans/${id}`)).body).toEqual({ id, ...plan });
  });

  it("changes limits as numbers, and takes them away", async () => {
    const id = await createPlan({ quota: { limit: 10, period: "DAY" }, throttle: { rateLimit: 1, burstLimit: 1 } });

    const changed = await patch(
      id,
      { op: "replace", path: "/quota/limit", value: "20" },
      { op: "replace", path: "/throttle/rateLimit", value: "0.5" },
    );
    const removed = await patch(id, { op: "remove", path: "/quota" }, { op: "remove", path: "/throttle" });

    expect(changed.body).toMatchObject({ quota: { limit: 20 }, throttle: { rateLimit: 0.5, burstLimit: 1 } });
    expect(removed.body).toEqual({ id, name: "free", apiStages: [], tags: {} });
  });

  it("moves a plan to another stage with throttles of its own", async () => {
    const id = await createPlan({
      apiStages: [{ apiId: api, stage: "v1", throttle: { "/pets/GET": { rateLimit: 1 } } }],
    });

    const { body } = await patch(
      id,
      { op: "remove", path: "/apiStages", value: `${api}:v1` },
      { op: "add", path: "/apiStages", value: `${api}:v2` },
      { op: "replace", path: `/apiStages/${api}:v2/throttle//pets/GET/rateLimit`, value: "4" },
      { op: "replace", path: `/apiStages/${api}:v2/throttle//pets/GET/burstLimit`, value: "5" },
    );

    expect(body.apiStages).toEqual([
      { apiId: api, stage: "v2", throttle: { "/pets/GET": { rateLimit: 4, burstLimit: 5 } } },
    ]);
  });

  it("forgets a stage that is deleted, and refuses to take it out once more", async () => {
    const id = await createPlan({ apiStages: [{ apiId: api, stage: "v1" }] });
    await pets.send("DELETE", `/restapis/${api}/stages/v1`);

    const refused = await patch(id, { op: "remove", path: "/apiStages", value: `${api}:v1` });

    expect(twin.usagePlans()).toMatchObject([{ id, apiStages: [] }]);
    expect(refused).toMatchObject({ status: 400, body: { message: "Invalid API Stage specified" } });
  });

  it("refuses to delete a plan with stages", async () => {
    const id = await createPlan({ apiStages: [{ apiId: api, stage: "v1" }] });

    const refused = await pets.send("DELETE", `/usageplans/${id}`);
    await patch(id, { op: "remove", path: "/apiStages", value: `${api}:v1` });
    const accepted = await pets.send("DELETE", `/usageplans/${id}`);

    expect(refused.status).toBe(400);
    expect(refused.body.message).toBe(
      `Cannot delete Usage Plan ${id} because there are API Stages associated with it, including ${api}:v1`,
    );
    expect(accepted.status).toBe(202);
    expect((await pets.send("GET", `/usageplans/${id}`)).status).toBe(404);
  });

  it("fails when a plan names a stage that is not there", async () => {
    const refused = await pets.send("POST", "/usageplans", { name: "free", apiStages: [{ apiId: api, stage: "v3" }] });

    expect(refused).toMatchObject({ status: 404, body: { message: `API Stage not found: ${api}:v3` } });
  });

  it("refuses a key in two plans of one stage", async () => {
    const [free, pro] = [
      await createPlan({ apiStages: [{ apiId: api, stage: "v1" }] }),
      await createPlan({ apiStages: [{ apiId: api, stage: "v1" }] }),
    ];
    const elsewhere = await createPlan({ apiStages: [{ apiId: api, stage: "v2" }] });
    const { body: key } = await pets.send("POST", "/apikeys", { name: "Acme", enabled: true });
    const join = (plan: string) =>
      pets.send("POST", `/usageplans/${plan}/keys`, { keyId: String(key.id), keyType: "API_KEY" });

    expect([(await join(free)).status, (await join(pro)).status, (await join(elsewhere)).status]).toEqual([
      201, 409, 201,
    ]);
  });

  it.each(["usageplans", "apikeys"])("changes tags of %s", async (kind) => {
    const { body } = await pets.send("POST", `/${kind}`, { name: "free", tags: { team: "pets", old: "1" } });
    const arn = encodeURIComponent(`arn:aws:apigateway:eu-west-1::/${kind}/${body.id}`);

    await pets.send("PUT", `/tags/${arn}`, { tags: { team: "cats" } });
    await pets.send("DELETE", `/tags/${arn}?tagKeys=old`);

    expect((await pets.send("GET", `/${kind}/${body.id}`)).body.tags).toEqual({ team: "cats" });
  });

  async function createPlan(properties: JsonObject): Promise<string> {
    const { body } = await pets.send("POST", "/usageplans", { name: "free", ...properties });
    return String(body.id);
  }

  const patch = (id: string, ...patchOperations: readonly JsonObject[]) =>
    pets.send("PATCH", `/usageplans/${id}`, { patchOperations: [...patchOperations] });
});
