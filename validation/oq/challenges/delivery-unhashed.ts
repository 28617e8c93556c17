// SPDX-License-Identifier: Apache-2.0
import { AWAITED_FROM, AwaitedDelivery } from "../awaited-delivery";
import { type Challenge, type Checked, expectAnswer, observe } from "../challenge";
import { scheduleOf } from "../clock";
import { versionsNamed } from "../kept-versions";
import { type Notice, untilTold } from "../notices";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { changedFor } from "../restore";
import { STUDY, sha256 } from "../senders";
import { subscribeQueue } from "../subscriber";

/** A sender's SHA-256 that does not come. */
export const deliveryUnhashedChallenges: readonly Challenge[] = [unhashed()];

function unhashed(): Challenge {
  const title = "A file whose required .sha256 does not come within its window is told of and never promoted";
  return {
    step: {
      id: "OQ-delivery-unhashed",
      title,
      controls: [],
      requirements: ["URS-008", "URS-022", "URS-024"],
      clauses: ["11.10(a)", "11.10(f)"],
      kind: "positive",
      principal: "vendor's role, by SFTP; deploy role, as the subscriber and as who sets the clock",
      action:
        "put a row into the table of deliveries, a copy of one that the plan wrote with a name and a pattern of its own and a required .sha256; put by SFTP a file without one, and see it wait. Then end the window in the row, and shorten the schedule of the installed sweep from an hour to a minute until it has refused the file. The row is taken out and the schedule put back at the end",
      expected:
        "while the window is open RECEIVED and ATTRIBUTED alone; then MANIFEST_MISSING in the ledger and in a queue, with vendor, study and status as message attributes; no PROMOTED, and no version of its name in the raw bucket",
      acceptance: "every one of them within five minutes; the schedule is put back and read again",
      twin: "a file of the same delivery with its .sha256 is promoted",
    },
    async run(range) {
      const administrator = await range.administrator();
      const awaited = {
        name: `oq-hashed-${range.run}`,
        files: `HASHED_${range.run}_*.csv`,
        sha256File: "required",
      } as const;
      const delivery = await AwaitedDelivery.put(range, awaited);
      const filter = JSON.stringify({ vendor: [AWAITED_FROM], status: ["MANIFEST_MISSING"] });
      const topic = range.zone.topicNamed("-deliveries");
      const queue = await subscribeQueue(range, administrator, topic, "unhashed", filter);
      const told: Notice[] = [];
      try {
        const { alone, hashed } = await send(range);
        const seen = await expectAnswer(administrator, title, async () => {
          const before = (await eventUntil(range, alone, "ATTRIBUTED")).map(({ type }) => type).sort();
          await AwaitedDelivery.put(range, { ...awaited, windowMinutes: 0 });
          const clock = await changedFor(await scheduleOf(range, "-ingest-sweep"), async () => {
            await eventUntil(range, alone, "MANIFEST_MISSING");
            return undefined;
          });
          await untilTold(range, queue.url, alone, told, ["MANIFEST_MISSING"]);
          return refused(range, alone, { before, clock, told });
        });
        const twin = await observe(`${title}: twin`, async () => {
          const types = (await eventUntil(range, hashed, "PROMOTED")).map(({ type }) => type).sort();
          return { ok: types.includes("MANIFEST_OK") && types.includes("PROMOTED"), seen: types.join(", ") };
        });
        const observed = { notices: told };
        return twin.result === "PASS"
          ? { ...seen, twin, observed }
          : { ...seen, twin, observed, result: "FAIL", reason: "what comes with its SHA-256 is not promoted either" };
      } finally {
        await queue.remove();
        await delivery.remove();
      }
    },
  };
}

/** The side file first, so that nothing depends on how fast two events are. */
async function send(range: Range): Promise<{ readonly alone: PutVersion; readonly hashed: PutVersion }> {
  const { senders, run } = range;
  const [one, other] = [`HASHED_${run}_1.csv`, `HASHED_${run}_2.csv`];
  const content = (subject: string) => `subject,value\n${subject},${run}\n`;
  const session = await senders.login(AWAITED_FROM, { privateKey: (await senders.key(AWAITED_FROM)).private });
  await session.put(`/${STUDY}/${other}.sha256`, `${sha256(content("h02"))}  ${other}\n`);
  await session.put(`/${STUDY}/${other}`, content("h02"));
  await session.put(`/${STUDY}/${one}`, content("h01"));
  session.end();
  const hashed = await senders.uploaded(AWAITED_FROM, other, content("h02"));
  await eventUntil(range, hashed, "PROMOTED");
  return { hashed, alone: await senders.uploaded(AWAITED_FROM, one, content("h01")) };
}

async function refused(
  range: Range,
  alone: PutVersion,
  {
    before,
    clock,
    told,
  }: { readonly before: readonly string[]; readonly clock: Checked; readonly told: readonly Notice[] },
): Promise<Checked> {
  const types = (await eventUntil(range, alone, "MANIFEST_MISSING")).map(({ type }) => type).sort();
  const name = alone.key.split("/").pop()!;
  const records = await versionsNamed(range, range.raw, range.senders.prefix(AWAITED_FROM), name);
  const [notice] = told;
  const noticed = told.length === 1 && notice?.vendor === AWAITED_FROM && notice.study === STUDY;
  return {
    ok:
      before.join() === "ATTRIBUTED,RECEIVED" &&
      types.join() === "ATTRIBUTED,MANIFEST_MISSING,RECEIVED" &&
      clock.ok &&
      noticed &&
      records === 0,
    seen: `waits with ${before.join(", ")}; then ${types.join(", ")}; ${told.length} told: ${notice?.status} (vendor ${notice?.vendor}, study ${notice?.study}); ${records} versions of its name in ${range.raw}; ${clock.seen}`,
  };
}
