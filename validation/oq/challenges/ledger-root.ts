// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { type ChainState, type Entry, type LedgerProblem, type Root, verifyChains } from "../../ledger";
import type { KeptVersion } from "../arrived";
import { type Challenge, type Checked, observe } from "../challenge";
import { scheduleOf } from "../clock";
import { type Findings, judged } from "../judged";
import { keptVersions } from "../kept-versions";
import { type LedgerCopies, ledgerHolds, readLedger } from "../ledger-verified";
import { both } from "../logged";
import type { Range } from "../range";
import { changedFor } from "../restore";

const POLL_MS = 1000;
/** The shortened schedule runs once a minute. */
const PATIENCE_MS = 5 * 60_000;
/** Below it the daily roots lie in the audit bucket. */
export const ROOTS = "ledger-roots/";
/** The vendor whose chain is cut. */
const CUT = "oq-sender";

/** The ends of the chains are noted once a day where nobody can take them away. */
export const ledgerRootChallenges: readonly Challenge[] = [dailyRoot()];

function dailyRoot(): Challenge {
  const title = "The locked root of the day, or the copies, show that the last entries of a vendor's chain are cut off";
  return {
    step: {
      id: "OQ-ledger-root",
      title,
      controls: ["P11-10e-13"],
      requirements: ["URS-019", "URS-021"],
      clauses: ["11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "inspector role reads roots and copies; deploy role reads the table and sets the clock",
      action: `read the root of this day in the audit bucket; where there is none yet, shorten the schedule of the installed sweep from an hour to a minute until it has written it, and put it back. Read the table and its copies, take the last entries of the chain of ${CUT} off what was read, from the one that the root names on, and verify the rest with this package's verifier, which shares no code with the writer: against the root alone, and against the copies alone. Nothing is taken off the table itself`,
      expected:
        "one version of the root, COMPLIANCE, retained; it names the last link of that chain as the table has it; against the root the verifier says that the entry which the root names is missing, against the copies that each of the entries stands in the mirror and not in the ledger, and of no other chain anything",
      acceptance: "every one of them",
      twin: "the whole table against root and copies: no problem",
      mutant: "the same cut table against neither: no problem, so that it is root and copies that show the cut",
    },
    async run(range) {
      const inspector = await range.inspector();
      const written = await rootWritten(range);
      const holds = await ledgerHolds(range, CUT);
      const read = await readLedger(range);
      const root = read.roots.find(({ date }) => date === written.date);
      const place = root && Object.hasOwn(root.chains, CUT) ? root.chains[CUT] : undefined;
      const cut = read.entries.filter(({ chain, sequence }) => chain !== CUT || sequence < (place?.sequence ?? 0));
      const off = read.entries.length - cut.length;
      const twin = await observe(`${title}: twin`, async () => {
        const { problems, chains } = verifyChains(read.entries, read.copies, read.roots);
        return both(holds, { ok: sound(read) && problems.length === 0, seen: said(problems, chains) });
      });
      const mutant = await observe(`${title}: mutant`, async () => {
        const { problems, chains } = verifyChains(cut, undefined, []);
        return { ok: off > 0 && problems.length === 0, seen: `${off} entries less: ${said(problems, chains)}` };
      });
      const findings: Findings = [
        { ...written.locked, reason: "there is no locked root of this day, or the clock was not put back" },
        { ...names(root, read.entries), reason: "the root does not name the last link of the vendor's chain as it is" },
        { ...byRoot(cut, root), reason: "the root does not show what was cut off" },
        { ...byCopies(cut, read.copies, read.entries), reason: "the copies do not show what was cut off" },
      ];
      return judged(inspector, findings, {
        twin: { observation: twin, reason: "the whole ledger is not sound, so a problem of a part proves nothing" },
        mutant: { observation: mutant, reason: "without root and copies the cut shows too, or nothing was cut" },
      });
    },
  };
}

interface Written {
  /** UTC day of the root. */
  readonly date: string;
  readonly locked: Checked;
}

/** The root of this day, written by the installed sweep, which is asked to hurry where it has not written it yet. */
async function rootWritten(range: Range): Promise<Written> {
  const date = new Date().toISOString().slice(0, 10);
  let versions = await versionsOf(range, date);
  let clock: Checked = { ok: true, seen: "the sweep had written it by itself" };
  if (versions.length === 0)
    clock = await changedFor(await scheduleOf(range, "-ingest-sweep"), async () => {
      for (const deadline = Date.now() + PATIENCE_MS; versions.length === 0 && Date.now() < deadline; ) {
        await sleep(POLL_MS);
        versions = await versionsOf(range, date);
      }
      return undefined;
    });
  return { date, locked: both(await lockOf(range, date, versions), clock) };
}

function versionsOf(range: Range, date: string): Promise<readonly KeptVersion[]> {
  return keptVersions(range, range.zone.bucket("audit"), `${ROOTS}${date}.json`);
}

async function lockOf(range: Range, date: string, versions: readonly KeptVersion[]): Promise<Checked> {
  const [bucket, key] = [range.zone.bucket("audit"), `${ROOTS}${date}.json`];
  const [version] = versions;
  if (!version) return { ok: false, seen: `no version of ${key}` };
  const named = { bucket, key, versionId: version.versionId, sha256: "" };
  const head = await range.head(await range.inspector(), named);
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = head;
  return {
    ok: versions.length === 1 && mode === "COMPLIANCE" && Number(until) > Date.now(),
    seen: `${versions.length} version of ${key}, ${mode} until ${until?.toISOString()}`,
  };
}

function names(root: Root | undefined, entries: readonly Entry[]): Checked {
  const place = root && Object.hasOwn(root.chains, CUT) ? root.chains[CUT] : undefined;
  if (!root || !place) return { ok: false, seen: `the root names no chain of ${CUT}` };
  const entry = entries.find(({ chain, sequence }) => chain === CUT && sequence === place.sequence);
  return {
    ok: entry?.hash === place.hash,
    seen: `the root of ${root.date} names ${Object.keys(root.chains).length} chains, of ${CUT} entry ${place.sequence} ${place.hash}`,
  };
}

function byRoot(cut: readonly Entry[], root: Root | undefined): Checked {
  const { problems, chains } = verifyChains(cut, undefined, root ? [root] : []);
  const sequence = root?.chains[CUT]?.sequence;
  const expected = [{ chain: CUT, sequence, what: `is missing, and the root of ${root?.date} names it` }];
  return {
    ok: JSON.stringify(problems) === JSON.stringify(expected),
    seen: `cut, against the root: ${said(problems, chains)}`,
  };
}

function byCopies(cut: readonly Entry[], copies: readonly Entry[], entries: readonly Entry[]): Checked {
  const { problems, chains } = verifyChains(cut, copies, []);
  const kept = new Set(cut);
  const off = entries.filter((entry) => !kept.has(entry)).map(({ sequence }) => sequence);
  const found = problems.map(({ chain, sequence, what }) => `${chain} ${sequence} ${what}`).sort();
  const expected = off.map((sequence) => `${CUT} ${sequence} stands in the mirror and not in the ledger`).sort();
  return {
    ok: off.length > 0 && found.join("\n") === expected.join("\n"),
    seen: `against the copies: ${said(problems, chains)}`,
  };
}

function sound({ problems, entries, roots }: LedgerCopies): boolean {
  return problems.length === 0 && entries.length > 0 && roots.length > 0;
}

function said(problems: readonly LedgerProblem[], chains: readonly ChainState[]): string {
  const first = problems.slice(0, 3).map(({ chain, sequence, what }) => `${chain} ${sequence} ${what}`);
  return `${chains.length} chains, ${problems.length} problems${first.length > 0 ? ` (${first.join(", ")})` : ""}`;
}
