// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { Part11Error } from "../error";
import { readCapped } from "../json";
import { changesText } from "../vendors/changes-text";
import { addVendor, MAX_OVERLAP_DAYS, offboard, type Reasoned, rotateKey } from "../vendors/edit";
import { itemChanges } from "../vendors/items";
import { planChanges } from "../vendors/plan-changes";
import { longestSessionPolicy, MAX_SESSION_POLICY_CHARACTERS } from "../vendors/session-policy";
import { loadVendors, type VendorFile, vendorIn } from "../vendors/vendor-file";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFile, writeOutput } from "./output";
import { columnsOf } from "./terminal";
import { day, oneMore, withReason } from "./vendor-options";

/** A line of OpenSSH with a long comment. */
const MAX_KEY_FILE_BYTES = 8_000;

interface ChangeFlags extends Reasoned {
  readonly file: string;
  readonly dryRun?: boolean;
}

interface AddFlags extends ChangeFlags {
  readonly name: string;
  readonly contact: readonly string[];
  readonly study: readonly string[];
  readonly cidr: readonly string[];
  readonly keyFile: readonly string[];
  readonly keyUntil: string;
  readonly from?: string;
  readonly until: string;
  readonly secretArn?: string;
}

/** `part11 vendor add`: one vendor more. @throws VENDOR_REFUSED and the codes of `loadVendors` */
export async function add(argv: string[], io: Io): Promise<number> {
  const command = withReason(new Command("part11 vendor add"))
    .description("Add a vendor to vendors.yaml and show what the next plan will change.")
    .argument("<id>", "user name, role and folder of the vendor")
    .requiredOption("--name <text>", "name of the organisation")
    .option("--contact <person>", '"Name <address>"; several times (required)', oneMore, [])
    .option("--study <id>", "study; several times (required)", oneMore, [])
    .option("--cidr <network>", "network from which the vendor connects; several times (required)", oneMore, [])
    .option("--key-file <file>", "public key, one line of OpenSSH; several times (required)", oneMore, [])
    .requiredOption("--key-until <day>", "last day of the keys, YYYY-MM-DD", day)
    .requiredOption("--until <day>", "last day of the vendor, YYYY-MM-DD", day)
    .option("--from <day>", "first day (default: that of --on)", day)
    .option("--secret-arn <arn>", "secret that holds the hash of the second component");
  const flags = parseArguments<AddFlags>(command, argv, io);
  if (!flags) return 0;
  const id = command.args[0]!;
  const from = flags.from ?? flags.on;
  const vendor = {
    id,
    name: flags.name,
    contacts: given(flags.contact, "--contact").map(contactIn),
    from,
    until: flags.until,
    cidrs: given(flags.cidr, "--cidr"),
    keys: given(flags.keyFile, "--key-file").map((file) => ({
      publicKey: publicKeyIn(file, io.cwd),
      notBefore: from,
      notAfter: flags.keyUntil,
    })),
    ...(flags.secretArn === undefined ? {} : { secretArn: flags.secretArn }),
    studies: given(flags.study, "--study").map((study) => ({ id: study })),
  };
  const before = read(flags, io);
  const after = addVendor(before, vendor, flags);
  const characters = longestSessionPolicy(vendorIn(after, id));
  keep(flags, before, after, io, [
    `session policy: at most ${characters} of ${MAX_SESSION_POLICY_CHARACTERS} characters`,
    `next: write what ${id} is to deliver into ${flags.file}, then print its guide with part11 vendor guide ${id}`,
  ]);
  return 0;
}

interface RotateFlags extends ChangeFlags {
  readonly keyFile: string;
  readonly keyUntil: string;
  readonly overlapDays?: number;
  readonly replaces: readonly string[];
  readonly lost?: boolean;
}

