// SPDX-License-Identifier: Apache-2.0
import {
  type BackupClient,
  DescribeBackupJobCommand,
  DescribeRestoreJobCommand,
  GetRecoveryPointRestoreMetadataCommand,
  StartBackupJobCommand,
  StartRestoreJobCommand,
} from "@aws-sdk/client-backup";
import type { TableComparison } from "../../backup";
import { type Challenge, expectAnswer } from "../challenge";
import type { Range } from "../range";
import { RestoredTable, sound, until } from "../restored-table";

/** States of a job after which nothing more comes of it (AWS Backup API, DescribeBackupJob, DescribeRestoreJob). */
const ENDED = ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"];

/** The ledger is brought back from the vault, by the roles that the installed system has for it. */
export const restoreVaultChallenges: readonly Challenge[] = [restored()];

function restored(): Challenge {
  const title =
    "The ledger is restored from the locked vault, and the restored rows are those of the ledger by their hashes";
  return {
    step: {
      id: "OQ-restore-vault",
      title,
      controls: [],
      requirements: ["URS-014", "URS-019"],
      clauses: ["11.10(b)", "11.10(c)"],
      kind: "positive",
      requires: "aws",
      principal: "deploy role, which passes the backup role and the restore role to AWS Backup",
      action:
        "StartBackupJob of the ledger into the vault, kept for one day; StartRestoreJob of that recovery point into a table of its own; both tables read whole; the restored one is deleted",
      expected:
        "both jobs end COMPLETED; every restored row stands in the ledger with the same SHA-256 of its canonical JSON; the ledger has at most more rows, written since",
      acceptance: "every one of them, each job within an hour; counts and digests of both tables stand in the evidence",
    },
    async run(range) {
      const administrator = await range.administrator();
      const backup = administrator.backup();
      const table = RestoredTable.named(range, "vault");
      const comparisons: TableComparison[] = [];
      const vault = range.zone.only(range.zone.ofType("aws_backup_vault"), "backup vault").values;
      const seen = await expectAnswer(administrator, title, async () => {
        const point = await backedUp(range, backup, String(vault.name));
        const { RestoreMetadata = {} } = await backup.send(
          new GetRecoveryPointRestoreMetadataCommand({ BackupVaultName: String(vault.name), RecoveryPointArn: point }),
        );
        await restore(range, backup, point, { ...RestoreMetadata, targetTableName: table.name });
        try {
          const comparison = await table.compared();
          comparisons.push(comparison);
          return sound(comparison);
        } finally {
          await table.remove();
        }
      });
      return { ...seen, observed: { table: table.name, comparisons } };
    },
  };
}

/** @returns ARN of the recovery point */
async function backedUp(range: Range, backup: BackupClient, BackupVaultName: string): Promise<string> {
  const { BackupJobId } = await backup.send(
    new StartBackupJobCommand({
      BackupVaultName,
      ResourceArn: range.zone.tableArn("-ledger"),
      IamRoleArn: range.zone.roleNamed("-backup"),
      Lifecycle: { DeleteAfterDays: 1 },
    }),
  );
  let point: string | undefined;
  await until("backup job", async () => {
    const job = await backup.send(new DescribeBackupJobCommand({ BackupJobId }));
    point = job.RecoveryPointArn;
    return completed(job.State, job.StatusMessage);
  });
  return point!;
}

async function restore(range: Range, backup: BackupClient, point: string, Metadata: Record<string, string>) {
  const { RestoreJobId } = await backup.send(
    new StartRestoreJobCommand({
      RecoveryPointArn: point,
      Metadata,
      IamRoleArn: range.zone.roleNamed("-restore"),
      ResourceType: "DynamoDB",
    }),
  );
  await until("restore job", async () => {
    const job = await backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
    return completed(job.Status, job.StatusMessage);
  });
}

/** @throws when the job has ended otherwise */
function completed(state: string | undefined, message: string | undefined): boolean {
  if (ENDED.includes(String(state))) throw new Error(`${state}: ${message}`);
  return state === "COMPLETED";
}
