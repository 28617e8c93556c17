// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import { disableVendor, REVOKE_POLICY } from "../../vendors/disable";
import { disableOnAws } from "../../vendors/disable-aws";
import { ask } from "../call";
import { type Challenge, expectRefusal } from "../challenge";
import { both } from "../logged";
import type { Range } from "../range";
import { BY_SFTP_LOGIN, BY_SFTP_RIGHTS, departure, refusalText } from "../refusal";
import { changedFor } from "../restore";
import { SENDERS_ADDRESS, STUDY } from "../senders";
import { refusalLogged } from "./sftp-login";

/** A lost key opens nothing after so many seconds. */
const LIMIT_SECONDS = 60;
const POLL_MS = 250;
const VENDOR = "oq-neighbour";

/** A vendor is shut out at once. */
export const sftpDisableChallenges: readonly Challenge[] = [disabledAtOnce()];

function disabledAtOnce(): Challenge {
  const title = "A vendor who is disabled at once is refused within 60 seconds, open sessions included";
  return {
    step: {
      id: "OQ-sftp-disabled",
      title,
      controls: [],
      requirements: ["URS-005"],
      clauses: ["11.300(c)", "11.10(d)"],
      kind: "negative",
      principal: `SFTP client that claims to be ${VENDOR}`,
      layer: BY_SFTP_LOGIN.layer,
      action:
        "open a session; disable the vendor as `part11 vendor disable --now` does; log in with the vendor's own key from the vendor's network until it is refused; put by the session that was open",
      expected: `${refusalText(BY_SFTP_LOGIN)} at most ${LIMIT_SECONDS} seconds after the deny item was written; the open session is refused with ${refusalText(BY_SFTP_RIGHTS)}; the attempt stands in both logs with the reason "disabled at once"`,
      acceptance: "refused in time and recorded, the open session refused, twin allowed, mutant goes through",
      twin: "another vendor logs in meanwhile",
      mutant: "the same login while the deny item is taken out; it is put back and read again",
    },
    async run(range) {
      const { senders } = range;
      const privateKey = (await senders.key(VENDOR)).private;
      const since = new Date();
      const session = await senders.login(VENDOR, { privateKey });
      await session.put(`/${STUDY}/BEFORE_${range.run}.csv`, "a,b\n");
      let seconds = Number.POSITIVE_INFINITY;
      const attempt = () => senders.visit(VENDOR, { privateKey });
      try {
        return await expectRefusal(title, {
          principal: { arn: senders.roleArn(VENDOR) },
          expected: BY_SFTP_LOGIN,
          call: async () => {
            const written = await disable(range);
            for (;;) {
              const answer = await ask(title, attempt);
              seconds = (performance.now() - written) / 1000;
              if (answer.outcome === "refused" || seconds > LIMIT_SECONDS) return attempt();
              await sleep(POLL_MS);
            }
          },
          recorded: async () => {
            const reason = "disabled at once";
            const put = await ask(title, () => session.put(`/${STUDY}/AFTER_${range.run}.csv`, "a,b\n"));
            const open = departure(put, BY_SFTP_RIGHTS);
            const measured = {
              ok: seconds <= LIMIT_SECONDS && open === undefined,
              seen: `refused ${seconds.toFixed(3)} seconds after the deny item was written; put by the open session ${open ?? `refused: ${refusalText(BY_SFTP_RIGHTS)}`}`,
            };
            return both(measured, await refusalLogged(range, { user: VENDOR, from: SENDERS_ADDRESS, reason, since }));
          },
          twin: async () => senders.visit("oq-sender", { privateKey: (await senders.key("oq-sender")).private }),
          mutant: async () => changedFor(await senders.deny(VENDOR), attempt),
        });
      } finally {
        session.end();
        await enableAgain(range);
      }
    },
  };
}

/** @returns when the item stood, by this process's own clock */
async function disable(range: Range): Promise<number> {
  const administrator = await range.administrator();
  const role = range.senders.roleArn(VENDOR).split("/").pop()!;
  const port = disableOnAws(administrator.dynamodb(), administrator.iam(), range.senders.table);
  let written = Number.NaN;
  const timed = {
    ...port,
    putDeny: async (item: Parameters<typeof port.putDeny>[0]) => {
      const standing = await port.putDeny(item);
      written = performance.now();
      return standing;
    },
  };
  const [by, at, reason] = [administrator.arn, new Date().toISOString(), `challenge of run ${range.run}`];
  const { sessionsOpen } = await disableVendor(timed, role, { vendor: VENDOR, item: "deny", by, at, reason });
  if (sessionsOpen !== undefined) throw new Error(`open sessions not revoked: ${sessionsOpen}`);
  return written;
}

async function enableAgain(range: Range): Promise<void> {
  const administrator = await range.administrator();
  const Key = { vendor: { S: VENDOR }, item: { S: "deny" } };
  await administrator.dynamodb().send(new DeleteItemCommand({ TableName: range.senders.table, Key }));
  const RoleName = range.senders.roleArn(VENDOR).split("/").pop()!;
  await administrator.iam().send(new DeleteRolePolicyCommand({ RoleName, PolicyName: REVOKE_POLICY }));
}
