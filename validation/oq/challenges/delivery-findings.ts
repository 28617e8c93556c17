// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { AWAITED_FROM, AwaitedDelivery } from "../awaited-delivery";
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import { runDeliveryCheck } from "../delivery-check";
import { type Notice, noticeOf, PATIENCE_MS } from "../notices";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { STUDY } from "../senders";
import { receive, subscribeQueue } from "../subscriber";

const POLL_MS = 500;
/** Most bytes of the delivery that is challenged. */
const MOST_BYTES = 100;

/** What comes and is not as expected. */
export const deliveryFindingsChallenges: readonly Challenge[] = [found()];

/** A file, and what must be told of it by the check. */
export interface Sent extends PutVersion {
  readonly name: string;
  readonly bytes: number;
  readonly told: readonly string[];
}

function found(): Challenge {
  const title = "A file that nobody expects, one with the bytes of another, and one out of range are each told of";
  return {
    step: {
      id: "OQ-delivery-findings",
      title,
      controls: [],
      requirements: ["URS-008", "URS-024"],
      clauses: ["11.10(a)", "11.10(f)"],
      kind: "positive",
      principal: "vendor's role, by SFTP; deploy role, as the subscriber and as who runs the check",
      action: `put a row into the table of deliveries, a copy of one that the plan wrote with a name, a pattern and ${MOST_BYTES} bytes at most of its own, to be taken out at the end; put by SFTP a file of no delivery, two with the same bytes, one of more bytes; run the check`,
      expected:
        "UNEXPECTED of the first, DUPLICATE_CONTENT of the second of the two, OUT_OF_RANGE of the last reach a queue, each once, with vendor, study and status as message attributes and with size and SHA-256 of what was sent in its text",
      acceptance: "every one of them within five minutes",
      twin: "the first of the two, which is as expected, is promoted and not told of by the check",
    },
    async run(range) {
      const administrator = await range.administrator();
      const filter = JSON.stringify({
        vendor: [AWAITED_FROM],
        status: ["UNEXPECTED", "DUPLICATE_CONTENT", "OUT_OF_RANGE", "OVERDUE"],
      });
      const delivery = await AwaitedDelivery.put(range, {
        name: `oq-found-${range.run}`,
        files: `FOUND_${range.run}_*.csv`,
        sizeBytes: { min: 1, max: MOST_BYTES },
      });
      const queue = await subscribeQueue(
        range,
        administrator,
        range.zone.topicNamed("-deliveries"),
        "findings",
        filter,
      );
      const told: Notice[] = [];
      try {
        const files = await send(range);
        const seen = await expectAnswer(administrator, title, async () => {
          await runDeliveryCheck(range);
          await untilAllTold(range, queue.url, files, told);
          return asExpected(files, told);
        });
        const twin = await observe(`${title}: twin`, async () => {
          const usual = files.find((file) => file.told.length === 0)!;
          const types = (await eventUntil(range, usual, "PROMOTED")).map(({ type }) => type).sort();
          const about = told.filter(({ facts }) => facts.version === usual.versionId).length;
          return {
            ok: types.includes("PROMOTED") && about === 0,
            seen: `${usual.name}: ${types.join(", ") || "no event"}; ${about} told`,
          };
        });
        const observed = { notices: told };
        return twin.result === "PASS"
          ? { ...seen, twin, observed }
          : { ...seen, twin, observed, result: "FAIL", reason: "what is as expected is told of as well" };
      } finally {
        await queue.remove();
        await delivery.remove();
      }
    },
  };
}

/** Puts the files, and waits until the ledger has received each. */
async function send(range: Range): Promise<readonly Sent[]> {
  const { senders, run } = range;
  // No bytes that another step sends: they would be a duplicate themselves.
  const twice = `visit,value\n001,${run}\n`;
  const planned = [
    { name: `NOBODYS_${run}.csv`, content: `visit,value\n002,${run}\n`, told: ["UNEXPECTED"] },
    { name: `FOUND_${run}_1.csv`, content: twice, told: [] },
    { name: `FOUND_${run}_2.csv`, content: twice, told: ["DUPLICATE_CONTENT"] },
    { name: `FOUND_${run}_3.csv`, content: `${twice}${"#".repeat(MOST_BYTES)}\n`, told: ["OUT_OF_RANGE"] },
  ];
  const session = await senders.login(AWAITED_FROM, { privateKey: (await senders.key(AWAITED_FROM)).private });
  for (const { name, content } of planned) await session.put(`/${STUDY}/${name}`, content);
  session.end();
  const files: Sent[] = [];
  for (const { name, content, told } of planned) {
    const version = await senders.uploaded(AWAITED_FROM, name, content);
    await eventUntil(range, version, "RECEIVED");
    files.push({ ...version, name, told, bytes: Buffer.byteLength(content) });
  }
  return files;
}

async function untilAllTold(range: Range, queue: string, files: readonly Sent[], told: Notice[]): Promise<void> {
  const administrator = await range.administrator();
  const wanted = files.flatMap((file) => file.told.map((status) => ({ status, version: file.versionId })));
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    const notices = (await receive(administrator, queue)).map(noticeOf);
    told.push(...notices.filter(({ facts }) => files.some(({ versionId }) => versionId === facts.version)));
    const missing = wanted.filter(
      ({ status, version }) => !told.some((one) => one.status === status && one.facts.version === version),
    );
    if (missing.length === 0 || Date.now() > deadline) return;
    await sleep(POLL_MS);
  }
}

/** Whether each file is told of as it must be, and of nothing else. */
export function asExpected(files: readonly Sent[], told: readonly Notice[]): Checked {
  const departures = files.flatMap((file) => {
    const own = told.filter(({ facts }) => facts.version === file.versionId);
    const said = own.map(({ status }) => status).join(", ");
    if (said !== file.told.join(", "))
      return [`${file.name}: told ${said || "nothing"}, expected ${file.told.join(", ") || "nothing"}`];
    const odd = own.some(
      ({ vendor, study, facts }) =>
        vendor !== AWAITED_FROM || study !== STUDY || facts.bytes !== file.bytes || facts.sha256 !== file.sha256,
    );
    return odd ? [`${file.name}: told with another vendor, study, size or SHA-256`] : [];
  });
  const words = told.map(
    ({ status, vendor, study, facts }) => `${status} ${facts.file} (vendor ${vendor}, study ${study})`,
  );
  return {
    ok: files.length > 0 && departures.length === 0,
    seen: departures.length === 0 ? words.join(", ") : departures.join("; "),
  };
}
