// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import { visible } from "../gate/escape/terminal";
import {
  addHold,
  type HeldObjects,
  type HoldOutcome,
  HoldRecord,
  type HoldRequest,
  type ListedVersion,
  listHolds,
  parseSelection,
  type ReleaseRequest,
  releaseHold,
} from "../hold";
import { parseArguments } from "./arguments";
import type { Io } from "./io";

const NAMES = `
<object> is bucket/key (all its versions), bucket/key?versionId=…, bucket/prefix/ (everything below) or bucket/.
AWS credentials, region and endpoint come from the environment: those of the custodian role. What the person and the
approver are called is taken on trust: it is no signature in the sense of 21 CFR 11.50.
`;
const CHANGE_EXITS = `${NAMES}
exit 0  every version is as asked, and recorded
exit 1  some version is not: see the lines that say failed
exit 2  nothing selected, the record not usable, or wrong usage
`;
const LIST_EXITS = `${NAMES}
exit 0  S3 holds every version that the record says is held
exit 1  it does not: see the lines that say LOST
exit 2  nothing there, the record not usable, or wrong usage
`;

/** What a test replaces: AWS and the clock. */
export interface HoldPorts {
  readonly objects: () => Promise<HeldObjects>;
  readonly now: () => Date;
}

interface ChangeFlags extends Pick<ReleaseRequest, "matter" | "reason" | "by" | "approver"> {
  readonly record: string;
  readonly json?: boolean;
}

type Subverb = (argv: string[], io: Io, ports: HoldPorts) => Promise<number>;

const SUBVERBS: Readonly<Record<string, Subverb>> = { add, list, release };

/** `part11 hold add | list | release`: legal holds, set and lifted as the custodian role; retention is never touched. */
export async function hold(argv: string[], io: Io, ports: HoldPorts = onAws): Promise<number> {
  const [name = "", ...rest] = argv;
  if (["--help", "-h"].includes(name) && rest.length === 0) {
    io.stdout.write(`Usage: part11 hold <${Object.keys(SUBVERBS).join("|")}> --help\n`);
    return 0;
  }
  if (!Object.hasOwn(SUBVERBS, name)) {
    throw new Part11Error({
      code: "USAGE",
      what: "wrong usage",
      where: "part11 hold",
      expected: Object.keys(SUBVERBS).join(", "),
      got: JSON.stringify(name),
      todo: "see part11 hold --help",
    });
  }
  return SUBVERBS[name]!(rest, io, ports);
}

async function add(argv: string[], io: Io, ports: HoldPorts): Promise<number> {
  const command = changing("add", "Put a legal hold on the object versions that are there now, for one matter.");
  const read = readChange(command, argv, io);
  if (!read) return 0;
  const record = HoldRecord.open(read.record, { create: true });
  return told(await addHold(await ports.objects(), record, read.request, ports.now), read, io);
}

async function release(argv: string[], io: Io, ports: HoldPorts): Promise<number> {
  const command = changing("release", "Close a matter, and lift the holds that no other matter needs.").requiredOption(
    "--approver <person>",
    "the other person, who agreed to it",
  );
  const read = readChange(command, argv, io);
  if (!read) return 0;
  const record = HoldRecord.open(read.record, { create: false });
  return told(await releaseHold(await ports.objects(), record, read.request, ports.now), read, io);
}

async function list(argv: string[], io: Io, ports: HoldPorts): Promise<number> {
  const command = named("list", "Say which object versions are held now, and for which matters.")
    .option("--record <file>", "the record of holds; without it only S3 is asked")
    .addHelpText("after", LIST_EXITS);
  const flags = parseArguments<{ record?: string; json?: boolean }>(command, argv, io);
  if (!flags) return 0;
  const selection = parseSelection(command.args[0]!);
  const record = flags.record && HoldRecord.open(path.resolve(io.cwd, flags.record), { create: false });
  const listed = await listHolds(await ports.objects(), record || undefined, selection);
  if (flags.json) io.stdout.write(`${JSON.stringify({ schemaVersion: 1, versions: listed }, null, 2)}\n`);
  else for (const one of listed) io.stdout.write(`${visible(line(one))}\n`);
  return listed.some(({ lost }) => lost) ? 1 : 0;
}

function line({ version, held, matters, lost }: ListedVersion): string {
  const state = held === null ? "gone" : held ? "held" : "free";
  const why = matters.length > 0 ? `for ${matters.join(", ")}` : held ? "for no matter that the record knows" : "";
  return `${lost ? "LOST " : ""}${state}  ${version.key}  ${version.versionId}  ${why}`.trimEnd();
}

function named(name: string, description: string): Command {
  return new Command(`part11 hold ${name}`)
    .description(description)
    .argument("<object>", "what is meant")
    .option("--json", "the result as JSON on stdout");
}

function changing(name: string, description: string): Command {
  return named(name, description)
    .requiredOption("--matter <id>", "id of the legal matter")
    .requiredOption("--reason <text>", "why")
    .requiredOption("--by <person>", "who does it")
    .requiredOption("--record <file>", "record of holds, JSON lines; kept by you, added to and never rewritten")
    .addHelpText("after", CHANGE_EXITS);
}

/** The request of the command line; undefined when only help was asked for. @throws USAGE for a text that says nothing */
function readChange(command: Command, argv: string[], io: Io) {
  const flags = parseArguments<ChangeFlags>(command, argv, io);
  if (!flags) return undefined;
  const { matter, reason, by, approver } = flags;
  for (const [option, text] of Object.entries({ matter, reason, by, approver })) {
    if (text === undefined || /\S/.test(text)) continue;
    throw new Part11Error({
      code: "USAGE",
      what: "wrong usage",
      where: `part11 hold --${option}`,
      expected: "a text",
      got: "nothing",
      todo: "say it in words that are understood in ten years",
    });
  }
  const request: HoldRequest & ReleaseRequest = {
    selection: parseSelection(command.args[0]!),
    matter,
    reason,
    by,
    approver,
  };
  return { request, record: path.resolve(io.cwd, flags.record), json: flags.json ?? false };
}

function told(outcomes: readonly HoldOutcome[], { json }: { json: boolean }, io: Io): number {
  const failed = outcomes.filter(({ outcome }) => outcome === "failed");
  if (json) io.stdout.write(`${JSON.stringify({ schemaVersion: 1, outcomes }, null, 2)}\n`);
  else {
    for (const { version, outcome, why } of outcomes) {
      const because = why === undefined ? "" : `: ${why}`;
      io.stdout.write(`${visible(`${outcome}  ${version.key}  ${version.versionId}${because}`)}\n`);
    }
    io.stdout.write(`versions: ${outcomes.length}, failed: ${failed.length}\n`);
  }
  return failed.length > 0 ? 1 : 0;
}

const onAws: HoldPorts = {
  objects: async () => {
    const { S3Client } = await import("@aws-sdk/client-s3");
    const { STSClient } = await import("@aws-sdk/client-sts");
    const { S3Holds } = await import("../hold/s3-holds");
    return new S3Holds(new S3Client({}), new STSClient({}));
  },
  now: () => new Date(),
};
