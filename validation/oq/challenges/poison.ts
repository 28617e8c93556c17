// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type Challenge, type Checked, observe } from "../challenge";
import { type DeadLetter, IngestDeadLetters, objectCreated, TRY_SECONDS } from "../ingest-dead-letters";
import { type Finding, findingOf, type Gathered, judged } from "../judged";
import { logged } from "../logged";
import type { Principal } from "../principal";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { changedFor } from "../restore";
import type { SenderId } from "../senders";
import { subscribeQueue } from "../subscriber";
import { isNotified, stateOf, untilNotified } from "./alarm";

const SENDER: SenderId = "oq-sender";
/** Ends the name of the alarm that rings for a dead letter. */
export const DEAD_LETTERS_ALARM = "-ingest-dead-letters";

/** A message that nobody can deal with is kept and told of, and holds nothing up. */
export const poisonChallenges: readonly Challenge[] = [givenUp()];

function givenUp(): Challenge {
  const title = "A message that promotion can never deal with is kept and told of, and holds nothing up";
  return {
    step: {
      id: "OQ-poison-dead-letter",
      title,
      controls: ["P11-10a-10", "P11-300d-03"],
      requirements: ["URS-023", "URS-025"],
      clauses: ["11.10(a)", "11.300(d)"],
      kind: "positive",
      principal: "deploy role, as EventBridge, and as the subscriber; vendor's role, by SFTP",
      action: `send the installed queue of arrivals an Object Created event about a version that the inbox does not have, in the form of EventBridge's: no service can be made to send one. Beside it a vendor puts a file of an installed delivery. The visibility timeout of the installed queue is shortened from an hour and a half to ${TRY_SECONDS} seconds for as long as this takes, so that the tries of its redrive policy end; it is put back and read again. The receiver is a queue that the test subscribes to the topic and removes again; delivery by e-mail is not exercised. The message is taken out of the dead-letter queue afterwards`,
      expected:
        "the function logs VERSION_NOT_FOUND on that very message; after the tries it waits in the dead-letter queue; the alarm on that queue, quiet before, is in state ALARM and its notification reaches the queue; the file beside it becomes a record while the message is still being tried",
      acceptance:
        "every one of them, each within five minutes; the dead-letter queue is empty before and afterwards, and the visibility timeout as it was",
      twin: "the same event about a version that is there, sent at the same time: it is not in the dead-letter queue",
    },
    async run(range) {
      const administrator = await range.administrator();
      const letters = await IngestDeadLetters.of(range);
      const { name: alarm, topic } = range.zone.alarmNamed(DEAD_LETTERS_ALARM);
      const poison = nowhere(range);
      const { sent: treatable } = await range.promotion();
      const queue = await subscribeQueue(range, administrator, topic, "poison");
      const since = new Date();
      const findings: Gathered = [await quietBefore(administrator, letters, queue.url, alarm)];
      let found: readonly DeadLetter[] = [];
      let twin: Checked = { ok: false, seen: "nothing sent" };
      try {
        const shortened = await changedFor(letters.visibility(), async () => {
          const id = await letters.send(objectCreated(range, poison));
          await letters.send(objectCreated(range, treatable));
          findings.push(await notHeldUp(range, letters, poison));
          found = await letters.until(poison.versionId);
          findings.push(given(found, poison), await failure(range, id, poison, since));
          findings.push(await told(administrator, queue.url, alarm));
          // A try later: the twin may have been taken in another batch than the message.
          await sleep(TRY_SECONDS * 1000);
          twin = notAmong(await letters.waiting(), treatable);
          return undefined;
        });
        findings.push({ ...shortened, reason: "the visibility timeout is not as it was" });
      } finally {
        await queue.remove();
        const others = await letters.takeOut(poison.versionId);
        findings.push({ ...nothingElse(others), reason: "something is left in the dead-letter queue" });
      }
      const observation = await observe(`${title}: twin`, async () => twin);
      const beside = { observation, reason: "an event that can be dealt with is given up as well" };
      const verdict = judged(administrator, findings, { twin: beside });
      return { ...verdict, observed: { deadLetters: found } };
    },
  };
}

/** A version that the inbox does not have, of a key that nobody sends. */
export function nowhere(range: Range): PutVersion {
  const key = `${range.senders.prefix(SENDER)}VOLUME_NOWHERE_${range.run}.csv`;
  return { bucket: range.inbox, key, versionId: `oq-nowhere-${range.run}`, sha256: "" };
}

async function quietBefore(
  administrator: Principal,
  letters: IngestDeadLetters,
  queue: string,
  alarm: string,
): Promise<Finding> {
  const waiting = await letters.waiting();
  const [state, notified] = [await stateOf(administrator, alarm), await isNotified(administrator, queue, alarm)];
  return {
    ok: waiting.length === 0 && state !== undefined && state !== "ALARM" && !notified,
    seen: `before: ${waiting.length} dead letters, alarm ${state}`,
    reason: "the dead-letter queue or its alarm is not quiet before",
  };
}

/** A file that came after the message, and whether it had to wait for the message's end. */
async function notHeldUp(range: Range, letters: IngestDeadLetters, poison: PutVersion): Promise<Finding> {
  return findingOf("the file beside it is held up", async () => {
    const sent = await range.senders.upload(SENDER, `VOLUME_BESIDE_${range.run}.csv`, `beside,${range.run}\n`);
    const promoted = (await eventUntil(range, sent, "PROMOTED")).some(({ type }) => type === "PROMOTED");
    const over = (await letters.waiting()).some(({ body }) => body.includes(poison.versionId));
    const seen = `the file beside it ${promoted ? "promoted" : "not promoted"}, the message ${over ? "already given up" : "still being tried"}`;
    return { ok: promoted && !over, seen };
  });
}

function given(found: readonly DeadLetter[], poison: PutVersion): Finding {
  const own = found.filter(({ body }) => body.includes(poison.versionId));
  const seen = `${own.length} message about ${poison.versionId} in the dead-letter queue`;
  return { ok: own.length === 1, seen, reason: "the message is not in the dead-letter queue, or more than once" };
}

async function failure(
  range: Range,
  failed: string,
  { bucket, key, versionId }: PutVersion,
  since: Date,
): Promise<Finding> {
  const message = `${bucket} has no version ${versionId} of ${key}`;
  const says = { failed, error: "VERSION_NOT_FOUND", message };
  const line = await logged(range, range.zone.logGroupOf("-ingest"), says, since);
  return { ...line, reason: "the function does not say why it failed" };
}

async function told(administrator: Principal, queue: string, alarm: string): Promise<Finding> {
  const notified = await untilNotified(administrator, queue, alarm);
  const state = await stateOf(administrator, alarm);
  const seen = `alarm ${state}, ${notified ? `notification of ${alarm}` : "no notification of it"}`;
  return { ok: notified && state === "ALARM", seen, reason: "nobody is told of it" };
}

function notAmong(found: readonly DeadLetter[], { key, versionId }: PutVersion): Checked {
  const own = found.filter(({ body }) => body.includes(versionId));
  const seen = `${own.length} messages about version ${versionId} of ${key} in the dead-letter queue`;
  return { ok: found.length > 0 && own.length === 0, seen };
}

export function nothingElse(others: readonly DeadLetter[]): Checked {
  const bodies = others.map(({ body }) => body.slice(0, 120)).join(" | ");
  return { ok: others.length === 0, seen: `${others.length} other dead letters${bodies && `: ${bodies}`}` };
}
