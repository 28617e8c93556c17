// SPDX-License-Identifier: Apache-2.0
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import { versionsNamed } from "../kept-versions";
import { type Notice, untilTold } from "../notices";
import { eventUntil, promote } from "../promotion";
import type { PutVersion, Range } from "../range";
import { type SenderId, STUDY, sha256 } from "../senders";
import { subscribeQueue } from "../subscriber";

const SENDER: SenderId = "oq-sender";

/** A file that is not the one of which its sender speaks. */
export const deliveryMismatchChallenges: readonly Challenge[] = [mismatched()];

function mismatched(): Challenge {
  const title = "A file with other bytes than its sender states is refused, told of, and never becomes a record";
  return {
    step: {
      id: "OQ-delivery-mismatch",
      title,
      controls: [],
      requirements: ["URS-019", "URS-022", "URS-024"],
      clauses: ["11.10(a)", "11.10(c)"],
      kind: "positive",
      principal:
        "vendor's role, by SFTP with the vendor's key from the vendor's network; deploy role, as the subscriber",
      action: `put into /${STUDY} a .sha256 with the hash of some bytes, and under its name a file of which one byte is another; the installed rules, queue and function do the rest. The receiver is a queue with the filter of the vendor's contact; delivery by e-mail is not exercised`,
      expected:
        "RECEIVED with the SHA-256 of what came, ATTRIBUTED, and MANIFEST_MISMATCH with both hashes; the queue receives MANIFEST_MISMATCH with vendor and study as message attributes; no PROMOTED, and no version of its name in the raw bucket",
      acceptance: "every one of them, within five minutes",
      twin: "a file of the same delivery with the bytes that its .sha256 states becomes a record",
    },
    async run(range) {
      const administrator = await range.administrator();
      const topic = range.zone.topicNamed("-deliveries");
      const filter = range.zone.subscriptionFilter(topic, SENDER);
      const queue = await subscribeQueue(range, administrator, topic, "mismatch", filter);
      const told: Notice[] = [];
      try {
        const seen = await expectAnswer({ arn: range.senders.roleArn(SENDER) }, title, async () => {
          const { stated, sent } = await sendAltered(range);
          const refused = await refusedFor(range, sent, stated);
          await untilTold(range, queue.url, sent, told, ["MANIFEST_MISMATCH"]);
          const checks = [refused, noticeFits(told)];
          return { ok: checks.every(({ ok }) => ok), seen: checks.map((one) => one.seen).join("; ") };
        });
        const twin = await observe(`${title}: twin`, async () => {
          const { events, record } = await promote(range, `OQ_MATCHING_${range.run}.csv`);
          const types = events.map(({ type }) => type).sort();
          return { ok: types.includes("MANIFEST_OK") && record !== undefined, seen: types.join(", ") || "no event" };
        });
        const observed = { notices: told };
        return twin.result === "PASS"
          ? { ...seen, twin, observed }
          : { ...seen, twin, observed, result: "FAIL", reason: "what is as its sender states is refused as well" };
      } finally {
        await queue.remove();
      }
    },
  };
}

/** The side file first, so that nothing depends on how fast two events are. */
async function sendAltered(range: Range): Promise<{ readonly stated: string; readonly sent: PutVersion }> {
  const { senders, run } = range;
  const name = `OQ_ALTERED_${run}.csv`;
  const [meant, altered] = [`subject,value\n001,7,${run}\n`, `subject,value\n001,8,${run}\n`];
  const session = await senders.login(SENDER, { privateKey: (await senders.key(SENDER)).private });
  await session.put(`/${STUDY}/${name}.sha256`, `${sha256(meant)}  ${name}\n`);
  await session.put(`/${STUDY}/${name}`, altered);
  session.end();
  return { stated: sha256(meant), sent: await senders.uploaded(SENDER, name, altered) };
}

async function refusedFor(range: Range, sent: PutVersion, stated: string): Promise<Checked> {
  const events = await eventUntil(range, sent, "MANIFEST_MISMATCH");
  const types = events.map(({ type }) => type).sort();
  const refusal = events.find(({ type }) => type === "MANIFEST_MISMATCH");
  const name = sent.key.split("/").pop()!;
  const records = await versionsNamed(range, range.raw, range.senders.prefix(SENDER), name);
  return {
    ok:
      types.join() === "ATTRIBUTED,MANIFEST_MISMATCH,RECEIVED" &&
      refusal?.senderSha256 === stated &&
      refusal.sha256 === sent.sha256 &&
      records === 0,
    seen: `${types.join(", ") || "no event"}; SHA-256 of the sender ${refusal?.senderSha256}, computed ${refusal?.sha256}; ${records} versions of its name in ${range.raw}`,
  };
}

function noticeFits(told: readonly Notice[]): Checked {
  const about = told.find(({ status }) => status === "MANIFEST_MISMATCH");
  return {
    ok: about?.vendor === SENDER && about.study === STUDY,
    seen: about ? `told: MANIFEST_MISMATCH (vendor ${about.vendor}, study ${about.study})` : "not told",
  };
}
