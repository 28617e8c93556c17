// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import { both } from "../logged";
import { type Notice, noticeOf, untilTold } from "../notices";
import { type Promotion, promote } from "../promotion";
import { type SenderId, STUDY } from "../senders";
import { receive, subscribeQueue } from "../subscriber";
import { SILENCE_MS } from "./alarm";

const SENDER: SenderId = "oq-sender";
/** What happens to a file that is sent with its `.sha256`, in the words of its notices. */
const TOLD = ["ATTRIBUTED", "MANIFEST_OK", "PROMOTED", "RECEIVED"] as const;

/** Those who wait for a delivery are told of it. */
export const arrivalToldChallenges: readonly Challenge[] = [told()];

function told(): Challenge {
  const title = "A delivery is told to its subscribers, and its receipt to the vendor";
  return {
    step: {
      id: "OQ-arrival-told",
      title,
      controls: [],
      requirements: ["URS-024"],
      clauses: ["11.10(a)"],
      kind: "positive",
      principal: "vendor's role, by SFTP; deploy role, as the subscriber",
      action:
        "put of a file and of its .sha256 as in OQ-sftp-promoted. The receivers are two queues that the test subscribes to the topic of deliveries and removes again: one of everything, one with the filter of the vendor's contact. Delivery by e-mail is not exercised",
      expected: `of the file's version, ${TOLD.join(", ")} reach the first queue, each with vendor, study and status as message attributes; RECEIVED reaches the second, a receipt with name, version, SHA-256 and time`,
      acceptance:
        "every one of them, within five minutes; the twin's notices stay away for as long as OQ-alarm-root-use listens for silence",
      twin: "what is no receipt is not told to the vendor: none of ATTRIBUTED, MANIFEST_OK and PROMOTED reaches the second queue",
    },
    async run(range) {
      const administrator = await range.administrator();
      const topic = range.zone.topicNamed("-deliveries");
      const filter = range.zone.subscriptionFilter(topic, SENDER);
      const everything = await subscribeQueue(range, administrator, topic, "deliveries");
      const contact = await subscribeQueue(range, administrator, topic, "receipts", filter);
      const own: Notice[] = [];
      const receipts: Notice[] = [];
      try {
        let version: string | undefined;
        const seen = await expectAnswer(administrator, title, async () => {
          const sent = await promote(range, `OQ_TOLD_${range.run}.csv`);
          version = sent.sent.versionId;
          await untilTold(range, everything.url, sent.sent, own, TOLD);
          await untilTold(range, contact.url, sent.sent, receipts, ["RECEIVED"]);
          return both(attributesFit(own), receiptFits(sent, receipts));
        });
        const twin = await observe(`${title}: twin`, async () => {
          await sleep(SILENCE_MS[range.target.kind]);
          const late = (await receive(administrator, contact.url)).map(noticeOf);
          receipts.push(...late.filter(({ facts }) => facts.version === version));
          const astray = receipts.filter(({ status }) => status !== "RECEIVED").map(({ status }) => status);
          const silent = receipts.length > 0 && astray.length === 0;
          return { ok: silent, seen: `${receipts.length} told to the vendor, ${astray.join(", ") || "none astray"}` };
        });
        const observed = { notices: own, receipts, filter };
        return twin.result === "PASS"
          ? { ...seen, twin, observed }
          : { ...seen, twin, observed, result: "FAIL", reason: "the vendor is told what is none of its receipts" };
      } finally {
        await everything.remove();
        await contact.remove();
      }
    },
  };
}

function attributesFit(own: readonly Notice[]): Checked {
  const missing = TOLD.filter((status) => !own.some((one) => one.status === status));
  const odd = own.filter(
    ({ vendor, study, status, facts }) => vendor !== SENDER || study !== STUDY || status !== facts.status,
  );
  return {
    ok: missing.length === 0 && odd.length === 0,
    seen: `${own.map(({ vendor, study, status }) => `${status} (vendor ${vendor}, study ${study})`).join(", ") || "nothing told"}${missing.length > 0 ? `; not told: ${missing.join(", ")}` : ""}`,
  };
}

function receiptFits({ name, sent }: Promotion, receipts: readonly Notice[]): Checked {
  const receipt = receipts.find(({ status }) => status === "RECEIVED")?.facts;
  if (!receipt) return { ok: false, seen: "no receipt" };
  const { file, version, sha256, received } = receipt;
  const timed = typeof received === "string" && !Number.isNaN(Date.parse(received));
  return {
    ok: file === name && version === sent.versionId && sha256 === sent.sha256 && timed,
    seen: `receipt: name ${file}, version ${version}, SHA-256 ${sha256}, received ${received}`,
  };
}
