// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import { visible } from "../gate/escape/terminal";
import { type ChainState, type LedgerProblem, readEntries, readMirror, readRoots, verifyChains } from "../ledger";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { reconcileLedger } from "./ledger-reconcile";

const EXIT_CODES = `
exit 0  every link holds, and mirror or roots confirm every entry
exit 1  an entry is edited, missing, inserted, swapped, or departs from mirror or root
exit 2  nothing to verify, or wrong usage
exit 3  every link holds, but nothing confirms the last entries: give --mirror or newer --roots
`;

interface Flags {
  readonly entries: string;
  readonly mirror?: string;
  readonly roots?: string;
  readonly json?: boolean;
}

const SHOWN = 50;

/** `part11 ledger verify | reconcile`: exit code of the verification or comparison, the result on stdout. */
export async function ledger(argv: string[], io: Io): Promise<number> {
  const [subverb, ...rest] = argv;
  if (subverb === "reconcile") return reconcileLedger(rest, io);
  if (subverb !== "verify") {
    const command = new Command("part11 ledger").description("Check the ledger of received versions.");
    command.command("verify").description("every link, the mirror, the daily roots; offline");
    command.command("reconcile").description("the versions of buckets against the ledger");
    if (subverb === "--help" || subverb === "-h") {
      parseArguments(command, argv, io);
      return 0;
    }
    throw new Part11Error({
      code: "USAGE",
      what: "unknown subverb",
      where: "part11 ledger",
      expected: "verify or reconcile",
      got: subverb ?? "none",
      todo: "see part11 ledger --help",
    });
  }
  return verify(rest, io);
}

function verify(argv: string[], io: Io): number {
  const command = new Command("part11 ledger verify")
    .description("Check the ledger offline: event ids, hashes, links, sequences, mirror and daily roots.")
    .requiredOption("--entries <path>", "file of one entry or table row a line, or folder of entry files")
    .option("--mirror <folder>", "locked copies: ledger/ of the audit bucket")
    .option("--roots <folder>", "daily roots: ledger-roots/ of the audit bucket")
    .option("--json", "the result as JSON on stdout")
    .addHelpText("after", EXIT_CODES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const at = (file: string) => path.resolve(io.cwd, file);
  const entries = readEntries(at(flags.entries));
  const mirror = flags.mirror === undefined ? undefined : readMirror(at(flags.mirror));
  const roots = flags.roots === undefined ? [] : readRoots(at(flags.roots));
  const { problems: found, chains } = verifyChains(entries.entries, mirror?.entries, roots);
  const inMirror = (mirror?.problems ?? []).map((problem) => ({ ...problem, what: `mirror: ${problem.what}` }));
  const problems = [...entries.problems, ...inMirror, ...found];
  const exit = problems.length > 0 ? 1 : chains.every((chain) => chain.confirmed === chain.entries) ? 0 : 3;
  io.stdout.write(
    flags.json ? `${JSON.stringify({ schemaVersion: 1, exit, problems, chains }, null, 2)}\n` : text(problems, chains),
  );
  return exit;
}

function text(problems: readonly LedgerProblem[], chains: readonly ChainState[]): string {
  const lines = chains.map(({ chain, entries, head, confirmed }) => {
    const confirms = confirmed === entries ? "all confirmed" : `${entries - confirmed} at the end not confirmed`;
    return `${chain}: ${entries} entries, ${confirms}, last link ${head}`;
  });
  const shown = problems
    .slice(0, SHOWN)
    .map(({ chain, sequence, what }) => `${sequence === null ? chain : `${chain} ${sequence}`}: ${what}`);
  const more = problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : [];
  const verdict = problems.length === 0 ? "every link holds" : `${problems.length} problems`;
  return `${[...lines, ...shown, ...more, verdict].map(visible).join("\n")}\n`;
}
