// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { untilAgreed } from "../agreement";
import { type Challenge, type Checked, observe } from "../challenge";
import { objectRule, scheduleOf } from "../clock";
import { ENDED_CHAIN, GoneEntry } from "../gone-entry";
import { type Findings, judged } from "../judged";
import { eventsOf } from "../ledger-events";
import { ledgerHolds } from "../ledger-verified";
import { eventUntil } from "../promotion";
import type { PutVersion, Range } from "../range";
import { compareNow, RECONCILIATION, type Reported, reportedSince, tells } from "../reconciled";
import { changedFor } from "../restore";
import { WatchedAlarm } from "../watched-alarm";
import { SILENCE_MS } from "./alarm";

const POLL_MS = 500;
/** The shortened schedule runs once a minute. */
const PATIENCE_MS = 5 * 60_000;
const METRIC = "reconciliation-found";
const RECEIVER =
  "The receiver is a queue that the test subscribes to the topic and removes again; delivery by e-mail is not exercised";
const QUIET =
  "before that, with nothing wrong by `part11 ledger reconcile`, which shares no code with the function, the same comparison reports nothing, and the alarm stays quiet";
const FALSE_ALARM = "with nothing wrong it reports something, or rings, so what it says proves nothing";
const STILL_TOLD = "when nothing is wrong any more it still reports something";

/** Buckets and ledger are compared, and a difference reaches somebody. */
export const reconciliationChallenges: readonly Challenge[] = [unledgered(), missing()];

function unledgered(): Challenge {
  const title =
    "A version that went past the ledger is reported and reaches a subscriber, until the sweep has recorded it";
  return {
    step: {
      id: "OQ-reconciliation-unledgered",
      title,
      controls: ["P11-10a-09"],
      requirements: ["URS-019", "URS-023"],
      clauses: ["11.10(a)", "11.10(e)"],
      kind: "positive",
      principal: "writer role puts; deploy role switches the rule, runs the comparison and subscribes a queue",
      action: `switch off the installed event rule on objects of the raw bucket, put an object, and switch it on again; have the installed function compare, by hand with {"youngMinutes": 0}, since by the clock it leaves what came within two hours to the sweep. Shorten the schedule of the installed sweep from an hour to a minute until it has recorded the version, and compare again. Rule and schedule are put back. ${RECEIVER}`,
      expected:
        "the ledger has no event of the version; the function reports it as unledgered, alone, and nothing as missing; its alarm goes to ALARM and the queue receives its notification within five minutes; the sweep records RECEIVED, and after that the function reports nothing",
      acceptance: "every one of them; rule and schedule are put back and read again",
      twin: QUIET,
    },
    async run(range) {
      const administrator = await range.administrator();
      const alarm = await WatchedAlarm.on(range, METRIC, "unledgered");
      try {
        const twin = await observe(`${title}: twin`, () => quiet(range, alarm));
        const { put, past } = await putPastTheRule(range);
        const stands = (await eventsOf(range, put)).map(({ type }) => type);
        const told = tells(await compareNow(range), { unledgered: [put] });
        const rang = await alarm.rings();
        const swept = await sweptUp(range, put);
        await untilAgreed(range);
        const after = tells(await compareNow(range), {});
        const findings: Findings = [
          { ...past, reason: "the version could not be put past the rule, or the rule was not put back" },
          {
            ok: stands.length === 0,
            seen: `in the ledger of version ${put.versionId}: ${stands.join(", ") || "no event"}`,
            reason: "the ledger knows the version, so nothing went past it",
          },
          { ...told, reason: "the version that the ledger does not know is not reported, or not alone" },
          { ...rang, reason: "reported, and nobody was told" },
          { ...swept, reason: "the sweep does not record what no event told of, or its clock was not put back" },
          { ...after, seen: `afterwards: ${after.seen}`, reason: STILL_TOLD },
        ];
        return judged(administrator, findings, { twin: { observation: twin, reason: FALSE_ALARM } });
      } finally {
        await alarm.remove();
      }
    },
  };
}