/** `part11 vendor rotate-key`: a new key, and an end for those it replaces. @throws VENDOR_REFUSED, SUBJECT_NOT_FOUND */
export async function rotate(argv: string[], io: Io): Promise<number> {
  const command = withReason(new Command("part11 vendor rotate-key"))
    .description("Give a vendor a new key and set an end to those that it replaces.")
    .argument("<id>", "the vendor")
    .requiredOption("--key-file <file>", "the new public key, one line of OpenSSH")
    .requiredOption("--key-until <day>", "last day of the new key, YYYY-MM-DD", day)
    .option(
      "--overlap-days <n>",
      `days that the old keys stay beside it, 0 to ${MAX_OVERLAP_DAYS} (default: 7)`,
      overlapDays,
    )
    .option("--replaces <fingerprint>", "key that it replaces; several times (default: all)", oneMore, [])
    .option("--lost", "the old keys are lost: they are taken out and may never come back");
  const flags = parseArguments<RotateFlags>(command, argv, io);
  if (!flags) return 0;
  if (flags.lost && flags.overlapDays !== undefined) throw usage("rotate-key", "--lost or --overlap-days", "both");
  const id = command.args[0]!;
  const before = read(flags, io);
  const replaces = flags.replaces.length === 0 ? undefined : flags.replaces;
  const key = { publicKey: publicKeyIn(flags.keyFile, io.cwd), notAfter: flags.keyUntil, replaces };
  const after = rotateKey(before, id, key, flags.lost ? "lost" : (flags.overlapDays ?? 7), flags);
  const lost = `until the plan is applied the lost key opens sessions: run part11 vendor disable ${id} --now first`;
  keep(flags, before, after, io, flags.lost ? [lost] : []);
  return 0;
}

/** `part11 vendor offboard`: no login from now on; entry and history stay. @throws VENDOR_REFUSED, SUBJECT_NOT_FOUND */
export async function offboardVendor(argv: string[], io: Io): Promise<number> {
  const command = withReason(new Command("part11 vendor offboard"))
    .description("Disable a vendor; its entry and history stay, its id is never used again.")
    .argument("<id>", "the vendor");
  const flags = parseArguments<ChangeFlags>(command, argv, io);
  if (!flags) return 0;
  const id = command.args[0]!;
  const before = read(flags, io);
  const now = `until the plan is applied ${id} can log in: part11 vendor disable ${id} --now refuses it within seconds`;
  keep(flags, before, offboard(before, id, flags), io, [now]);
  return 0;
}

function read({ file }: ChangeFlags, { cwd }: Io): VendorFile {
  return loadVendors(path.resolve(cwd, file));
}

function keep(
  { file, dryRun }: ChangeFlags,
  before: VendorFile,
  after: VendorFile,
  io: Io,
  notes: readonly string[],
): void {
  if (!dryRun) writeOutput(outputFile(file, io.cwd, { plan: "-" }), after.text);
  const written = dryRun ? `${file}: not written, --dry-run` : `${file}: written; review it, commit it, plan it`;
  const [was, is] = [before.vendors, after.vendors];
  const changes = changesText(itemChanges(was, is), planChanges(was, is), columnsOf(io));
  io.stdout.write(`${changes}${[...notes, written].join("\n")}\n`);
}

/** @throws FILE_NOT_FOUND, FILE_TOO_LARGE */
function publicKeyIn(file: string, cwd: string): string {
  return readCapped(path.resolve(cwd, file), { maxBytes: MAX_KEY_FILE_BYTES }).toString("utf8").trim();
}

function contactIn(text: string): { name: string; email: string } {
  const [, name, email] = /^([^<>]{1,200}) <([^<> ]{3,254})>$/.exec(text) ?? [];
  if (name === undefined || email === undefined) throw usage("add", '--contact "Name <address>"', text);
  return { name, email };
}

function given(values: readonly string[], option: string): readonly string[] {
  if (values.length === 0) throw usage("add", option, "none");
  return values;
}

function overlapDays(text: string): number {
  const days = Number(text);
  if (/^[0-9]{1,2}$/.test(text) && days <= MAX_OVERLAP_DAYS) return days;
  throw new InvalidArgumentError(`expected whole days from 0 to ${MAX_OVERLAP_DAYS}`);
}

function usage(name: string, expected: string, got: string): Part11Error {
  const where = `part11 vendor ${name}`;
  return new Part11Error({ code: "USAGE", what: "wrong usage", where, expected, got, todo: `see ${where} --help` });
}
