// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type Challenge, type Checked, observe } from "../challenge";
import { type Finding, type Findings, judged } from "../judged";
import { keptVersions, versionsNamed } from "../kept-versions";
import { ledgerEvents, type Told } from "../ledger-events";
import { logged } from "../logged";
import { type Notice, PATIENCE_MS, untilTold } from "../notices";
import { eventUntil } from "../promotion";
import type { Range } from "../range";
import { SENDERS_ADDRESS, type SenderId, STUDY, sha256 } from "../senders";
import { subscribeQueue } from "../subscriber";

const SENDER: SenderId = "oq-sender";
const POLL_MS = 1000;

/** A transfer that breaks off is told of, and what came of it is no record. */
export const uploadCutOffChallenges: readonly Challenge[] = [cutOff()];

function cutOff(): Challenge {
  const title = "An upload that breaks off is told of as failed, and its part never becomes a record";
  return {
    step: {
      id: "OQ-upload-cut-off",
      title,
      controls: ["P11-10a-11", "P11-10e-15"],
      requirements: ["URS-017", "URS-022", "URS-024"],
      clauses: ["11.10(a)", "11.10(e)"],
      kind: "positive",
      principal:
        "vendor's role, by SFTP with the vendor's key from the vendor's network; deploy role, as the subscriber",
      action: `open a file of an installed delivery in /${STUDY}, write its first line and cut the TCP connection; the transfer server's own event of the failed upload, the installed rules, queue and function do the rest. The part would do as a file of that delivery by name and size. The receiver is a queue with the filter of the vendor's contact; delivery by e-mail is not exercised`,
      expected:
        "TRANSFER_FAILED in the ledger with the reason PARTIAL_UPLOAD, and user, address and bytes of the session; the queue receives TRANSFER_FAILED with vendor and study as message attributes; the server's log has PARTIAL_CLOSE of the file; of the part, as far as the server keeps it, RECEIVED with its SHA-256 and nothing else, and no version of its name in the raw bucket",
      acceptance: "every one of them, each within five minutes",
      twin: "the same file, sent again whole under the same name, becomes a record with the SHA-256 of the whole; the part is RECEIVED and SUPERSEDED, and no record still",
    },
    async run(range) {
      const administrator = await range.administrator();
      const topic = range.zone.topicNamed("-deliveries");
      const queue = await subscribeQueue(
        range,
        administrator,
        topic,
        "cut-off",
        range.zone.subscriptionFilter(topic, SENDER),
      );
      const notices: Notice[] = [];
      try {
        const [since, part] = [new Date(), "subject,visit,value\n"];
        const whole = `${part}001,1,${range.run}\n`;
        const name = `VOLUME_CUT_OFF_${range.run}.csv`;
        const key = `${range.senders.prefix(SENDER)}${name}`;
        const session = await range.senders.login(SENDER, { privateKey: (await range.senders.key(SENDER)).private });
        await session.cutOff(`/${STUDY}/${name}`, part);
        const failures = await untilFailed(range, key);
        const line = { "activity-type": "PARTIAL_CLOSE", path: `/${range.inbox}/${key}` };
        const findings: Findings = [
          recordedAsFailed(failures, part),
          await toldOf(range, queue.url, failures, notices),
          {
            ...(await logged(range, range.zone.sftpLogGroup(), line, since)),
            reason: "the server's log has no line of it",
          },
          { ...(await partIs(range, key, part, ["RECEIVED"], 0)), reason: "the part is not as it must be" },
        ];
        const observation = await observe(`${title}: twin`, () => sentAgain(range, name, part, whole));
        const twin = { observation, reason: "the whole file does not become a record" };
        const verdict = judged({ arn: range.senders.roleArn(SENDER) }, findings, { twin });
        return { ...verdict, observed: { notices, failures } };
      } finally {
        await queue.remove();
      }
    },
  };
}