function missing(): Challenge {
  const title =
    "A version that the ledger knows and the bucket does not have is reported by the clock and reaches a subscriber";
  return {
    step: {
      id: "OQ-reconciliation-missing",
      title,
      controls: [],
      requirements: ["URS-019", "URS-023"],
      clauses: ["11.10(a)", "11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "deploy role, which adds the entry, sets the clock and subscribes a queue",
      action: `no locked version can be made to vanish: instead the deploy role adds to the end of the chain of ${ENDED_CHAIN}, to which nobody else adds, the entry of a version of the raw bucket that never was, as the installed writer would have put it. Shorten the schedule of the installed comparison from twelve hours to a minute until it has told, and put it back; take the entry out again and compare once more. ${RECEIVER}`,
      expected:
        "the function reports that version as missing, alone, and nothing as unledgered; its alarm goes to ALARM and the queue receives its notification within five minutes; with the entry taken out the function reports nothing, and the whole ledger verifies against its copies",
      acceptance: "every one of them; the schedule is put back and read again",
      twin: QUIET,
    },
    async run(range) {
      const administrator = await range.administrator();
      const alarm = await WatchedAlarm.on(range, METRIC, "missing");
      try {
        const twin = await observe(`${title}: twin`, () => quiet(range, alarm));
        const { told, clock, rang } = await toldByTheClock(range, alarm);
        // A run of the shortened clock may still be at it.
        await sleep(SILENCE_MS[range.target.kind]);
        const after = tells(await compareNow(range), {});
        const holds = await ledgerHolds(range, ENDED_CHAIN);
        const findings: Findings = [
          { ...told, reason: "the version that is not there is not reported, or not alone" },
          { ...rang, reason: "reported, and nobody was told" },
          { ...clock, reason: "the schedule of the comparison was not put back" },
          { ...after, seen: `afterwards: ${after.seen}`, reason: STILL_TOLD },
          { ...holds, reason: "the ledger is not as it was before the entry" },
        ];
        return judged(administrator, findings, { twin: { observation: twin, reason: FALSE_ALARM } });
      } finally {
        await alarm.remove();
      }
    },
  };
}

async function quiet(range: Range, alarm: WatchedAlarm): Promise<Checked> {
  let told: Checked = { ok: false, seen: "not compared" };
  const agreed = await untilAgreed(range);
  const silent = await alarm.quietAfter(async () => {
    told = tells(await compareNow(range), {});
  });
  return { ok: agreed.ok && told.ok && silent.ok, seen: `${agreed.seen}; ${told.seen}; ${silent.seen}` };
}

async function putPastTheRule(range: Range): Promise<{ readonly put: PutVersion; readonly past: Checked }> {
  let put: PutVersion | undefined;
  const past = await changedFor(await objectRule(range, range.raw), async () => {
    put = await range.put(await range.writer(), range.raw, range.freshKey("unledgered"));
    // What S3 tells of the object has come and gone before the rule listens again.
    await sleep(SILENCE_MS[range.target.kind]);
    return undefined;
  });
  if (!put) throw new Error(`nothing was put: ${past.seen}`);
  return { put, past };
}

async function sweptUp(range: Range, put: PutVersion): Promise<Checked> {
  const types: string[] = [];
  const clock = await changedFor(await scheduleOf(range, "-ingest-sweep"), async () => {
    types.push(...(await eventUntil(range, put, "RECEIVED")).map(({ type }) => type));
    return undefined;
  });
  return {
    ok: clock.ok && types.includes("RECEIVED"),
    seen: `swept: ${types.join(", ") || "no event"}; ${clock.seen}`,
  };
}

/** The entry stands while the installed rule runs the comparison, and is taken out whatever comes of it. */
async function toldByTheClock(range: Range, alarm: WatchedAlarm) {
  const since = new Date();
  const entry = await GoneEntry.put(range);
  let reported: Reported = { missing: [], unledgered: [], compared: [] };
  try {
    const clock = await changedFor(await scheduleOf(range, RECONCILIATION), async () => {
      for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
        reported = await reportedSince(range, since);
        if (reported.compared.length > 0) break;
      }
      return undefined;
    });
    const rang = await alarm.rings();
    return { told: tells(reported, { missing: [entry.version] }), clock, rang };
  } finally {
    await entry.remove();
  }
}
