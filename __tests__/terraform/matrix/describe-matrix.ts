import type { EmissionName } from "../../../modules";
import { describeTerraform } from "../../support/terraform/availability";
import { type Harness, startHarness } from "../../support/terraform/harness";
import type { ChangeRow } from "./change-row";
import { CHANGE_ROWS } from "./change-rows";
import { checkRow } from "./check-row";
import type { RowOutcome } from "./row-outcome";
import { type BatchOutcome, runRows } from "./run-rows";

const BATCH_MILLIS = 400_000;
const ALONE_MILLIS = 120_000;

/**
 * The change matrix of one emission on real Terraform: all rows in one root, which a handful of commands serve. When one of
 * them fails, each row runs in a root of its own, so that the failure names the row.
 */
export function describeMatrix(emission: EmissionName): void {
  const rows = CHANGE_ROWS.filter(({ only = emission }) => only === emission).filter(
    ({ name }) => name === (process.env.ROW || name),
  );
  const together = rows.filter(({ alone }) => !alone);

  describeTerraform(`changes of APIs emitted as ${emission}`, (provider) => {
    let harness: Harness;
    let batch: BatchOutcome | undefined;
    beforeAll(async () => {
      harness = await startHarness(provider);
      if (together.length > 1) batch = await batchOf(together);
    }, BATCH_MILLIS);
    afterAll(() => harness.stop());

    async function batchOf(batched: readonly ChangeRow[]): Promise<BatchOutcome | undefined> {
      try {
        return await runRows(harness, batched, { emission, rootName: `all-${emission}` });
      } catch (error) {
        process.stderr.write(`the rows run one by one, since together they fail: ${error}\n`);
        return undefined;
      }
    }

    async function outcomeOf(row: ChangeRow): Promise<RowOutcome> {
      const rootName = `${row.name}-${emission}`;
      const outcome = (batch?.rows ?? (await runRows(harness, [row], { emission, rootName })).rows).get(row.name);
      if (outcome === undefined) throw new Error(`nothing happened to the row "${row.name}"`);
      return outcome;
    }

    if (rows.length === 0) it("has no row of this name", () => undefined);
    else
      it.each(rows)(
        "converges as its row says: $name",
        async (row) => {
          checkRow(row, await outcomeOf(row), emission);
        },
        ALONE_MILLIS,
      );

    it("makes no call that belongs to no row", () => {
      expect(batch?.strays ?? []).toEqual([]);
    });
  });
}
