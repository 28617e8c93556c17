// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import { both } from "../logged";
import { type Notice, untilTold } from "../notices";
import { type Promotion, promote, promoteUnblinded } from "../promotion";
import type { Range } from "../range";
import type { SenderId } from "../senders";
import { subscribeQueue } from "../subscriber";
import { SILENCE_MS } from "./alarm";

const SENDER: SenderId = "oq-unblinded";
const TOLD = ["ATTRIBUTED", "PROMOTED", "RECEIVED"] as const;

/** Who is told of what is unblinded is not told how it is called. */
export const unblindedToldChallenges: readonly Challenge[] = [told()];

function told(): Challenge {
  const title = "No message names an unblinded file, and its sender's receipt does not either";
  return {
    step: {
      id: "OQ-unblinded-told",
      title,
      controls: [],
      requirements: ["URS-008", "URS-024"],
      clauses: ["11.10(d)", "11.10(g)"],
      kind: "positive",
      principal: "vendor's role, by SFTP; deploy role, as the subscriber",
      action:
        "put of a file into an unblinded folder. The receivers are two queues that the test subscribes to the topic of deliveries and removes again: one of everything, one with the filter of that vendor's contact. Delivery by e-mail is not exercised",
      expected: `of the file's version, ${TOLD.join(", ")} reach the first queue and RECEIVED the second, with its SHA-256; no text and no attribute of them holds the file's name`,
      acceptance: "every one of them, within five minutes",
      twin: "the notices of a blinded file, by the same queue, do name it",
    },
    async run(range) {
      const administrator = await range.administrator();
      const topic = range.zone.topicNamed("-deliveries");
      const filter = range.zone.subscriptionFilter(topic, SENDER);
      const everything = await subscribeQueue(range, administrator, topic, "unblinded");
      const contact = await subscribeQueue(range, administrator, topic, "unblinded-receipts", filter);
      const [own, receipts, others]: [Notice[], Notice[], Notice[]] = [[], [], []];
      try {
        const seen = await expectAnswer(administrator, title, async () => {
          const promotion = await promoteUnblinded(range, `ARM_TOLD_${range.run}.csv`);
          const file = { versionId: promotion.sent.versionId, naming: promotion.name };
          await untilTold(range, everything.url, file, own, TOLD);
          await untilTold(range, contact.url, file, receipts, ["RECEIVED"]);
          // What names the file may be of its record, and come last.
          await sleep(SILENCE_MS[range.target.kind]);
          await untilTold(range, everything.url, file, own, []);
          await untilTold(range, contact.url, file, receipts, []);
          return both(
            unnamed("own people", promotion, own, TOLD),
            unnamed("the contact", promotion, receipts, ["RECEIVED"]),
          );
        });
        const twin = await observe(`${title}: twin`, () => blindedNamed(range, everything.url, others));
        const observed = { notices: own, receipts, blinded: others, filter };
        return twin.result === "PASS"
          ? { ...seen, twin, observed }
          : {
              ...seen,
              twin,
              observed,
              result: "FAIL",
              reason: "a blinded file is not named, so silence proves nothing",
            };
      } finally {
        await everything.remove();
        await contact.remove();
      }
    },
  };
}

/** Whether all that must be told was told of the right bytes, and nothing of it holds the file's name. */
export function unnamed(
  who: string,
  { name, sent }: Pick<Promotion, "name" | "sent">,
  notices: readonly Notice[],
  wanted: readonly string[],
): Checked {
  const missing = wanted.filter((status) => !notices.some((one) => one.status === status));
  const naming = notices.filter((one) => JSON.stringify(one).includes(name)).map(({ status }) => status);
  const hashed = notices.some(({ status, facts }) => status === "RECEIVED" && facts.sha256 === sent.sha256);
  const said = notices.map(({ status }) => status).join(", ") || "nothing";
  return {
    ok: missing.length === 0 && naming.length === 0 && hashed,
    seen: `${who}: ${said}; ${naming.length === 0 ? "none names the file" : `named by ${naming.join(", ")}`}, ${hashed ? "with" : "WITHOUT"} its SHA-256${missing.length === 0 ? "" : `; not told: ${missing.join(", ")}`}`,
  };
}

async function blindedNamed(range: Range, queue: string, notices: Notice[]): Promise<Checked> {
  const { name, sent } = await promote(range, `OQ_NAMED_${range.run}.csv`);
  await untilTold(range, queue, sent, notices, ["RECEIVED"]);
  const files = notices.map(({ facts }) => facts.file);
  return {
    ok: files.length > 0 && files.every((file) => file === name),
    seen: `told of ${files.join(", ") || "nothing"}`,
  };
}
