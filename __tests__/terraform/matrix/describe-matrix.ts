import type { EmissionName } from "../../../modules";
import { describeTerraform } from "../../support/terraform/availability";
import { startHarness } from "../../support/terraform/harness";
import type { ChangeRow } from "./change-row";
import { CHANGE_ROWS } from "./change-rows";
import { checkRow } from "./check-row";
import type { RowOutcome } from "./row-outcome";
import { type BatchOutcome, runRows } from "./run-rows";

const BATCH_MILLIS = 600_000;
const ALONE_MILLIS = 240_000;

/**
 * The change matrix of one emission on real Terraform: all rows in one root, which a handful of commands serve. When a
 * command fails, each row runs in a root of its own, so that the failure names the row. Rows that must fail always do.
 */
export function describeMatrix(emission: EmissionName): void {
  const named = process.env.ROW;
  if (named && !CHANGE_ROWS.some(({ name }) => name === named)) throw new Error(`there is no row "${named}"`);
  const rows = CHANGE_ROWS.filter(({ name, only = emission }) => only === emission && name === (named || name));
  const together = rows.filter(({ emissions }) => emissions?.[emission]?.fails === undefined);

  describeTerraform(`changes of APIs emitted as ${emission}`, (provider) => {
    let batch: BatchOutcome | undefined;
    let failure: unknown;
    beforeAll(async () => {
      if (together.length > 1) batch = await runTogether();
    }, BATCH_MILLIS);

    async function runTogether(): Promise<BatchOutcome | undefined> {
      try {
        return await runInAccount(together, `all-${emission}`);
      } catch (error) {
        failure = error;
        process.stderr.write(`the rows run one by one, since together they fail: ${error}\n`);
        return undefined;
      }
    }

    /** An account of their own: what an earlier run left behind has the same names. */
    async function runInAccount(accountRows: readonly ChangeRow[], rootName: string): Promise<BatchOutcome> {
      const harness = await startHarness(provider);
      try {
        return await runRows(harness, accountRows, { emission, rootName });
      } finally {
        await harness.stop();
      }
    }

    async function outcomeOf(row: ChangeRow): Promise<RowOutcome> {
      const { name } = row;
      const outcome = batch?.rows.get(name) ?? (await runInAccount([row], `${name}-${emission}`)).rows.get(name);
      if (outcome === undefined) throw new Error(`nothing happened to the row "${name}"`);
      return outcome;
    }

    for (const row of rows) {
      it(
        `converges as its row says: ${row.name}`,
        async () => {
          checkRow(row, await outcomeOf(row), emission);
        },
        ALONE_MILLIS,
      );
    }

    it("takes the rows through their changes together, with no call that belongs to no row", () => {
      if (failure !== undefined) throw failure;
      expect(batch?.strays ?? []).toEqual([]);
    });
  });
}
