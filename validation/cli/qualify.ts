// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { writeDocuments } from "../documents";
import { Part11Error } from "../error";
import {
  clocksInWords,
  READ_ONLY,
  type RemoteSealKey,
  type SealedBy,
  type SealKey,
  sealKeyFromPem,
  untiedSource,
} from "../evidence";
import {
  chainAfter,
  type Qualification,
  type QualifyOptions,
  qualifyFolder,
  qualifyReadOnly,
  readApproved,
  readEarlier,
  refuseOnAws,
  qualify as runQualification,
  systemOf,
} from "../qualify";
import { type KmsKeys, kmsSealKey } from "../seal-kms";
import type { Wire } from "../target/aws";
import { parseArguments } from "./arguments";
import { arrivalsOf } from "./arrivals-option";
import type { Io } from "./io";
import { readKeyFile } from "./key-file";
import { kmsKeyOption, regionOf } from "./kms-key-option";
import { outputFolder } from "./output";
import { addAwsOptions, assertNotOfAws, awsTold, wrong } from "./qualify-aws";
import { addDirOptions, assertNotOfDir, type DirFlags, dirTold } from "./qualify-dir";
import { textOption } from "./text-options";

interface Flags extends DirFlags {
  readonly out?: string;
  readonly key?: string;
  readonly kmsKey?: string;
  readonly arrivals?: number;
  readonly documents?: boolean;
  readonly protocols?: string;
  readonly signers?: string;
  readonly provisional?: boolean;
  readonly attemptOf?: string;
  readonly reason?: string;
  readonly after?: string;
}

const KEY_HELP = `
A key of your own, kept apart from the bundles:
  openssl genpkey -algorithm ed25519 -out seal.pem && openssl pkey -in seal.pem -pubout -out seal.pub.pem
  part11 qualify --key seal.pem, later part11 verify <bundle> --key seal.pub.pem
A key in AWS KMS (ECC_NIST_P256, SIGN_VERIFY), by your own AWS credentials, not those of the embedded AWS:
  part11 qualify --kms-key alias/part11-seal, later part11 verify <bundle> --key seal.pub.pem, where seal.pub.pem is
  aws kms get-public-key --key-id alias/part11-seal --query PublicKey --output text | base64 -d | openssl pkey -pubin -inform DER
Without either the key is gone after the run; record the printed key id outside the bundle.`;

/** What a test replaces. */
export interface QualifyPorts {
  /** @param region of the key; undefined as the environment has it */
  readonly kms: (region: string | undefined) => Promise<KmsKeys>;
  /** How calls of a run on AWS leave the process. @default - as every AWS SDK has it */
  readonly wire?: Wire;
}

/**
 * `part11 qualify`: the main job on the embedded AWS, of the landing zone or of a folder, or what is installed on AWS, read. Exit code 0 only when the evidence is complete for the target;
 * 1 when it says otherwise; 2 when the job could not run.
 */
