// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type Challenge, type Checked, observe } from "../challenge";
import { scheduleOf } from "../clock";
import { type Findings, judged } from "../judged";
import {
  addLine,
  copyLogsNow,
  LOG_ARCHIVE,
  type LogCopy,
  type LogEvent,
  logCopies,
  logEvents,
  uncopied,
} from "../log-copies";
import { both, logged } from "../logged";
import type { Range } from "../range";
import { changedFor } from "../restore";
import { SENDERS_ADDRESS } from "../senders";
import { SILENCE_MS, STREAM_PREFIX } from "./alarm";

const POLL_MS = 1000;
const PATIENCE_MS = 5 * 60_000;
const SENDER = "oq-sender";
/** Runs of the clock copy whole quarters of an hour of the last six hours: a line of an hour ago lies in one of them. */
const AGO_MS = 60 * 60_000;

/** Who came and who was refused is kept where a log group cannot take it along. */
export const logArchiveChallenges: readonly Challenge[] = [copied()];

function copied(): Challenge {
  const title = "The logs of the SFTP server and of its identity provider are copied, locked, to the audit bucket";
  return {
    step: {
      id: "OQ-log-archive",
      title,
      controls: [],
      requirements: ["URS-017"],
      clauses: ["11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: `deploy role, which runs the function, sets its clock and adds one line; SFTP client of ${SENDER}; inspector role reads the copies`,
      action: `log in as ${SENDER}, so that server and identity provider write a line each; have the installed function copy that span by hand with {"from", "to"}, since by the clock it copies a quarter of an hour when it is over; copy the same span again. Then add to the server's group a hand-made line with a time of an hour ago, and shorten the function's schedule from a quarter of an hour to a minute until it has copied the line; the schedule is put back. No log is sent on by a subscription filter (docs/decisions/0021), so none is exercised`,
      expected:
        "every event that either group has of that span stands in a copy of its group, the same time, stream, id and text, the login among them; each copy COMPLIANCE, retained; copied again, no version more; the line of an hour ago is copied by the clock within five minutes",
      acceptance: "every one of them; the schedule is put back and read again",
      mutant: "a line that is added to the group after the copy is told, by the same comparison, to be in no copy",
    },
    async run(range) {
      const inspector = await range.inspector();
      const groups = [range.zone.sftpLogGroup(), range.zone.logGroupOf("-identity-provider")] as const;
      const from = new Date();
      await range.senders.visit(SENDER, { privateKey: (await range.senders.key(SENDER)).private });
      const events = await loginLogged(range, groups, from);
      await copyLogsNow(range, from, events.to);
      const copies = await copiesOf(range, groups, from);
      await copyLogsNow(range, from, events.to);
      const again = await copiesOf(range, groups, from);
      const mutant = await observe(`${title}: mutant`, () => laterLineMissed(range, groups[0], copies));
      const findings: Findings = [
        { ...events.told, reason: "the login left no line in one of the groups, so there is nothing to copy" },
        { ...whole(events.all, copies), reason: "an event of the groups stands in no copy" },
        { ...(await locked(range, copies)), reason: "a copy is not locked" },
        {
          ok: copies.length > 0 && again.length === copies.length,
          seen: `${copies.length} versions of copies, copied again ${again.length}`,
          reason: "what is copied already is written once more",
        },
        { ...(await byTheClock(range, groups[0])), reason: "the clock does not copy, or was not put back" },
      ];
      return judged(inspector, findings, {
        mutant: {
          observation: mutant,
          reason: "a line that no run has copied is not missed, so a copy proves nothing",
        },
      });
    },
  };
}

type Groups = readonly [server: string, provider: string];

async function loginLogged(range: Range, [server, provider]: Groups, from: Date) {
  const connected = { "activity-type": "CONNECTED", user: SENDER, "source-ip": SENDERS_ADDRESS };
  const allowed = { event: "login", user: SENDER, ip: SENDERS_ADDRESS, decision: "allowed" };
  const told = both(await logged(range, server, connected, from), await logged(range, provider, allowed, from));
  // The end of the session is a line as well, and must not come between two copies.
  await sleep(SILENCE_MS[range.target.kind]);
  const to = new Date();
  return {
    told,
    to,
    all: [...(await logEvents(range, server, from, to)), ...(await logEvents(range, provider, from, to))],
  };
}

async function copiesOf(range: Range, groups: Groups, since: Date): Promise<readonly LogCopy[]> {
  return (await Promise.all(groups.map((group) => logCopies(range, group, since)))).flat();
}

function whole(events: readonly LogEvent[], copies: readonly LogCopy[]): Checked {
  const left = uncopied(events, copies);
  const first = left[0] && `, the first in stream ${left[0].stream}: ${left[0].message.slice(0, 200)}`;
  return {
    ok: events.length > 0 && left.length === 0,
    seen: `${left.length} of ${events.length} in no copy${first ?? ""}`,
  };
}

async function locked(range: Range, copies: readonly LogCopy[]): Promise<Checked> {
  const inspector = await range.inspector();
  const open: string[] = [];
  for (const { version } of copies) {
    const head = await range.head(inspector, { ...version, sha256: "" });
    const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = head;
    if (mode !== "COMPLIANCE" || !(Number(until) > Date.now()))
      open.push(`${version.key} ${mode} until ${until?.toISOString()}`);
  }
  return {
    ok: copies.length > 0 && open.length === 0,
    seen: `${copies.length} copies, not locked: ${open.join(", ") || "none"}`,
  };
}

async function laterLineMissed(range: Range, group: string, copies: readonly LogCopy[]): Promise<Checked> {
  const at = new Date();
  await addLine(range, group, `${STREAM_PREFIX}${range.run}-later`, at, { "activity-type": "OQ", run: range.run });
  const later = await logEvents(range, group, at, new Date(at.getTime() + 1));
  const left = uncopied(later, copies);
  return { ok: later.length > 0 && left.length > 0, seen: `${left.length} of ${later.length} later events in no copy` };
}

async function byTheClock(range: Range, group: string): Promise<Checked> {
  const at = new Date(Date.now() - AGO_MS);
  const stream = `${STREAM_PREFIX}${range.run}-earlier`;
  await addLine(range, group, stream, at, { "activity-type": "OQ", run: range.run });
  let copy: LogCopy | undefined;
  const clock = await changedFor(await scheduleOf(range, LOG_ARCHIVE), async () => {
    for (const deadline = Date.now() + PATIENCE_MS; !copy && Date.now() < deadline; ) {
      await sleep(POLL_MS);
      const copies = await logCopies(range, group, at);
      copy = copies.find(({ events }) =>
        events.some((event) => event.stream === stream && event.timestamp === at.getTime()),
      );
    }
    return undefined;
  });
  return {
    ok: clock.ok && copy !== undefined,
    seen: `by the clock: ${copy ? copy.version.key : "the line of an hour ago in no copy"}; ${clock.seen}`,
  };
}