/** TRANSFER_FAILED of a key, as soon as there is one or when patience ends. */
async function untilFailed(range: Range, key: string): Promise<readonly Told[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const own = (await ledgerEvents(range)).filter((one) => one.key === key && one.type === "TRANSFER_FAILED");
    if (own.length > 0 || Date.now() > deadline) return own;
    await sleep(POLL_MS);
  }
}

function recordedAsFailed(failures: readonly Told[], part: string): Finding {
  const [failure] = failures;
  const { user, clientIp, bytes } = failure?.transfer ?? {};
  const seen = `${failures.length} TRANSFER_FAILED: ${failure?.reason}, ${user} from ${clientIp}, ${bytes} bytes`;
  const asSent = user === SENDER && clientIp === SENDERS_ADDRESS && bytes === Buffer.byteLength(part);
  const ok = failures.length === 1 && failure?.reason === "PARTIAL_UPLOAD" && asSent;
  return { ok, seen, reason: "the failed transfer is not in the ledger as it was" };
}

async function toldOf(range: Range, queue: string, [failure]: readonly Told[], notices: Notice[]): Promise<Finding> {
  const reason = "nobody is told of the failed transfer";
  if (!failure) return { ok: false, seen: "nothing to be told of", reason };
  await untilTold(range, queue, failure, notices, ["TRANSFER_FAILED"]);
  const about = notices.find(({ status }) => status === "TRANSFER_FAILED");
  return {
    ok: about?.vendor === SENDER && about.study === STUDY,
    seen: about ? `told: TRANSFER_FAILED (vendor ${about.vendor}, study ${about.study})` : "not told",
    reason,
  };
}

/** What came before the connection was cut: at most one version, with these events, and so many records of the name. */
async function partIs(
  range: Range,
  key: string,
  part: string,
  types: readonly string[],
  count: number,
): Promise<Checked> {
  const own = (await versionsOf(range, key)).filter(({ sizeBytes }) => sizeBytes === Buffer.byteLength(part));
  const [stored] = own;
  const events = stored ? await eventUntil(range, { ...stored, sha256: "" }, types.at(-1)!) : [];
  const told = events.map(({ type }) => type).sort();
  const received = events.find(({ type }) => type === "RECEIVED")?.sha256;
  const records = await versionsNamed(range, range.raw, range.senders.prefix(SENDER), key.split("/").pop()!);
  const fits = stored === undefined || (told.join() === types.join() && received === sha256(part));
  return {
    ok: own.length <= 1 && fits && records === count,
    seen: `${own.length} version of the part${stored ? `: ${told.join(", ") || "no event"}, SHA-256 ${received}` : ""}; ${records} versions of its name in ${range.raw}`,
  };
}

async function sentAgain(range: Range, name: string, part: string, whole: string): Promise<Checked> {
  const key = `${range.senders.prefix(SENDER)}${name}`;
  const session = await range.senders.login(SENDER, { privateKey: (await range.senders.key(SENDER)).private });
  await session.put(`/${STUDY}/${name}`, whole);
  session.end();
  const sent = (await versionsOf(range, key)).find(({ sizeBytes }) => sizeBytes === Buffer.byteLength(whole));
  if (!sent) return { ok: false, seen: `no version of ${key} with all bytes` };
  const events = await eventUntil(range, { ...sent, sha256: "" }, "PROMOTED");
  const types = events.map(({ type }) => type).sort();
  const destination = events.find(({ type }) => type === "PROMOTED")?.destination;
  const record = destination
    ? await range.readable(await range.inspector(), { ...destination, sha256: sha256(whole) })
    : { ok: false, seen: "no record" };
  const rest = await partIs(range, key, part, ["RECEIVED", "SUPERSEDED"], 1);
  return {
    ok: types.join() === "ATTRIBUTED,PROMOTED,RECEIVED" && record.ok && rest.ok,
    seen: `${types.join(", ") || "no event"}; ${record.seen}; ${rest.seen}`,
  };
}

async function versionsOf(range: Range, key: string) {
  const versions = await keptVersions(range, range.inbox, key, await range.administrator());
  return versions.filter((version) => version.key === key).map((version) => ({ ...version, bucket: range.inbox }));
}
