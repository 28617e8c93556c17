// SPDX-License-Identifier: Apache-2.0
import { JOURNAL_FILE } from "../../evidence/layout";
import type { SelfTestCase } from "../case";
import { AlteredBundle } from "../samples/altered-bundle";

const STEP = { protocol: "OQ", step: "OQ-1" };

/** Clock that shows these times, one a look. */
function clock(...times: readonly string[]): () => Date {
  let next = 0;
  return () => new Date(times[next++]!);
}

/** What the journal must refuse while it is written and when it is read. */
export const JOURNAL_CASES: readonly SelfTestCase[] = [
  {
    id: "journal.whole",
    kind: "good",
    title: "a journal as a run writes it",
    expected: "read",
    run: ({ parseJournal }, { files }) => {
      parseJournal(files("whole").files.get(JOURNAL_FILE)!.bytes, JOURNAL_FILE);
      return ["read"];
    },
  },
  {
    id: "journal.clock-set-back",
    kind: "fault",
    title: "the clock is set back by a second between two entries",
    expected: "CLOCK_WENT_BACK",
    run: ({ createJournal }, ground) => {
      const journal = createJournal(ground.freshPath(), clock("2026-11-21T08:00:01Z", "2026-11-21T08:00:00Z"));
      try {
        journal.append("step-started", STEP);
        journal.append("step-started", STEP);
      } finally {
        journal.close();
      }
      return ["written"];
    },
  },
  {
    id: "journal.continued-after-its-end",
    kind: "fault",
    title: "an entry is written after the run has finished",
    expected: "JOURNAL_CLOSED",
    run: ({ createJournal }, ground) => {
      const journal = createJournal(ground.freshPath(), () => new Date(0));
      journal.append("run-finished", { outcome: "finished", sealKey: "given" });
      journal.append("step-started", STEP);
      return ["written"];
    },
  },
  {
    id: "journal.written-over",
    kind: "fault",
    title: "a run writes into the journal of another",
    expected: "BUNDLE_EXISTS",
    run: ({ createJournal }, { bundle }) => {
      createJournal(`${bundle("whole")}/${JOURNAL_FILE}`, () => new Date(0)).close();
      return ["opened"];
    },
  },
  {
    id: "journal.times-out-of-order",
    kind: "fault",
    title: "an entry is dated before the one it follows, and all are chained again",
    expected: "JOURNAL_BROKEN",
    run: ({ parseJournal }, ground) => {
      const bundle = new AlteredBundle(ground.files("whole"), ground.key).chained((lines) => {
        lines.at(-1).at = "2020-01-01T00:00:00.000Z";
        return lines;
      });
      parseJournal(Buffer.from(bundle.text(JOURNAL_FILE)), JOURNAL_FILE);
      return ["read"];
    },
  },
  {
    id: "journal.member-twice",
    kind: "fault",
    title: "an entry holds a member twice, of which readers take the one or the other",
    expected: "JOURNAL_BROKEN",
    run: ({ parseJournal }, ground) => {
      const bundle = new AlteredBundle(ground.files("whole"), ground.key);
      bundle.replace(JOURNAL_FILE, '"result":"PASS"', '"result":"FAIL","result":"PASS"');
      parseJournal(Buffer.from(bundle.text(JOURNAL_FILE)), JOURNAL_FILE);
      return ["read"];
    },
  },
];
