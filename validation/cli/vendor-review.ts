// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, Option } from "commander";
import { Part11Error } from "../error";
import { visible } from "../gate";
import { today } from "../gate/waivers";
import { readJsonFile } from "../json";
import { type AccessRow, accessRows, type LastUses } from "../vendors/review";
import { type AccessReview, reviewCsv, reviewText } from "../vendors/review-views";
import { loginsOf } from "../vendors/server-log";
import { serviceUsers } from "../vendors/service-users";
import { loadVendors } from "../vendors/vendor-file";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { columnsOf } from "./terminal";
import { day, withFile } from "./vendor-options";

const MAX_USES_BYTES = 10_000_000;
const MAX_PLAN_BYTES = 512 * 1024 * 1024 - 1;

interface ReviewFlags {
  readonly file: string;
  readonly asOf: string;
  readonly format: "text" | "csv" | "json";
  readonly lastUse?: string;
  readonly serverLog?: string;
  readonly plan?: string;
}

/** `part11 vendor review`: the access review. @throws the codes of `loadVendors` and `loginsOf`; USAGE, SCHEMA_MISMATCH */
export async function review(argv: string[], io: Io): Promise<number> {
  const command = withFile(new Command("part11 vendor review"))
    .description("Who may log in with which key, until when, used when: the periodic review of access.")
    .option("--as-of <day>", "UTC day of the review, YYYY-MM-DD", day, today())
    .addOption(new Option("--format <format>").choices(["text", "csv", "json"]).default("text"))
    .option("--last-use <file>", "JSON object: fingerprint of a key to the instant of its last login")
    .option("--server-log <path>", "the same from locked copies of the server's log: one .jsonl, or a folder of them")
    .option("--plan <file>", "plan in JSON: its service-managed users have neither network nor expiry");
  const flags = parseArguments<ReviewFlags>(command, argv, io);
  if (!flags) return 0;
  const { name, vendors } = loadVendors(path.resolve(io.cwd, flags.file));
  const { uses, absent } = usesOf(flags, io);
  const report: AccessReview = {
    file: name,
    asOf: flags.asOf,
    rows: accessRows(vendors, flags.asOf, uses, absent),
    serviceUsers: flags.plan === undefined ? null : usersOf(path.resolve(io.cwd, flags.plan)),
  };
  const views = {
    text: () => reviewText(report, columnsOf(io)),
    csv: () => reviewCsv(report),
    json: () => json(report),
  };
  io.stdout.write(views[flags.format]());
  return 0;
}

/** `part11 vendor list`: one line a key, after every check of the file. @throws the codes of `loadVendors` */
export async function list(argv: string[], io: Io): Promise<number> {
  const command = withFile(new Command("part11 vendor list"))
    .description("Check vendors.yaml and list who may log in, one line a key.")
    .option("--as-of <day>", "UTC day, YYYY-MM-DD", day, today())
    .option("--json", "an array");
  const flags = parseArguments<{ file: string; asOf: string; json?: boolean }>(command, argv, io);
  if (!flags) return 0;
  const rows = accessRows(loadVendors(path.resolve(io.cwd, flags.file)).vendors, flags.asOf);
  io.stdout.write(flags.json ? json(rows) : lines(rows));
  return 0;
}

function lines(rows: readonly AccessRow[]): string {
  const head = ["VENDOR", "STATE", "UNTIL", "STUDIES", "KEY"];
  const cells = rows.map(({ vendor, state, until, keyUntil, studies, fingerprint }) => {
    const end = keyUntil !== "none" && keyUntil < until ? keyUntil : until;
    return [vendor, state, end, studies.join(" "), fingerprint];
  });
  const table = [head, ...cells];
  const widths = head.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  return table
    .map(
      (row) =>
        `${visible(
          row
            .map((text, i) => text.padEnd(widths[i]!))
            .join("  ")
            .trimEnd(),
        )}\n`,
    )
    .join("");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function usesOf({ lastUse, serverLog }: ReviewFlags, { cwd }: Io): { uses?: LastUses; absent?: string } {
  if (lastUse !== undefined && serverLog !== undefined) throw bothSources();
  if (lastUse !== undefined) return { uses: lastUses(path.resolve(cwd, lastUse)) };
  if (serverLog === undefined) return {};
  const { lastUses: uses, since } = loginsOf(path.resolve(cwd, serverLog));
  // Nobody knows from a part of a log that a key was never used.
  return { uses, absent: `none since ${since}` };
}

function bothSources(): Part11Error {
  const where = "part11 vendor review";
  const parts = { what: "wrong usage", where, expected: "--last-use or --server-log", got: "both" } as const;
  return new Part11Error({ code: "USAGE", ...parts, todo: `see ${where} --help` });
}

function lastUses(file: string): LastUses {
  const value = readJsonFile(file, { maxBytes: MAX_USES_BYTES });
  const entries =
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined;
  const isUse = ([print, at]: [string, unknown]) =>
    /^SHA256:[A-Za-z0-9+/]{43}$/.test(print) && typeof at === "string" && /^\d{4}-\d\d-\d\dT[0-9:.]{8,15}Z$/.test(at);
  if (entries?.every(isUse)) return value as LastUses;
  throw mismatch(file, "an object of fingerprints (SHA256:...) and instants (2026-11-22T06:00:00Z)");
}

function usersOf(file: string) {
  const users = serviceUsers(readJsonFile(file, { maxBytes: MAX_PLAN_BYTES }));
  if (users) return users;
  throw mismatch(file, "a plan in JSON, with resource_changes");
}

function mismatch(where: string, expected: string): Part11Error {
  const parts = { what: "content not understood", where, expected, got: "another" } as const;
  return new Part11Error({ code: "SCHEMA_MISMATCH", ...parts, todo: "see part11 vendor review --help" });
}
