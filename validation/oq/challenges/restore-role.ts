// SPDX-License-Identifier: Apache-2.0
import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { type Challenge, expectRefusal } from "../challenge";
import type { Principal } from "../principal";
import type { Range } from "../range";
import { BY_TABLE_RIGHTS, refusalText } from "../refusal";
import { RestoredTable } from "../restored-table";
import { copyOfRole } from "../role-copy";

/** Who restores writes beside the ledger, never into it. */
export const restoreRoleChallenges: readonly Challenge[] = [besideOnly()];

function besideOnly(): Challenge {
  const title = "The role that restores cannot change the ledger";
  return {
    step: {
      id: "OQ-restore-role",
      title,
      controls: ["P11-10e-13"],
      requirements: ["URS-019", "URS-021"],
      clauses: ["11.10(c)", "11.10(e)", "11.10(g)"],
      kind: "negative",
      principal: "role with the policies of the restore role, which only AWS Backup itself may assume",
      layer: BY_TABLE_RIGHTS.layer,
      action: "DeleteItem in the ledger, of a key that no row has",
      expected: refusalText(BY_TABLE_RIGHTS),
      acceptance: "refused, twin allowed, mutant goes through",
      twin: "the same DeleteItem in an empty table named as restored ones are",
      mutant: "the same call by the deploy role, whose policies allow it; no row has the key, so nothing changes",
    },
    async run(range) {
      const administrator = await range.administrator();
      const { trustedBy } = range.zone.writer(range.raw);
      const subject = { roleArn: range.zone.roleNamed("-restore"), trustedBy };
      const beside = RestoredTable.named(range, "role");
      const narrow = await copyOfRole(range, administrator, subject);
      await beside.create();
      try {
        const copy = await narrow.assume();
        const ledger = range.zone.tableNamed("-ledger");
        return await expectRefusal(title, {
          principal: copy,
          expected: BY_TABLE_RIGHTS,
          call: () => deleted(range, copy, ledger),
          twin: () => deleted(range, copy, beside.name),
          mutant: () => deleted(range, administrator, ledger),
        });
      } finally {
        await beside.remove();
        await narrow.remove();
      }
    },
  };
}

function deleted(range: Range, by: Principal, TableName: string) {
  const Key = { pk: { S: `oq#${range.run}` }, sk: { S: "none" } };
  return by.dynamodb().send(new DeleteItemCommand({ TableName, Key }));
}
