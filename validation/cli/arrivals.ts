// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { Part11Error } from "../error";
import { readEntries, verifyChains } from "../ledger";
import { arrivalsOf } from "../vendors/deliveries/arrivals";
import { arrivalsPage } from "../vendors/deliveries/page";
import { type ArrivalEvent, receivedVersions } from "../vendors/deliveries/received";
import { type ArrivalsReport, needsAttention } from "../vendors/deliveries/report";
import { arrivalsCsv, arrivalsText } from "../vendors/deliveries/views";
import { loadVendors, type VendorFile } from "../vendors/vendor-file";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFile, writeOutput } from "./output";
import { columnsOf } from "./terminal";
import { withFile } from "./vendor-options";

const EXITS = `
exit 0  everything that was due has come and is in order
exit 1  something is overdue, late, unexpected, refused, a duplicate or out of range; or the ledger does not hold
exit 2  could not look
`;

interface Flags {
  readonly file: string;
  readonly study: string;
  readonly ledger: string;
  readonly asOf: number;
  readonly format: "text" | "html" | "csv" | "json";
  readonly out?: string;
}

/** `part11 arrivals`: what was expected for a study against what came. @throws the codes of `loadVendors`, `readEntries` */
export async function arrivals(argv: string[], io: Io): Promise<number> {
  const command = withFile(new Command("part11 arrivals"))
    .description("What was expected for a study, and what came: arrived, verified, late, superseded, with SHA-256.")
    .requiredOption("--study <id>", "the study")
    .requiredOption("--ledger <path>", "whole chains: file of one entry or table row a line, or folder of entry files")
    .addOption(
      new Option("--as-of <instant>", "UTC, as 2026-11-22T06:00:00Z").argParser(instant).default(Date.now(), "now"),
    )
    .addOption(new Option("--format <format>").choices(["text", "html", "csv", "json"]).default("text"))
    .option("--out <file>", "write to this file instead of stdout")
    .addHelpText("after", EXITS);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const vendors = loadVendors(path.resolve(io.cwd, flags.file));
  assertStudy(flags.study, vendors);
  const report = reportOf(vendors, flags, io.cwd);
  const views = {
    text: () => arrivalsText(report, flags.out === undefined ? columnsOf(io) : Number.POSITIVE_INFINITY),
    html: () => arrivalsPage(report),
    csv: () => arrivalsCsv(report),
    json: () => `${JSON.stringify(report, null, 2)}\n`,
  };
  const view = views[flags.format]();
  if (flags.out === undefined) io.stdout.write(view);
  else writeOutput(outputFile(flags.out, io.cwd, { plan: flags.file, synth: flags.ledger }), view);
  return needsAttention(report) ? 1 : 0;
}

function reportOf({ vendors }: VendorFile, { study, ledger, asOf }: Flags, cwd: string): ArrivalsReport {
  const { entries, problems } = readEntries(path.resolve(cwd, ledger));
  const found = verifyChains(entries, undefined, []).problems;
  const events = entries.map(({ text }) => (JSON.parse(text) as { event: ArrivalEvent }).event);
  // What came after the instant is not known at it.
  const known = events.filter(({ at }) => Date.parse(at) <= asOf);
  return {
    study,
    asOf,
    rows: arrivalsOf(vendors, study, receivedVersions(known, study), asOf),
    ledger: {
      entries: entries.length,
      problems: [...problems, ...found].map(({ chain, sequence, what }) => `${chain} ${sequence ?? ""}: ${what}`),
    },
  };
}

/** A study that is misspelt has no deliveries, and no arrivals would look like none expected. */
function assertStudy(study: string, { name, vendors }: VendorFile): void {
  const known = [...new Set(vendors.flatMap(({ studies }) => studies.map(({ id }) => id)))].sort();
  if (known.includes(study)) return;
  throw new Part11Error({
    code: "SUBJECT_NOT_FOUND",
    what: "no such study",
    where: name,
    expected: `one of ${known.join(", ") || "none"}`,
    got: study,
    todo: "correct --study, or add the study to its vendors",
  });
}

function instant(text: string): number {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError("expected an instant, as 2026-11-22T06:00:00Z");
  return time;
}
