// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import {
  type ClockReading,
  clocksInWords,
  type JournalEntry,
  readJournal,
  verifyBundle,
} from "../../../validation/evidence";
import { checkClocks, skewOf, timeOfDateHeader } from "../../../validation/evidence/clocks";
import { find, inserted, moved, set, statusAfter, without } from "./run-variations";
import { COMMITMENTS, sampleRun, type Variation } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const START = "2026-11-21T08:00:00.000Z";
const END = "2026-11-21T08:10:00.000Z";

/** What a run is like whose second source was so many seconds ahead at the start, with another change of a reading. */
function problemsOf(
  seconds: number,
  more: { readonly start?: Partial<ClockReading>; readonly end?: Partial<ClockReading> } = {},
  start = START,
  end = END,
) {
  const reading = (at: string, ahead: number, change: Partial<ClockReading> = {}): ClockReading => ({
    source: { kind: "aws", name: "STS" },
    askedAt: at,
    answeredAt: at,
    monotonicMs: Date.parse(at) - Date.parse(start),
    dateHeader: new Date(Date.parse(at) + ahead * 1000).toUTCString(),
    skewMs: ahead * 1000,
    ...change,
  });
  const entries = [
    { seq: 0, at: start, type: "run-started", body: { schemaVersion: 3 } },
    { seq: 1, at: start, type: "clock", body: { when: "start", ...reading(start, seconds, more.start) } },
    { seq: 2, at: end, type: "clock", body: { when: "end", ...reading(end, 0, more.end) } },
    { seq: 3, at: end, type: "run-finished", body: {} },
  ];
  return checkClocks(entries as unknown as JournalEntry[], "aws").map(
    ({ status, where, what }) => `${status} ${where}: ${what}`,
  );
}

describe("two sources of time", () => {
  it.each([0, 1, -1, 299, -299, 300, -300])("that are %d s apart agree", (seconds) => {
    expect(problemsOf(seconds)).toEqual([]);
  });

  it.each([301, -301, 86_400, -86_400])("that are %d s apart fail the run", (seconds) => {
    expect(problemsOf(seconds)).toEqual([`FAILED clock start: ${seconds} s apart from STS, at most 300 s`]);
  });

  it("may be a millisecond short of the limit, and not one beyond it", () => {
    const late = { askedAt: START, answeredAt: START, dateHeader: "Sat, 21 Nov 2026 08:05:00 GMT" };
    expect(problemsOf(0, { start: { ...late, skewMs: 300_000 } })).toEqual([]);
    expect(problemsOf(0, { start: { ...late, skewMs: 300_001 } })).not.toEqual([]);
  });

  it.each([
    ["over the end of a leap day", "2028-02-29T23:55:00.000Z", "2028-03-01T00:05:00.000Z"],
    ["over the end of February in a common year", "2027-02-28T23:55:00.000Z", "2027-03-01T00:05:00.000Z"],
    ["over the end of a year", "2026-12-31T23:55:00.000Z", "2027-01-01T00:05:00.000Z"],
    ["over the hour that summer time leaves out in Europe", "2027-03-28T00:55:00.000Z", "2027-03-28T01:05:00.000Z"],
    ["over the hour that winter time repeats in Europe", "2027-10-31T00:55:00.000Z", "2027-10-31T01:05:00.000Z"],
  ])("agree %s", (_, start, end) => {
    expect(problemsOf(0, {}, start, end)).toEqual([]);
    expect(problemsOf(301, {}, start, end).length).toBe(1);
  });
});

describe("what stands outside of the readings", () => {
  const ended = (begin: string, finish: string) => {
    const reading = (at: string) => ({
      ...{ source: { kind: "aws", name: "STS" }, askedAt: at, answeredAt: at, monotonicMs: Date.parse(at) },
      ...{ dateHeader: new Date(at).toUTCString(), skewMs: 0 },
    });
    const entries = [
      { seq: 0, at: begin, type: "run-started", body: { schemaVersion: 3 } },
      { seq: 1, at: START, type: "clock", body: { when: "start", ...reading(START) } },
      { seq: 2, at: END, type: "clock", body: { when: "end", ...reading(END) } },
      { seq: 3, at: finish, type: "run-finished", body: {} },
    ];
    return checkClocks(entries as unknown as JournalEntry[], "aws").map(({ status, where }) => `${status} ${where}`);
  };

  it("is no further from them than two clocks may be apart", () => {
    expect(ended("2026-11-21T07:55:00.000Z", "2026-11-21T08:15:00.000Z")).toEqual([]);
  });

  it.each([
    ["a run that is said to have begun before", "2026-11-21T07:54:59.999Z", END, "run-started"],
    ["a run that is said to have ended later", START, "2026-11-21T08:15:00.001Z", "run-finished"],
    ["a run that is said to have ended a year later", START, "2027-11-21T08:10:00.000Z", "run-finished"],
  ])("fails %s", (_, begin, finish, where) => {
    expect(ended(begin, finish)).toEqual([`FAILED ${where}`]);
  });
});

