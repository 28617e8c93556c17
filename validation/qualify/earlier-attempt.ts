// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { type EarlierAttempt, type EntryBodies, entriesOf, readJournal, verifyBundle } from "../evidence";
import { sha256Hex } from "../json";

type Attempt = NonNullable<EntryBodies["run-started"]["attempt"]>;

/** The bundle of an execution that went before. */
export interface Before {
  readonly attempt: EarlierAttempt;
  readonly earlier: readonly EarlierAttempt[];
  readonly system: string;
  readonly environment: string;
  readonly account: string | undefined;
}

export const FIRST_ATTEMPT: Attempt = { number: 1, reason: null, earlier: [] };

/** Reads an earlier execution; its bundle stays as it is. @throws ATTEMPT_REFUSED unless it is intact */
export function readEarlier(folder: string): Before {
  const { summary, problems } = verifyBundle(folder);
  if (!summary)
    throw refused(
      folder,
      "an intact evidence bundle",
      `${problems[0]!.code} ${problems[0]!.path}: ${problems[0]!.what}`,
    );
  const entries = readJournal(path.join(folder, "journal.jsonl"));
  if (entries.at(-1)!.hash !== summary.journalHead)
    throw refused(folder, "a bundle that stays as it is", "another journal");
  const before = entriesOf(entries, "run-started")[0]?.body.attempt ?? FIRST_ATTEMPT;
  const { bundle: run, status, startedAt, finishedAt, system, environment } = summary;
  const manifestSha256 = sha256Hex(fs.readFileSync(path.join(folder, "manifest.json")));
  const { number, reason, earlier } = before;
  return {
    attempt: { number, run, manifestSha256, status, startedAt, finishedAt, reason },
    earlier,
    system,
    environment,
    account: entriesOf(entries, "target")[0]?.body.account,
  };
}

/** The attempt that follows. @throws ATTEMPT_REFUSED for an execution of something else */
export function attemptAfter(
  before: Before,
  reason: string,
  now: { readonly system: string; readonly environment: string; readonly account: string },
): Attempt {
  for (const member of ["system", "environment", "account"] as const) {
    // A run that broke off early may not have come to know its account.
    if (before[member] === now[member] || before[member] === undefined) continue;
    throw refused(`bundle ${before.attempt.run}`, `${member} ${now[member]}`, String(before[member]));
  }
  return { number: before.attempt.number + 1, reason, earlier: [...before.earlier, before.attempt] };
}

function refused(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "ATTEMPT_REFUSED",
    what: "no attempt of that",
    where,
    expected,
    got,
    todo: "name the bundle of the last attempt with --attempt-of, as its run sealed it",
  });
}
