// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import type { ArrivalRow } from "../../vendors/deliveries/arrivals";
import { AWAITED_FROM, AwaitedDelivery, dueIn } from "../awaited-delivery";
import { type Challenge, type Checked, expectAnswer, observe, type Seen } from "../challenge";
import { scheduleOf } from "../clock";
import { DELIVERY_CHECK, forgetFindings, rememberedFindings, runDeliveryCheck } from "../delivery-check";
import { type Notice, noticeOf, PATIENCE_MS } from "../notices";
import { eventUntil } from "../promotion";
import type { Range } from "../range";
import { changedFor } from "../restore";
import { STUDY } from "../senders";
import { receive, subscribeQueue } from "../subscriber";
import { SILENCE_MS } from "./alarm";

const POLL_MS = 500;

/** What does not come is missed, and what comes too late is not taken for what came in time. */
export const deliveryOverdueChallenges: readonly Challenge[] = [overdue()];

function overdue(): Challenge {
  const title = "A delivery that does not come is told of, and the file that comes after its window is late";
  return {
    step: {
      id: "OQ-delivery-overdue",
      title,
      controls: [],
      requirements: ["URS-008", "URS-024"],
      clauses: ["11.10(a)", "11.10(f)"],
      kind: "positive",
      principal: "deploy role, as the subscriber and as who sets the clock; vendor's role, by SFTP",
      action:
        "put two rows into the table of deliveries, copies of one that the plan wrote with another name, pattern and time due: the window of one closed an hour ago, that of the other is open. Shorten the schedule of the installed check from an hour to a minute until it has told, and put it back. Put the file by SFTP, take out what the check remembers of it, and run the check again. The rows are taken out at the end; that a vendors file leads to such rows is shown by IQ, and delivery by e-mail is not exercised",
      expected:
        "OVERDUE reaches a queue with vendor, study and status as message attributes, the delivery and the time due in its text; of the same delivery `part11 arrivals`, which shares no code with the check, says overdue, and late as soon as the file has come; the check, which remembers nothing of it, tells nothing more",
      acceptance: "every one of them, the notice within five minutes; the schedule is put back and read again",
      twin: "of the delivery whose window is open nothing is told, and `part11 arrivals` says expected",
      mutant: "the check that remembers nothing runs before the file comes: it tells of the delivery again",
    },
    async run(range) {
      const administrator = await range.administrator();
      const missed = await AwaitedDelivery.put(range, {
        name: `oq-late-${range.run}`,
        files: `LATE_${range.run}.csv`,
        schedule: dueIn(-2, 1),
      });
      const open = await AwaitedDelivery.put(range, {
        name: `oq-open-${range.run}`,
        files: `OPEN_${range.run}.csv`,
        schedule: dueIn(1, 3),
      });
      const told: Notice[] = [];
      try {
        const seen = await expectAnswer(administrator, title, async () => {
          const checks = [await toldByTheClock(range, missed, told), noticeFits(missed, told)];
          checks.push(rowFits(await missed.rows(), "overdue", "overdue"));
          return all(checks);
        });
        const mutant = await observe(`${title}: mutant`, async () => {
          const forgotten = await forgetFindings(range, missed.awaited.name);
          await runDeliveryCheck(range);
          const again = await rememberedFindings(range, missed.awaited.name);
          return {
            ok: forgotten === 1 && again.length === 1,
            seen: `${forgotten} forgotten, ${again.length} told again`,
          };
        });
        const after = await observe(`${title}: afterwards`, () => silentAfterFile(range, missed));
        const twin = await observe(`${title}: twin`, async () => {
          const known = await rememberedFindings(range, open.awaited.name);
          const said = rowFits(await open.rows(), "expected", undefined);
          return { ok: known.length === 0 && said.ok, seen: `${known.length} told; ${said.seen}` };
        });
        return concluded(seen, { mutant, after, twin }, told);
      } finally {
        await missed.remove();
        await open.remove();
      }
    },
  };
}

type Observed = Awaited<ReturnType<typeof observe>>;

function concluded(
  seen: Seen,
  { mutant, after, twin }: Record<"mutant" | "after" | "twin", Observed>,
  told: readonly Notice[],
): Seen {
  const reason =
    seen.reason ??
    (after.result === "PASS" ? undefined : "the file that came late is not taken for what it is") ??
    (twin.result === "PASS" ? undefined : "what is not due yet is told of as well") ??
    (mutant.result === "PASS" ? undefined : "the check is silent without the file, so its silence proves nothing");
  const said = { ...seen, actual: `${seen.actual}; ${after.actual}`, twin, mutant, observed: { notices: told } };
  return reason === undefined ? said : { ...said, result: "FAIL", reason };
}

