// SPDX-License-Identifier: Apache-2.0
import type { Problem } from "./conclusion";
import { type ClockReading, entriesOf, type JournalEntry } from "./entries";

/** Journals of this version hold the machine's clock against a second source, at start and end. */
export const CLOCKS_SINCE = 3;

/** Largest skew between the two sources, in milliseconds: five minutes, as Kerberos (RFC 4120, 1.6) and AWS request signing take it. */
export const MAX_SKEW_MS = 300_000;

/** Largest difference between what the wall clock and the monotonic clock say of the time between the readings, in milliseconds. */
export const MAX_STEP_MS = 10_000;

/** A run's clocks in its summary; skews in milliseconds, second source minus machine. */
export interface Clocks {
  readonly kind: ClockReading["source"]["kind"];
  readonly startSkewMs: number;
  /** Null: the run broke off before. */
  readonly endSkewMs: number | null;
}

/**
 * Milliseconds since the epoch of an HTTP `Date` header in the one form that may be sent (IMF-fixdate, RFC 9110, 5.6.7);
 * undefined of any other text, of a day that does not exist and of a leap second.
 */
export function timeOfDateHeader(text: string): number | undefined {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toUTCString() === text ? time : undefined;
}

/** How far the second source was ahead of the machine when its answer was there; undefined of a header that is no time. */
export function skewOf({
  dateHeader,
  answeredAt,
}: Pick<ClockReading, "dateHeader" | "answeredAt">): number | undefined {
  const time = timeOfDateHeader(dateHeader);
  return time === undefined ? undefined : time - Date.parse(answeredAt);
}

/** The clocks of a run; undefined of a journal that is older than they, and of a run that broke off before. */
export function clocksOf(entries: readonly JournalEntry[]): Clocks | undefined {
  const readings = entriesOf(entries, "clock").map(({ body }) => body);
  const start = readings.find(({ when }) => when === "start");
  if (!start) return undefined;
  const end = readings.find(({ when }) => when === "end");
  return { kind: start.source.kind, startSkewMs: start.skewMs, endSkewMs: end?.skewMs ?? null };
}

/**
 * What is wrong with the clocks of a run: they are read once before anything is fixed or applied and once after everything was
 * executed, from a source that fits the target, agree within five minutes, and were not set in between.
 *
 * @param kind of the target: evidence of AWS is never older than the second clock
 */
export function checkClocks(entries: readonly JournalEntry[], kind: "emulator" | "aws"): Problem[] {
  const start = entriesOf(entries, "run-started")[0];
  const readings = entriesOf(entries, "clock");
  if (!start) return [];
  if (start.body.schemaVersion < CLOCKS_SINCE) {
    return kind === "aws" || readings.length > 0 ? [failed("run-started", "its version knows no second clock")] : [];
  }
  const problems = readings.flatMap((entry) => checkReading(entry, entries, kind));
  const [first, last] = (["start", "end"] as const).map((when) => {
    const of = readings.filter(({ body }) => body.when === when);
    if (of.length === 0) problems.push({ status: "INCOMPLETE", where: `clock ${when}`, what: "no entry" });
    if (of.length > 1) problems.push(failed(`clock ${when}`, `${of.length} entries instead of one`));
    return of[0];
  });
  if (!first || !last) return problems;
  const places = [...checkPlaces(first.seq, last.seq, entries), ...checkEnds(first.at, last.at, entries)];
  return [...problems, ...places, ...checkStep(first.body, last.body)];
}

function checkReading(
  { seq, at, body }: JournalEntry<"clock">,
  entries: readonly JournalEntry[],
  kind: "emulator" | "aws",
): Problem[] {
  const { when, source, askedAt, answeredAt, skewMs } = body;
  const where = `clock ${when}`;
  const problems: Problem[] = [];
  if ((source.kind === "aws") !== (kind === "aws"))
    problems.push(failed(where, `${source.kind} is no source of a run on ${kind}`));
  const before = entries[seq - 1]?.at ?? "";
  if (!(before <= askedAt && askedAt <= answeredAt && answeredAt <= at))
    problems.push(failed(where, `asked ${askedAt}, answered ${answeredAt}: not between the entries around it`));
  if (skewOf(body) !== skewMs) problems.push(failed(where, `${skewMs} ms is not the skew of its times`));
  if (Math.abs(skewMs) > MAX_SKEW_MS)
    problems.push(failed(where, `${skewMs / 1000} s apart from ${source.name}, at most ${MAX_SKEW_MS / 1000} s`));
  return problems;
}

function checkPlaces(first: number, last: number, entries: readonly JournalEntry[]): Problem[] {
  const outside = entries.filter(({ seq, type }) => {
    if (type === "run-finished" || type === "run-error") return false;
    return seq > last || (seq < first && !OPENING.has(type));
  });
  return outside
    .slice(0, 1)
    .map(({ type }) => failed("clock", `${type} stands outside of the time between its readings`));
}

/** Beginning and end of a run are told by its own clock alone: they keep to the readings as closely as two clocks to each other. */
function checkEnds(first: string, last: string, entries: readonly JournalEntry[]): Problem[] {
  const [begin, finish] = [entries[0]!, entries[entries.length - 1]!];
  return [
    { entry: begin, apartMs: Date.parse(first) - Date.parse(begin.at) },
    { entry: finish, apartMs: Date.parse(finish.at) - Date.parse(last) },
  ]
    .filter(({ apartMs }) => apartMs > MAX_SKEW_MS)
    .map(({ entry, apartMs }) => {
      return failed(
        entry.type,
        `${apartMs / 1000} s apart from the reading beside it, at most ${MAX_SKEW_MS / 1000} s`,
      );
    });
}

/** What says how a run begins, before the first reading. */
const OPENING: ReadonlySet<string> = new Set(["run-started", "approvals", "tool-versions", "target", "preflight"]);

function checkStep(first: ClockReading, last: ClockReading): Problem[] {
  const counted = last.monotonicMs - first.monotonicMs;
  const step = Date.parse(last.answeredAt) - Date.parse(first.answeredAt) - counted;
  if (counted >= 0 && Math.abs(step) <= MAX_STEP_MS) return [];
  return [
    failed(
      "clock",
      `the machine's clock went ${step / 1000} s apart from the time that passed: it was set, or the machine slept`,
    ),
  ];
}

function failed(where: string, what: string): Problem {
  return { status: "FAILED", where, what };
}
