// SPDX-License-Identifier: Apache-2.0
import {
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type Challenge, expectRefusal, type Seen } from "../challenge";
import { BESIDE, OwnRows } from "../own-rows";
import type { Principal } from "../principal";
import type { Range } from "../range";
import { BY_CONDITION, BY_TABLE_RIGHTS, refusalText } from "../refusal";
import { copyOfRole } from "../role-copy";
import type { RoleSubject } from "../stack-state";

const PRINCIPAL = "role with the policies of the installed ingest role, which only Lambda itself may assume";
const OWN_ROW =
  "a row of the ledger that no event and no chain has: the deploy role puts it there for this step, and takes all rows of the step out at the end";

/** Whoever writes the ledger adds to it, and can do nothing else. */
export const ledgerAppendOnlyChallenges: readonly Challenge[] = [
  changing({
    id: "OQ-ledger-update",
    title: "The role that writes the ledger cannot change a row",
    call: "UpdateItem",
    attempt: (by, rows) =>
      by.dynamodb().send(
        new UpdateItemCommand({
          ...rows.at("kept"),
          UpdateExpression: "SET #event = :other",
          ExpressionAttributeNames: { "#event": "event" },
          ExpressionAttributeValues: { ":other": { S: "other" } },
        }),
      ),
  }),
  changing({
    id: "OQ-ledger-delete",
    title: "The role that writes the ledger cannot take a row out",
    call: "DeleteItem",
    attempt: (by, rows) => by.dynamodb().send(new DeleteItemCommand(rows.at("kept"))),
  }),
  overwriting(),
];

interface Changing {
  readonly id: string;
  readonly title: string;
  /** Call of DynamoDB, and right that it needs. */
  readonly call: "UpdateItem" | "DeleteItem";
  attempt(by: Principal, rows: OwnRows): Promise<object>;
}

function changing({ id, title, call, attempt }: Changing): Challenge {
  return {
    step: {
      id,
      title,
      controls: ["P11-10e-13"],
      requirements: ["URS-019", "URS-021"],
      clauses: ["11.10(c)", "11.10(e)", "11.10(g)"],
      kind: "negative",
      principal: PRINCIPAL,
      layer: BY_TABLE_RIGHTS.layer,
      action: `${call} of ${OWN_ROW}`,
      expected: `${refusalText(BY_TABLE_RIGHTS)}; the row is as it was put`,
      acceptance: "refused, row unchanged, twin allowed, mutant goes through",
      twin: "PutItem of another such row by the same role, on the condition that nothing stands there",
      mutant: `the same ${call} by a role with the same policies and dynamodb:${call}`,
    },
    run: (range) =>
      withCopy(range, async (copy, rows) => {
        const wide = await copyOfRole(range, await range.administrator(), ingestRole(range), `dynamodb:${call}`);
        try {
          const widened = await wide.assume();
          return await expectRefusal(title, {
            principal: copy,
            expected: BY_TABLE_RIGHTS,
            call: () => attempt(copy, rows),
            unchanged: () => rows.reads({ kept: "kept" }),
            twin: () => copy.dynamodb().send(new PutItemCommand(rows.added("twin", "twin"))),
            mutant: () => attempt(widened, rows),
          });
        } finally {
          await wide.remove();
        }
      }),
  };
}

function overwriting(): Challenge {
  const title = "A put on the place of another row is refused as a whole, as the installed writer puts";
  return {
    step: {
      id: "OQ-ledger-overwrite",
      title,
      controls: [],
      requirements: ["URS-019", "URS-021"],
      clauses: ["11.10(c)", "11.10(e)"],
      kind: "negative",
      principal: PRINCIPAL,
      layer: BY_CONDITION.layer,
      action: `TransactWriteItems of two puts, each on the condition that nothing stands there, as the installed writer puts an event and its link: one where there is ${OWN_ROW}, the other where there is none`,
      expected: `${refusalText(BY_CONDITION)}; the row is as it was put, and there is none on the other place`,
      acceptance: "refused, both places unchanged, twin allowed, mutant goes through",
      twin: "the same two puts by the same role on two places where nothing stands",
      mutant:
        "the same two puts without the condition, which no policy asks for: they overwrite the row. What overwrites an event all the same shows in its chain and against its copy in the audit bucket (part11 ledger verify)",
    },
    run: (range) =>
      withCopy(range, (copy, rows) =>
        expectRefusal(title, {
          principal: copy,
          expected: BY_CONDITION,
          call: () => copy.dynamodb().send(pair(rows, "kept", BESIDE)),
          unchanged: () => rows.reads({ kept: "kept", [BESIDE]: undefined }),
          twin: async () => {
            await copy.dynamodb().send(pair(rows, "twin", "twin-beside"));
            return rows.reads({ twin: "other", "twin-beside": "other" });
          },
          mutant: async () => {
            await copy.dynamodb().send(pair(rows, "kept", BESIDE, false));
            return rows.reads({ kept: "other", [BESIDE]: "other" });
          },
        }),
      ),
  };
}

function pair(rows: OwnRows, one: string, other: string, conditional = true): TransactWriteItemsCommand {
  const puts = [one, other].map((name) => rows.added(name, "other"));
  return new TransactWriteItemsCommand({
    TransactItems: puts.map(({ ConditionExpression, ...put }) => ({
      Put: conditional ? { ...put, ConditionExpression } : put,
    })),
  });
}

/** With a role like the one that writes the ledger, and a row to challenge; both are gone afterwards. */
async function withCopy(range: Range, attempts: (copy: Principal, rows: OwnRows) => Promise<Seen>): Promise<Seen> {
  const administrator = await range.administrator();
  const narrow = await copyOfRole(range, administrator, ingestRole(range));
  const rows = new OwnRows(range, administrator);
  try {
    await rows.put("kept", "kept");
    return await attempts(await narrow.assume(), rows);
  } finally {
    await rows.remove();
    await narrow.remove();
  }
}

/** The role that writes the ledger, for whom challenges may play. */
function ingestRole({ zone, raw }: Range): RoleSubject {
  return { roleArn: zone.roleNamed("-ingest"), trustedBy: zone.writer(raw).trustedBy };
}
