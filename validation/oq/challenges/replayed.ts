// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { Part11Error } from "../../error";
import { type Queues, type ReplayResult, replay } from "../../replay";
import type { ReplayEntry } from "../../replay/replay-record";
import { sqsQueues } from "../../replay/sqs-queues";
import { type Challenge, type Checked, observe } from "../challenge";
import { type DeadLetter, IngestDeadLetters, objectCreated, TRY_SECONDS } from "../ingest-dead-letters";
import { type Finding, findingOf, type Gathered, judged } from "../judged";
import { versionsNamed } from "../kept-versions";
import type { Told } from "../ledger-events";
import type { Principal } from "../principal";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { changedFor } from "../restore";
import { outage } from "../scanner";
import type { SenderId } from "../senders";
import { nothingElse, nowhere } from "./poison";

const SENDER: SenderId = "oq-sender";
const MOST = 100;
const LOST = "a message that nobody can deal with is lost, or not alone";

/** What could not be dealt with comes back when its cause is mended. */
export const replayedChallenges: readonly Challenge[] = [replayed()];

function replayed(): Challenge {
  const title = "What could not be dealt with is sent again when its cause is mended, and becomes a record";
  return {
    step: {
      id: "OQ-poison-replayed",
      title,
      controls: ["P11-10a-10"],
      requirements: ["URS-025"],
      clauses: ["11.10(a)"],
      kind: "positive",
      principal: "deploy role, as the operator and as who breaks the scanner; vendor's role, by SFTP",
      action: `have the scan function of the qualification fail, put a file of an installed delivery, and send the message of OQ-poison-dead-letter; wait until both are in the dead-letter queue; let the scan function answer again, and send the dead letters again as \`part11 replay\` does, which asks SQS where they came from. The visibility timeout of the installed queue is shortened from an hour and a half to ${TRY_SECONDS} seconds meanwhile; function and timeout are put back and read again`,
      expected:
        'while the scan fails, RECEIVED and ATTRIBUTED alone, and no version of the name in the raw bucket; the replay finds the installed queue of arrivals by itself, moves every message and sees none left, and records each by its SHA-256 before it is sent; then PROMOTED with "scan: clean", one version in the raw bucket, and nothing about the file in the dead-letter queue',
      acceptance: "every one of them, each within five minutes; function and visibility timeout are as before",
      twin: "a message that nobody can ever deal with is not lost by a replay: it is in the dead-letter queue again, alone, and is taken out by the test",
    },
    async run(range) {
      const administrator = await range.administrator();
      const letters = await IngestDeadLetters.of(range);
      const poison = nowhere(range);
      const before = nothingElse(await letters.waiting());
      const empty = { ...before, reason: "the dead-letter queue is not empty before" };
      // What others left there is not a challenge's to send again.
      if (!empty.ok) {
        const observation = { result: "NOT RUN", actual: "nothing sent" } as const;
        return judged(administrator, [empty], { twin: { observation, reason: LOST } });
      }
      const findings: Gathered = [empty];
      const record: ReplayEntry[] = [];
      let again: readonly DeadLetter[] = [];
      let name = "";
      try {
        const shortened = await changedFor(letters.visibility(), async () => {
          const { sent, dead, given } = await failedFor(range, letters, poison);
          name = sent.key;
          findings.push(...given, await moved(administrator, letters, dead, record));
          findings.push(await becameRecord(range, sent));
          again = await letters.until(poison.versionId);
          return undefined;
        });
        findings.push({ ...shortened, reason: "the visibility timeout is not as it was" });
      } finally {
        const others = await letters.takeOut(poison.versionId);
        findings.push({ ...nothingElse(others), reason: "something is left in the dead-letter queue" });
      }
      const twin = await observe(`${title}: twin`, async () => backAlone(again, poison, name));
      const verdict = judged(administrator, findings, { twin: { observation: twin, reason: LOST } });
      return { ...verdict, observed: { record, deadLetters: again } };
    },
  };
}

