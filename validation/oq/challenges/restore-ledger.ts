// SPDX-License-Identifier: Apache-2.0
import { DescribeContinuousBackupsCommand, RestoreTableToPointInTimeCommand } from "@aws-sdk/client-dynamodb";
import type { TableComparison } from "../../backup";
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import type { Range } from "../range";
import { RestoredTable, sound, until } from "../restored-table";

/** The ledger is brought back from its own point-in-time recovery. */
export const restoreLedgerChallenges: readonly Challenge[] = [restored()];

function restored(): Challenge {
  const title =
    "The ledger is restored to a point in time, and the restored rows are those of the ledger by their hashes";
  return {
    step: {
      id: "OQ-restore-ledger",
      title,
      controls: ["P11-10c-17"],
      requirements: ["URS-014", "URS-019"],
      clauses: ["11.10(b)", "11.10(c)"],
      kind: "positive",
      principal: "deploy role",
      action:
        "RestoreTableToPointInTime of the ledger into a table of its own, as soon as the events of OQ-sftp-promoted can be restored; both tables read whole; the restored one is deleted",
      expected:
        "every restored row stands in the ledger with the same SHA-256 of its canonical JSON; the events of OQ-sftp-promoted are among them; the ledger has at most more rows, written since",
      acceptance: "every one of them; counts and digests of both tables stand in the evidence",
      twin: "one event of the restored table is altered: the same comparison says different",
    },
    async run(range) {
      const administrator = await range.administrator();
      const { events } = await range.promotion();
      const table = RestoredTable.named(range, "pitr");
      const comparisons: TableComparison[] = [];
      await restore(range, table);
      try {
        const seen = await expectAnswer(administrator, title, async () => {
          const comparison = await table.compared();
          comparisons.push(comparison);
          const missing = events.filter(({ id }) => comparison.onlyOriginal.some((key) => key.includes(id)));
          const { ok, seen } = sound(comparison);
          const among = `${events.length - missing.length} of ${events.length} events of OQ-sftp-promoted restored`;
          return { ok: ok && events.length > 0 && missing.length === 0, seen: `${seen}; ${among}` };
        });
        const twin = await observe(`${title}: twin`, () => alteredNoticed(table, comparisons));
        const observed = { table: table.name, comparisons };
        return twin.result === "PASS"
          ? { ...seen, twin, observed }
          : { ...seen, twin, observed, result: "FAIL", reason: "an altered row goes unnoticed" };
      } finally {
        await table.remove();
      }
    },
  };
}

async function restore(range: Range, table: RestoredTable): Promise<void> {
  const dynamodb = (await range.administrator()).dynamodb();
  const SourceTableName = range.zone.tableNamed("-ledger");
  const promoted = Date.now();
  await until("point-in-time recovery of the ledger", async () => {
    const command = new DescribeContinuousBackupsCommand({ TableName: SourceTableName });
    const { ContinuousBackupsDescription: described } = await dynamodb.send(command);
    const latest = described?.PointInTimeRecoveryDescription?.LatestRestorableDateTime;
    // Told to the second.
    return latest !== undefined && latest.getTime() + 1000 > promoted;
  });
  await dynamodb.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName,
      TargetTableName: table.name,
      UseLatestRestorableTime: true,
    }),
  );
  await table.exists();
}

async function alteredNoticed(table: RestoredTable, comparisons: TableComparison[]): Promise<Checked> {
  await table.alterOne();
  const comparison = await table.compared();
  comparisons.push(comparison);
  const { verdict, altered } = comparison;
  return { ok: verdict === "different" && altered.length === 1, seen: `${verdict}: ${altered.length} rows altered` };
}
