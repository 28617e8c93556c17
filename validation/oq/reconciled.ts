// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { Part11Error } from "../error";
import type { StoredVersion } from "../ledger";
import type { Checked } from "./challenge";
import { messagesSince, written } from "./logged";
import type { Range } from "./range";
import { runFunction } from "./run-function";

/** Ends the names of the function that compares buckets and ledger, and of the rule that runs it. */
export const RECONCILIATION = "-reconciliation";
/** Begins the lines of its log that tell of a difference: what the installed filter counts. */
export const DIFFERS = "PART11_RECONCILIATION";

const POLL_MS = 500;
const PATIENCE_MS = 60_000;

/** What runs of the installed function have said. */
export interface Reported {
  readonly missing: readonly StoredVersion[];
  readonly unledgered: readonly StoredVersion[];
  /** Runs that came to their end, each with what it has looked at. */
  readonly compared: ReadonlyArray<{ readonly versions: number; readonly received: number; readonly chains: number }>;
}

/**
 * Has the installed function compare now, versions of this moment as well, and reads what it said.
 *
 * @throws TRANSPORT when the run failed, or said nothing at all
 */
export async function compareNow(range: Range): Promise<Reported> {
  const since = new Date();
  await runFunction(range, RECONCILIATION, { youngMinutes: 0 });
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const reported = await reportedSince(range, since);
    if (reported.compared.length > 0) return reported;
  }
  throw new Part11Error({
    code: "TRANSPORT",
    what: "no word of the comparison of buckets and ledger",
    where: range.zone.logGroupOf(RECONCILIATION),
    expected: `the line of its end within ${PATIENCE_MS / 1000} seconds`,
    got: "none",
    todo: "look whether the function may write to its log group, and run the qualification again",
  });
}

/** What the log of the installed function says at or after `since`. */
export async function reportedSince(range: Range, since: Date): Promise<Reported> {
  const messages = await messagesSince(range, range.zone.logGroupOf(RECONCILIATION), since);
  return readReport(messages.map(written));
}

/** @param texts lines as the function wrote them */
export function readReport(texts: readonly string[]): Reported {
  const told = texts.flatMap((text) =>
    text.startsWith(`${DIFFERS} `) ? [JSON.parse(text.slice(DIFFERS.length))] : [],
  );
  const named = (which: "missing" | "unledgered") =>
    told.flatMap((line: Record<string, unknown>) =>
      typeof line[which] === "object" ? [line[which] as StoredVersion] : [],
    );
  return {
    missing: named("missing"),
    unledgered: named("unledgered"),
    compared: texts.flatMap((text) => (/^\{"versions":\d+,/.test(text) ? [JSON.parse(text)] : [])),
  };
}

/** Whether exactly these versions were told of. */
export function tells(
  reported: Reported,
  expected: Partial<Record<"missing" | "unledgered", readonly StoredVersion[]>>,
): Checked {
  const differing = (["missing", "unledgered"] as const).map((which) => {
    const [found, wanted] = [names(reported[which]), names(expected[which] ?? [])];
    return { ok: found.join() === wanted.join(), seen: `${which}: ${found.join(", ") || "none"}` };
  });
  const [run] = reported.compared;
  const looked = run ? `${run.versions} versions compared with ${run.chains} chains` : "no comparison came to its end";
  return {
    ok: run !== undefined && run.versions > 0 && differing.every(({ ok }) => ok),
    seen: `${looked}; ${differing.map(({ seen }) => seen).join("; ")}`,
  };
}

/** Told by several runs it is still one version. */
function names(versions: readonly StoredVersion[]): string[] {
  return [...new Set(versions.map(({ bucket, key, versionId }) => `${bucket}/${key} ${versionId}`))].sort();
}