describe("a Date header", () => {
  it("is the time that it says", () => {
    expect(timeOfDateHeader("Tue, 29 Feb 2028 23:59:59 GMT")).toBe(Date.UTC(2028, 1, 29, 23, 59, 59));
  });

  it.each([
    ["a day that does not exist", "Mon, 29 Feb 2027 00:00:00 GMT"],
    ["another day of the week", "Mon, 29 Feb 2028 00:00:00 GMT"],
    ["a leap second", "Thu, 31 Dec 2026 23:59:60 GMT"],
    ["another offset", "Tue, 29 Feb 2028 23:59:59 +0100"],
    ["the form of RFC 850", "Tuesday, 29-Feb-28 23:59:59 GMT"],
    ["ISO 8601", "2028-02-29T23:59:59Z"],
    ["nothing", ""],
  ])("is no time: %s", (_, text) => {
    expect([timeOfDateHeader(text), skewOf({ dateHeader: text, answeredAt: START })]).toEqual([undefined, undefined]);
  });
});

describe("the machine's clock", () => {
  const monotonic = (ms: number) => ({ end: { monotonicMs: ms } });

  it.each([
    ["that was set back by ten minutes, unseen between two entries", 1_200_000, -600],
    ["that was set forward by a minute", 540_000, 60],
    ["that was set forward by more than ten seconds", 589_999, 10.001],
  ])("%s fails the run", (_, ms, step) => {
    expect(problemsOf(0, monotonic(ms))).toEqual([
      `FAILED clock: the machine's clock went ${step} s apart from the time that passed: it was set, or the machine slept`,
    ]);
  });

  it("may be slewed by ten seconds", () => {
    expect([problemsOf(0, monotonic(590_000)), problemsOf(0, monotonic(610_000))]).toEqual([[], []]);
  });
});

describe("a reading", () => {
  it.each([
    ["with a skew that is not of its times", { start: { skewMs: 1000 } }, "1000 ms is not the skew of its times"],
    [
      "asked before the entry before it",
      { end: { askedAt: "2026-11-21T07:59:59.999Z" } },
      "not between the entries around it",
    ],
    [
      "answered before it was asked",
      { end: { askedAt: "2026-11-21T08:10:00.001Z" } },
      "not between the entries around it",
    ],
    [
      "of this machine's own clock, on AWS",
      { start: { source: { kind: "same-machine", name: "x" } } },
      "same-machine is no source of a run on aws",
    ],
  ] as const)("%s fails the run", (_, more, what) => {
    expect(problemsOf(0, more)).toEqual([expect.stringContaining(what)]);
  });
});

describe("a run", () => {
  let complete: JournalEntry[];
  let taken = 0;
  const run = (vary: Variation) => {
    const folder = path.join(temporary.path, `run-${++taken}`);
    return { folder, summary: sampleRun(folder, vary) };
  };
  beforeAll(() => {
    complete = readJournal(path.join(run({}).folder, "journal.jsonl"));
  });

  it("shows both readings in its summary, and that an emulator's clock is no second one", () => {
    const { summary, folder } = run({});
    expect(summary.clocks).toEqual({ kind: "same-machine", startSkewMs: -125, endSkewMs: -125 });
    expect(clocksInWords(summary.clocks)).toBe(
      "another process on the same machine minus this one: -0.1 s at the start, -0.1 s at the end, at most 300 s either way; it is the same clock, so that nothing here says whether it is right",
    );
    expect(verifyBundle(folder).exit).toBe(3);
  });

  it.each(["start", "end"] as const)("without the reading at the %s is incomplete", (when) => {
    const { summary } = run({ clock: (reading) => (reading.when === when ? undefined : reading) });
    expect([summary.status, summary.problems]).toEqual([
      "INCOMPLETE",
      [{ status: "INCOMPLETE", where: `clock ${when}`, what: "no entry" }],
    ]);
  });

  it("with a skew above the limit is intact, failed, and says so", () => {
    const { folder, summary } = run({
      clock: (reading) => {
        const dateHeader = new Date(Date.parse(reading.answeredAt) + 301_000).toUTCString();
        return { ...reading, dateHeader, skewMs: skewOf({ ...reading, dateHeader })! };
      },
    });
    expect([summary.status, verifyBundle(folder).exit]).toEqual(["FAILED", 3]);
    expect(summary.conclusion).toContain("clock start: 300.875 s apart from the emulator, at most 300 s");
  });

  it("is not complete when a reading stands in another place", () => {
    const end = (input: Parameters<typeof find>[0]) => input.entries.filter(({ type }) => type === "clock")[1]!;
    expect(statusAfter(complete, (i) => moved(i, find(i, "clock"), 20)).status).toBe("FAILED");
    expect(statusAfter(complete, (i) => moved(i, end(i), 20)).status).toBe("FAILED");
    expect(statusAfter(complete, (i) => inserted(i, 6, "clock", find(i, "clock").body)).status).toBe("FAILED");
    expect(statusAfter(complete, (i) => without(i, end(i))).status).toBe("INCOMPLETE");
  });

  it("of a version before the second clock is read as it was, without readings, and on an emulator alone", () => {
    const old = run({ journalVersion: 2 });
    expect([old.summary.status, old.summary.clocks, verifyBundle(old.folder).exit]).toEqual(["COMPLETE", undefined, 3]);
    expect(clocksInWords(old.summary.clocks)).toBe("not held against a second source");
    const on = (kind: "aws" | "emulator") => ({ ...COMMITMENTS, target: { ...COMMITMENTS.target, kind } });
    const entries = readJournal(path.join(old.folder, "journal.jsonl"));
    expect([checkClocks(entries, on("emulator").target.kind), checkClocks(entries, on("aws").target.kind)]).toEqual([
      [],
      [{ status: "FAILED", where: "run-started", what: "its version knows no second clock" }],
    ]);
    expect(statusAfter(complete, (i) => set(find(i, "run-started"), { schemaVersion: 2 }))).toMatchObject({
      status: "FAILED",
    });
  });
});