export async function qualify(argv: string[], io: Io, ports: QualifyPorts = onAws): Promise<number> {
  const command = addDirOptions(addAwsOptions(new Command("part11 qualify")))
    .description(
      "Plan, judge, apply, read back and challenge the landing zone, or a folder of Terraform, on the embedded AWS, or read what is installed on AWS; seal the evidence.",
    )
    .option("--out <dir>", "folder of the evidence bundle, must not exist (default: evidence/<run id>)")
    .option(
      "--key <file>",
      "private key (PEM, Ed25519 or ECDSA P-256) that seals the bundle (default: a key of this run only)",
    )
    .option(
      "--kms-key <key>",
      "ARN or alias of an AWS KMS key (ECC_NIST_P256, SIGN_VERIFY) that seals the bundle",
      kmsKeyOption,
    )
    .option("--arrivals <n>", "files that the challenge of many arrivals sends (default: 500)", arrivalsOf)
    .option("--documents", "write the documents of the run beside the bundle, into <bundle>-documents")
    .option("--protocols <dir>", "folder of part11 protocol with its approvals: what is executed, byte for byte")
    .option("--signers <file>", "list of allowed signers that the approvals are held against")
    .option("--provisional", "execute without the required approvals; every page says so")
    .option("--attempt-of <bundle>", "bundle of the execution that this one repeats; it stays as it is")
    .option("--reason <text>", "why it is repeated", textOption)
    .option("--after <bundle>", "last bundle of the system's chain, which this one follows (part11 chain)")
    .addHelpText("after", KEY_HELP);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const folder = flags.dir === undefined ? undefined : dirTold(flags, io.cwd);
  if (!folder) assertNotOfDir(flags);
  if (!folder && flags.target === "emulator") assertNotOfAws(flags);
  if (flags.target === "aws" && !flags.readOnly) return onAwsWhole(flags, io, ports);
  if (flags.readOnly) assertReads(flags);
  const key = await sealKeyOf(flags, io.cwd, ports);
  const out = flags.out === undefined ? undefined : newFolder(flags.out, io.cwd);
  if (out === undefined) outputFolder("evidence", io.cwd);
  const at = (file: string | undefined) => (file === undefined ? undefined : path.resolve(io.cwd, file));
  const protocols = at(flags.protocols);
  if (protocols === undefined && flags.signers !== undefined) throw together("--signers", "--protocols");
  const approved = protocols === undefined ? undefined : readApproved(protocols, at(flags.signers));
  const options = {
    cwd: io.cwd,
    env: io.env,
    out,
    key,
    approved,
    provisional: flags.provisional ?? false,
    repeats: repeatsOf(flags, io.cwd),
    after:
      flags.after === undefined ? undefined : chainAfter(path.resolve(io.cwd, flags.after), folder && systemOf(folder)),
    onProgress: (line: string) => io.stderr.write(`${line}\n`),
  };
  const done = folder
    ? await qualifyFolder({ ...options, ...folder })
    : flags.readOnly
      ? await readInstalled(flags, options, ports)
      : await runQualification({ ...options, arrivals: flags.arrivals });
  io.stdout.write(`${screen(done, io.cwd).join("\n")}\n`);
  if (flags.documents) {
    const documents = `${done.folder}-documents`;
    const { files } = await writeDocuments(done.folder, documents);
    io.stdout.write(`documents    ${path.relative(io.cwd, documents)}: ${files} files and SHA256SUMS\n`);
  }
  return done.summary.status === "COMPLETE" ? 0 : 1;
}

/** Every guard of a run that writes on AWS, and its refusal. @throws as `refuseOnAws` */
function onAwsWhole(flags: Flags, io: Io, { wire }: QualifyPorts): Promise<never> {
  const onProgress = (line: string) => io.stderr.write(`${line}\n`);
  const { acceptCost = false } = flags;
  return refuseOnAws({ env: io.env, ...awsTold(flags, io.cwd), acceptCost, onProgress, wire });
}

function readInstalled(
  flags: Flags,
  options: Omit<QualifyOptions, "arrivals">,
  { wire }: QualifyPorts,
): Promise<Qualification> {
  const at = (file: string) => path.resolve(options.cwd, file);
  const gateSettings = flags.gateSettings === undefined ? undefined : at(flags.gateSettings);
  const key = options.key as SealKey | undefined;
  return qualifyReadOnly({
    ...options,
    ...awsTold(flags, options.cwd),
    key,
    state: at(flags.state!),
    gateSettings,
    wire,
  });
}

/** @throws USAGE for what a read-only run does not do, or needs and was not given */
function assertReads({ arrivals, acceptCost, kmsKey, state }: Flags): void {
  if (state === undefined) throw wrong("--state beside --read-only", "none");
  if (arrivals !== undefined) throw wrong("no --arrivals beside --read-only", "--arrivals");
  if (acceptCost) throw wrong("no --accept-cost beside --read-only, which makes nothing", "--accept-cost");
  if (kmsKey !== undefined) throw wrong("--key beside --read-only, since kms:Sign is no read operation", "--kms-key");
}