/** The installed rule runs the check; what it tells is what a subscriber gets. */
async function toldByTheClock(range: Range, { awaited }: AwaitedDelivery, told: Notice[]): Promise<Checked> {
  const queue = await overdueQueue(range, "overdue");
  const started = performance.now();
  try {
    const changed = await changedFor(await scheduleOf(range, DELIVERY_CHECK), async () => {
      const administrator = await range.administrator();
      // It remembers after it has told, and what it is to forget must stand there.
      const isDone = async () => told.length > 0 && (await rememberedFindings(range, awaited.name)).length > 0;
      for (const deadline = Date.now() + PATIENCE_MS; !(await isDone()) && Date.now() < deadline; ) {
        await sleep(POLL_MS);
        const notices = (await receive(administrator, queue.url)).map(noticeOf);
        told.push(...notices.filter(({ facts }) => facts.delivery === awaited.name));
      }
      return undefined;
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    return {
      ok: changed.ok && told.length > 0,
      seen: `${seconds} seconds with the clock at a minute: ${changed.seen}`,
    };
  } finally {
    await queue.remove();
  }
}

/** The file comes; the check has forgotten that it told, runs, and finds nothing to tell. */
async function silentAfterFile(range: Range, missed: AwaitedDelivery): Promise<Checked> {
  await forgetFindings(range, missed.awaited.name);
  // No bytes that another step sends: they would be a duplicate.
  const sent = await range.senders.upload(AWAITED_FROM, missed.awaited.files, `visit,value\nlate,${range.run}\n`);
  const types = (await eventUntil(range, sent, "PROMOTED")).map(({ type }) => type).sort();
  const queue = await overdueQueue(range, "late");
  try {
    await runDeliveryCheck(range);
    await sleep(SILENCE_MS[range.target.kind]);
    const notices = (await receive(await range.administrator(), queue.url)).map(noticeOf);
    const about = notices.filter(({ facts }) => facts.delivery === missed.awaited.name);
    const known = await rememberedFindings(range, missed.awaited.name);
    const row = rowFits(await missed.rows(), "arrived", "late");
    return {
      ok: types.includes("PROMOTED") && about.length === 0 && known.length === 0 && row.ok,
      seen: `the file: ${types.join(", ") || "no event"}; told afterwards: ${about.length}; ${row.seen}`,
    };
  } finally {
    await queue.remove();
  }
}

async function overdueQueue(range: Range, label: string) {
  const filter = JSON.stringify({ vendor: [AWAITED_FROM], status: ["OVERDUE"] });
  const topic = range.zone.topicNamed("-deliveries");
  return subscribeQueue(range, await range.administrator(), topic, label, filter);
}

function noticeFits({ awaited }: AwaitedDelivery, told: readonly Notice[]): Checked {
  const [notice] = told;
  if (!notice) return { ok: false, seen: "not told" };
  const { vendor, study, status, facts } = notice;
  const due = Date.parse(`${awaited.schedule?.from}T${awaited.schedule?.cadence.at}:00Z`);
  return {
    ok:
      told.length === 1 &&
      vendor === AWAITED_FROM &&
      study === STUDY &&
      status === "OVERDUE" &&
      Date.parse(String(facts.due)) === due,
    seen: `${told.length} told: ${status} (vendor ${vendor}, study ${study}), ${facts.delivery} due ${facts.due}`,
  };
}

/** @param problem what is wrong with it; undefined where nothing is */
export function rowFits(rows: readonly ArrivalRow[], status: string, problem: string | undefined): Checked {
  const said = rows.map((row) => [row.status, ...row.problems.map(({ kind, says }) => `${kind} ${says}`)].join(", "));
  const [row] = rows;
  const kinds = row?.problems.map(({ kind }) => kind) ?? [];
  return {
    ok: rows.length === 1 && row!.status === status && kinds.join() === (problem ?? ""),
    seen: `part11 arrivals: ${said.join("; ") || "nothing"}`,
  };
}

function all(checks: readonly Checked[]): Checked {
  return { ok: checks.every(({ ok }) => ok), seen: checks.map(({ seen }) => seen).join("; ") };
}
