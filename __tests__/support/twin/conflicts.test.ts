import { describeMoto } from "../terraform/availability";
import { conflicts, overlapConflicts } from "./conflicts";
import { failOnce } from "./faults";
import { AwsError } from "./http";
import { useOwnTwin } from "./own-twin";
import type { PetsClient } from "./pets-client";
import type { Twin } from "./twin";

describeMoto("conflicts of the control-plane twin", () => {
  let twin: Twin;
  let pets: PetsClient;
  let ids: readonly string[];

  useOwnTwin(async (ownTwin, client) => {
    twin = ownTwin;
    pets = client;
    ids = [await pets.createDeployedApi("v1"), await pets.createDeployedApi("v1")];
  });

  it("refuses the same part of the changes for the same seed", async () => {
    const [first, second, other] = [await statuses(1), await statuses(1), await statuses(2)];

    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 409]));
  });

  it("refuses with AWS's words, without effect, and never what only reads", async () => {
    twin.intercept(conflicts({ share: 1, seed: 1 }));

    const refused = await describeApi(0, "changed");
    const read = await pets.send("GET", `/restapis/${ids[0]}`);

    expect(refused).toMatchObject({
      status: 409,
      body: {
        __type: "ConflictException",
        message: "Unable to complete operation due to concurrent modification. Please try again later.",
      },
    });
    expect(read).toMatchObject({ status: 200 });
    expect(read.body).not.toHaveProperty("description");
  });

  it("refuses a change while another one of the same API is under way, and only then", async () => {
    twin.intercept(overlapConflicts({ durationMillis: 100 }));

    const [own, other] = await Promise.all([
      Promise.all([describeApi(0, "a"), describeApi(0, "b")]),
      describeApi(1, "c"),
    ]);
    const later = await describeApi(0, "d");

    expect(own.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect([other.status, later.status]).toEqual([200, 200]);
  });

  it("takes a change that was refused for another reason as over", async () => {
    twin.intercept(overlapConflicts({ durationMillis: 0 }));
    twin.intercept(failOnce(({ mutating }) => mutating, new AwsError(400, "BadRequestException", "no")));

    const [failed, passed] = [await describeApi(0, "a"), await describeApi(0, "b")];

    expect([failed.status, passed.status]).toEqual([400, 200]);
  });

  /** Statuses of twenty changes of which half should be refused. */
  async function statuses(seed: number): Promise<readonly number[]> {
    const remove = twin.intercept(conflicts({ share: 0.5, seed }));
    const answers: number[] = [];
    for (let turn = 0; turn < 20; turn++) answers.push((await describeApi(0, `turn ${turn}`)).status);
    remove();
    return answers;
  }

  const describeApi = (index: number, value: string) =>
    pets.send("PATCH", `/restapis/${ids[index]}`, {
      patchOperations: [{ op: "replace", path: "/description", value }],
    });
});
