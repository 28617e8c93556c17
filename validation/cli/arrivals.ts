// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { Part11Error } from "../error";
import { readEntries, verifyChains } from "../ledger";
import type { LedgerReader } from "../prove/readers";
import { arrivalsOf } from "../vendors/deliveries/arrivals";
import { type LedgerSaid, readLive, told } from "../vendors/deliveries/live-ledger";
import { arrivalsPage } from "../vendors/deliveries/page";
import { type ArrivalEvent, receivedVersions } from "../vendors/deliveries/received";
import { type ArrivalsReport, needsAttention } from "../vendors/deliveries/report";
import { type Sender, together } from "../vendors/deliveries/sender";
import { arrivalsCsv, arrivalsText } from "../vendors/deliveries/views";
import { type ZoneSenders, zoneSenders } from "../vendors/deliveries/zone-senders";
import { loadVendors } from "../vendors/vendor-file";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFile, writeOutput } from "./output";
import { columnsOf } from "./terminal";
import { VENDORS_FILE } from "./vendor-options";

const NOTES = `
The ledger is an export (--ledger), or its table as it stands now, by the credentials and endpoint of the environment: those
of the inspector role are enough. Of the table the chains of the senders that the files name are read. Nothing is written to AWS.

exit 0  everything that was due has come and is in order
exit 1  something is overdue, late, unexpected, refused, a duplicate or out of range; or the ledger does not hold
exit 2  could not look
`;

interface Flags {
  readonly file?: string;
  readonly settings?: string;
  readonly study: string;
  readonly ledger?: string;
  readonly table?: string;
  readonly region?: string;
  readonly asOf: number;
  readonly format: "text" | "html" | "csv" | "json";
  readonly out?: string;
}

/** What a test replaces: the ledger's table. */
export interface ArrivalsPorts {
  readonly ledger: (table: string, region: string | undefined) => Promise<LedgerReader>;
}

/**
 * `part11 arrivals`: what was expected for a study against what came.
 *
 * @throws USAGE, SUBJECT_NOT_FOUND; the codes of `loadVendors`, `zoneSenders` and `readEntries`; what AWS answers
 */
export async function arrivals(argv: string[], io: Io, ports: ArrivalsPorts = onAws): Promise<number> {
  const command = new Command("part11 arrivals")
    .description("What was expected for a study, and what came: arrived, verified, late, superseded, with SHA-256.")
    .requiredOption("--study <id>", "the study")
    .option("--settings <file>", "settings of the stack: its own systems that send, its vendors file, its ledger")
    .option("--file <file>", `the vendors (default: the settings' own, without settings ${VENDORS_FILE})`)
    .option("--ledger <path>", "whole chains: file of one entry or table row a line, or folder of entry files")
    .option("--table <name>", "table of the ledger, read now (default: the settings' own)")
    .option("--region <region>", "region of the table (default: the settings' own)")
    .addOption(
      new Option("--as-of <instant>", "UTC, as 2026-11-22T06:00:00Z").argParser(instant).default(Date.now(), "now"),
    )
    .addOption(new Option("--format <format>").choices(["text", "html", "csv", "json"]).default("text"))
    .option("--out <file>", "write to this file instead of stdout")
    .addHelpText("after", NOTES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const zone = flags.settings === undefined ? undefined : zoneSenders(path.resolve(io.cwd, flags.settings));
  const senders = sendersOf(flags, zone, io.cwd);
  assertStudy(flags, senders);
  const said = flags.ledger === undefined ? await live(flags, zone, senders, ports) : exported(flags.ledger, io.cwd);
  const report = reportOf(said, senders, flags);
  const views = {
    text: () => arrivalsText(report, flags.out === undefined ? columnsOf(io) : Number.POSITIVE_INFINITY),
    html: () => arrivalsPage(report),
    csv: () => arrivalsCsv(report),
    json: () => `${JSON.stringify(report, null, 2)}\n`,
  };
  const view = views[flags.format]();
  const inputs = { plan: flags.file ?? VENDORS_FILE, synth: flags.ledger, settings: flags.settings };
  if (flags.out === undefined) io.stdout.write(view);
  else writeOutput(outputFile(flags.out, io.cwd, inputs), view);
  return needsAttention(report) ? 1 : 0;
}

/** Without settings the vendors file says it all; with them a zone without an SFTP server has no vendors. */
function sendersOf({ file }: Flags, zone: ZoneSenders | undefined, cwd: string): readonly Sender[] {
  const at = file === undefined && zone ? zone.vendorsFile : path.resolve(cwd, file ?? VENDORS_FILE);
  return together(zone?.senders ?? [], at === undefined ? [] : loadVendors(at).vendors);
}

function exported(ledger: string, cwd: string): LedgerSaid {
  const { entries, problems } = readEntries(path.resolve(cwd, ledger));
  const found = verifyChains(entries, undefined, []).problems;
  const events = entries.map(({ text }) => (JSON.parse(text) as { event: ArrivalEvent }).event);
  return { events, ledger: { entries: entries.length, problems: [...problems, ...found].map(told) } };
}

async function live(
  { table, region }: Flags,
  zone: ZoneSenders | undefined,
  senders: readonly Sender[],
  ports: ArrivalsPorts,
): Promise<LedgerSaid> {
  const named = table ?? zone?.table;
  if (named === undefined) throw noLedger();
  const chains = senders.map(({ id }) => id).sort();
  return readLive(await ports.ledger(named, region ?? zone?.region), named, chains);
}

function reportOf({ events, ledger }: LedgerSaid, senders: readonly Sender[], flags: Flags): ArrivalsReport {
  const { study, asOf, settings } = flags;
  // What came after the instant is not known at it.
  const known = events.filter(({ at }) => Date.parse(at) <= asOf);
  const stranger = settings === undefined ? undefined : "the vendor is neither in the vendors file nor in the settings";
  const rows = arrivalsOf(senders, study, receivedVersions(known, study), asOf, stranger);
  return { study, asOf, rows, ledger };
}

/** A study that is misspelt has no deliveries, and no arrivals would look like none expected. */
function assertStudy({ study, file, settings }: Flags, senders: readonly Sender[]): void {
  const known = [...new Set(senders.flatMap(({ studies }) => studies.map(({ id }) => id)))].sort();
  if (known.includes(study)) return;
  throw new Part11Error({
    code: "SUBJECT_NOT_FOUND",
    what: "no such study",
    where: [file ?? (settings === undefined ? VENDORS_FILE : undefined), settings].filter(Boolean).join(" and "),
    expected: `one of ${known.join(", ") || "none"}`,
    got: study,
    todo: "correct --study, or add the study to its vendors",
  });
}

function noLedger(): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "no ledger",
    where: "part11 arrivals",
    expected: "--ledger, or --settings or --table for the table as it stands",
    got: "none of them",
    todo: "name the ledger",
  });
}

/** Loaded only here: the SDK takes longer to load than all the rest. */
const onAws: ArrivalsPorts = {
  ledger: async (table, region) => {
    const { DynamoDBClient } = await import("@aws-sdk/client-dynamodb");
    const { TableReader } = await import("../prove/aws/table-reader");
    return new TableReader(new DynamoDBClient(region === undefined ? {} : { region }), table);
  },
};

function instant(text: string): number {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError("expected an instant, as 2026-11-22T06:00:00Z");
  return time;
}