async function sealKeyOf(
  { key, kmsKey }: Flags,
  cwd: string,
  ports: QualifyPorts,
): Promise<SealKey | RemoteSealKey | undefined> {
  if (key !== undefined && kmsKey !== undefined)
    throw wrongUsage("one key that seals, --key or --kms-key", "both of them");
  if (kmsKey !== undefined) return kmsSealKey(kmsKey, await ports.kms(regionOf(kmsKey)));
  if (key === undefined) return undefined;
  return sealKeyFromPem(readKeyFile(key, { cwd }), key);
}

function repeatsOf({ attemptOf, reason }: Flags, cwd: string) {
  if (attemptOf !== undefined && reason !== undefined) {
    return { before: readEarlier(path.resolve(cwd, attemptOf)), reason };
  }
  if (attemptOf !== undefined) throw together("--attempt-of", "--reason");
  if (reason !== undefined) throw together("--reason", "--attempt-of");
  return undefined;
}

function together(given: string, other: string): Part11Error {
  return wrongUsage(`${other} beside ${given}`, `${given} alone`);
}

function wrongUsage(expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "wrong usage",
    where: "part11 qualify",
    expected,
    got,
    todo: "see part11 qualify --help",
  });
}

/** @throws BUNDLE_EXISTS, OUT_NOT_WRITABLE: minutes before the bundle itself would find out */
function newFolder(folder: string, cwd: string): string {
  const out = outputFolder(folder, cwd);
  if (!fs.existsSync(out)) return out;
  throw new Part11Error({
    code: "BUNDLE_EXISTS",
    what: "evidence not written",
    where: out,
    expected: "a folder that is not there yet",
    got: "a name that is taken",
    todo: "name another folder with --out",
  });
}

/** What a person should know of a run, on one screen. */
export function screen({ folder, summary, sealedBy, seconds }: Qualification, cwd: string): string[] {
  const { counts, iqRows, execution } = summary;
  const untied = untiedSource(summary);
  return [
    "",
    `${summary.status}: ${summary.conclusion}`,
    ...(execution?.provisional
      ? ["PROVISIONAL  executed without the required approvals: it cannot be approved afterwards"]
      : []),
    ...(summary.target.access === "read-only" ? [`READ-ONLY    ${READ_ONLY.replace(/^read-only: /, "")}`] : []),
    ...(execution ? [`attempt      ${execution.attempt}`] : []),
    ...(untied ? [`sources      ${untied}`] : []),
    `target       ${summary.target.name}`,
    `clock        ${clocksInWords(summary.clocks)}`,
    `steps        ${counts.planned} planned = ${counts.executed} executed (${counts.passed} passed, ${counts.failed} failed) + ${counts.blocked} blocked + ${counts.notRun} not run + ${counts.notApplicable} not applicable`,
    `IQ rows      ${iqRows.total}: ${iqRows.passed} passed, ${iqRows.failed} failed, ${iqRows.notAvailable} not available`,
    ...summary.problems.slice(0, 10).map(({ where, what }) => `problem      ${where}: ${what}`),
    `time         ${seconds.map(({ stage, seconds: s }) => `${stage} ${s.toFixed(1)} s`).join(", ")}`,
    `seal key id  ${sealedBy.keyId} (${originOf(sealedBy)})`,
    "             record it outside the bundle: only so can a later seal by another key be told from this one",
    `bundle       ${path.relative(cwd, folder)}`,
    `verify with  npx part11 verify ${path.relative(cwd, folder)}`,
  ];
}

function originOf({ sealKey, sealKeyArn }: SealedBy): string {
  if (sealKeyArn !== undefined) return `AWS KMS key ${sealKeyArn}`;
  return sealKey === "given" ? "the key of --key" : "made for this run, gone now";
}

const onAws: QualifyPorts = {
  kms: async (region) => {
    const { KMSClient } = await import("@aws-sdk/client-kms");
    const { AwsKmsKeys } = await import("../seal-kms/aws-kms-keys");
    return new AwsKmsKeys(new KMSClient(region === undefined ? {} : { region }));
  },
};