/** A file that arrives while the scan fails, and the message that can never be dealt with, until both are given up. */
async function failedFor(range: Range, letters: IngestDeadLetters, poison: PutVersion) {
  const name = `VOLUME_REPLAYED_${range.run}.csv`;
  let sent: PutVersion | undefined;
  let dead: readonly DeadLetter[] = [];
  let waits: Checked = { ok: false, seen: "not looked at" };
  const broken = await changedFor(outage(range), async () => {
    sent = await range.senders.upload(SENDER, name, `visit,value\nreplayed,${range.run}\n`);
    await letters.send(objectCreated(range, poison));
    await letters.until(poison.versionId, name);
    // The file's two messages need not end together.
    await sleep(2 * TRY_SECONDS * 1000);
    dead = await letters.waiting();
    waits = await recordsAndEvents(range, sent, ["ATTRIBUTED", "RECEIVED"], 0);
    return undefined;
  });
  if (!sent) throw new Error(`${name} was not sent: ${broken.seen}`);
  const about = dead.filter(({ body }) => body.includes(name)).length;
  const both = about > 0 && dead.some(({ body }) => body.includes(poison.versionId));
  const seen = `${dead.length} dead letters, ${about} of them about ${name}`;
  const given = [
    { ok: both, seen, reason: "the messages are not in the dead-letter queue" },
    { ...waits, reason: "the file is not as it must be while it waits" },
    { ...broken, reason: "the scan function is not as it was" },
  ];
  return { sent, dead, given };
}

/** Sends the dead letters again by the code of `part11 replay`, without being told where they came from. */
async function moved(
  administrator: Principal,
  letters: IngestDeadLetters,
  dead: readonly DeadLetter[],
  record: ReplayEntry[],
): Promise<Finding> {
  return findingOf("the replay does not bring every message back", async () => {
    const queues = await sourceFound(administrator, letters);
    if ("missing" in queues) return { ok: false, seen: queues.missing };
    const request = { by: "oq", reason: "the scan function answers again", most: MOST };
    const result = await replay(queues, { add: (entry) => record.push(entry) }, request, () => new Date());
    const home = queues.to === letters.arrivals;
    return {
      ok: home && movedAll(result, dead) && recorded(record, dead),
      seen: `${result.outcomes.length} of ${dead.length} messages sent to ${home ? "the queue of arrivals" : queues.to}: ${result.outcomes.map(({ about, why }) => why ?? about).join(", ")}; ${result.emptied ? "none" : "more"} left; ${record.length} lines of record`,
    };
  });
}

/** A replay that finds no queue to send to has failed; it is not that nobody could look. */
async function sourceFound(
  administrator: Principal,
  { url }: IngestDeadLetters,
): Promise<Queues | { missing: string }> {
  try {
    return await sqsQueues(administrator.sqs(), administrator.sts(), url);
  } catch (error) {
    if (error instanceof Part11Error && error.code === "SUBJECT_NOT_FOUND") return { missing: error.message };
    throw error;
  }
}

function movedAll({ outcomes, emptied }: ReplayResult, dead: readonly DeadLetter[]): boolean {
  const ids = new Set(outcomes.flatMap(({ messageId, why }) => (why === undefined ? [messageId] : [])));
  return emptied && dead.length > 0 && outcomes.length === dead.length && dead.every(({ id }) => ids.has(id));
}

/** Each message stands in the record twice, in this order: `sending`, `moved`. */
function recorded(record: readonly ReplayEntry[], dead: readonly DeadLetter[]): boolean {
  const actions = (id: string) => record.filter(({ messageId }) => messageId === id).map(({ action }) => action);
  return dead.every(({ id }) => actions(id).join() === "sending,moved");
}

async function becameRecord(range: Range, sent: PutVersion): Promise<Finding> {
  return findingOf("the file does not become a record", () =>
    recordsAndEvents(range, sent, ["ATTRIBUTED", "PROMOTED", "RECEIVED"], 1, "scan: clean"),
  );
}

async function recordsAndEvents(
  range: Range,
  sent: PutVersion,
  expected: readonly string[],
  count: number,
  reason?: string,
): Promise<Checked> {
  const awaited = count === 0 ? "ATTRIBUTED" : "PROMOTED";
  const events: readonly Told[] = await eventUntil(range, sent, awaited);
  const types = events.map(({ type }) => type).sort();
  const said = events.find(({ type }) => type === "PROMOTED")?.reason;
  const name = sent.key.split("/").pop()!;
  const records = await versionsNamed(range, range.raw, range.senders.prefix(SENDER), name);
  return {
    ok: types.join() === expected.join() && records === count && said === reason,
    seen: `${types.join(", ") || "no event"}${said === undefined ? "" : ` (${said})`}; ${records} versions of ${name} in ${range.raw}`,
  };
}

function backAlone(again: readonly DeadLetter[], poison: PutVersion, key: string): Checked {
  const own = again.filter(({ body }) => body.includes(poison.versionId));
  const about = again.filter(({ body }) => body.includes(key));
  return {
    ok: key !== "" && own.length === 1 && about.length === 0,
    seen: `${own.length} message about ${poison.versionId} in the dead-letter queue again, ${about.length} about the file`,
  };
}
