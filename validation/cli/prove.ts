// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, Option } from "commander";
import {
  gather,
  judge,
  type Names,
  namesOf,
  type Proof,
  parseSubject,
  proofPage,
  proofText,
  type Readers,
} from "../prove";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFile, writeOutput } from "./output";
import { columnsOf } from "./terminal";

const NOTES = `
<object> is bucket/key, of which the newest version is meant, or bucket/key?versionId=…
AWS credentials and endpoint come from the environment: those of the inspector role are enough. Nothing is written to AWS.
exit 0  unmodified since the sender's manifest, or since receipt where the sender stated no hash
exit 1  not shown to be unmodified: some link fails
exit 2  could not run
exit 3  not shown to be unmodified: nothing fails, and some link could not be looked at
`;

interface Flags {
  readonly settings?: string;
  readonly table?: string;
  readonly auditBucket?: string;
  readonly inbox?: string;
  readonly replica?: string;
  readonly transferLog?: string;
  readonly account?: string;
  readonly region?: string;
  readonly replicaRegion?: string;
  readonly recompute: boolean;
  readonly format: "text" | "html" | "json";
  readonly out?: string;
}

/** What a test replaces: AWS and the clock. */
export interface ProvePorts {
  readonly readers: (bucket: string, names: Names) => Promise<Readers>;
  readonly now: () => Date;
}

/** `part11 prove`: whether one version is what was received, link by link. @throws USAGE and the codes of `namesOf` */
export async function prove(argv: string[], io: Io, ports: ProvePorts = onAws): Promise<number> {
  const command = new Command("part11 prove")
    .description("Prove one file: lock, checksum, ledger, mirror, CloudTrail, transfer log, replica, and one verdict.")
    .argument("<object>", "what is to be proved")
    .option("--settings <file>", "settings of the stack: they give all the names below")
    .option("--table <name>", "table of the ledger")
    .option("--audit-bucket <name>", "bucket of the trail, of the ledger's mirror and of its daily roots")
    .option("--inbox <name>", "bucket whose versions are not replicated")
    .option("--replica <name>", "bucket of the second copy")
    .option("--transfer-log <group>", "log group of the transfer server")
    .option("--account <id>", "account of the trail")
    .option("--region <region>", "region of all but the replica")
    .option("--replica-region <region>", "region of the replica")
    .option("--no-recompute", "leave the bytes unread: the verdict cannot be unmodified then")
    .addOption(new Option("--format <format>").choices(["text", "html", "json"]).default("text"))
    .option("--out <file>", "write to this file instead of stdout")
    .addHelpText("after", NOTES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const subject = parseSubject(command.args[0]!);
  const names = namesFrom(flags, subject.bucket, io.cwd);
  const out = flags.out && outputFile(flags.out, io.cwd, { plan: "-", settings: flags.settings });
  const readers = await ports.readers(subject.bucket, names);
  const proof = judge(await gather(subject, readers, { recompute: flags.recompute, now: ports.now }));
  const view = viewOf(proof, flags, io);
  if (out) writeOutput(out, view);
  else io.stdout.write(view);
  return exitOf(proof);
}

/** The settings' names, and over them those of the command line. */
function namesFrom(flags: Flags, bucket: string, cwd: string): Names {
  const { account: accountId, region, replicaRegion, table, auditBucket, inbox, replica, transferLog } = flags;
  const settled: Names = flags.settings === undefined ? { replicas: {} } : namesOf(path.resolve(cwd, flags.settings));
  const given = { accountId, region, replicaRegion, table, auditBucket, inbox, transferLog };
  return {
    ...settled,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    replicas: replica === undefined ? settled.replicas : { ...settled.replicas, [bucket]: replica },
  };
}

function viewOf(proof: Proof, { format, out }: Flags, io: Io): string {
  if (format === "html") return proofPage(proof);
  if (format === "text") return proofText(proof, out === undefined ? columnsOf(io) : Number.POSITIVE_INFINITY);
  return `${JSON.stringify({ schemaVersion: 1, exit: exitOf(proof), ...proof }, null, 2)}\n`;
}

function exitOf({ verdict: { kind } }: Proof): number {
  if (kind === "fails") return 1;
  return kind === "not-looked-at" ? 3 : 0;
}

/** Loaded only here: the SDK takes longer to load than all the rest. */
const onAws: ProvePorts = {
  readers: async (bucket, names) => (await import("../prove/aws/readers")).awsReaders(bucket, names),
  now: () => new Date(),
};
