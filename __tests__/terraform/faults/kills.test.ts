import { describeTerraform } from "../../support/terraform/availability";
import { ALL_KILLS, describeKill, type Kill, TELLING_KILLS } from "./kill-points";
import { type KillRun, runKills } from "./run-kills";
import { type SynthesizedOrders, synthesizeOrders } from "./synthesized-orders";

const SELECTED = process.env.DEPLOY_TESTS;
const KILLS = selectKills(SELECTED);
/** Terraform mostly waits: a queue takes half a minute. */
const LANES = Math.min(8, Math.ceil(KILLS.length / 3));

/**
 * Terraform and its provider are killed while they change the reference API. Then the same command again: it ends well, or
 * stops at the lock; then the lock is taken away, `headgate recover` runs once, and the same command once more.
 */
describeTerraform("Terraform that was killed", (provider) => {
  let synthesized: SynthesizedOrders;
  let run: KillRun;
  beforeAll(async () => {
    synthesized = await synthesizeOrders();
    run = runKills(provider, synthesized, KILLS, LANES);
  }, 120_000);
  afterAll(async () => {
    await run.ended;
    synthesized.project.remove();
  }, 60_000);

  it.each(KILLS.map((kill) => [describeKill(kill), kill] as const))(
    "leaves nothing wrong behind, when it %s",
    async (_title, kill) => {
      const { is, shouldBe } = await run.outcome(kill);

      expect(is).toEqual(shouldBe);
    },
    40 * 60_000,
  );
});

/** The telling ones; with `all`, all; else those whose titles hold the text. */
function selectKills(selected: string | undefined): readonly Kill[] {
  if (selected === undefined) return TELLING_KILLS;
  return selected === "all" ? ALL_KILLS : ALL_KILLS.filter((kill) => describeKill(kill).includes(selected));
}
