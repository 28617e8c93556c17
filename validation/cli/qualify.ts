// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { writeDocuments } from "../documents";
import { Part11Error } from "../error";
import { clocksInWords, sealKeyFromPem, untiedSource } from "../evidence";
import { readCapped } from "../json";
import { type Qualification, readApproved, readEarlier, qualify as runQualification } from "../qualify";
import { parseArguments } from "./arguments";
import { arrivalsOf } from "./arrivals-option";
import type { Io } from "./io";
import { outputFolder } from "./output";
import { textOption } from "./text-options";

interface Flags {
  readonly out?: string;
  readonly key?: string;
  readonly arrivals?: number;
  readonly documents?: boolean;
  readonly protocols?: string;
  readonly signers?: string;
  readonly provisional?: boolean;
  readonly attemptOf?: string;
  readonly reason?: string;
}

const KEY_HELP = `
A key of your own, kept apart from the bundles:
  openssl genpkey -algorithm ed25519 -out seal.pem && openssl pkey -in seal.pem -pubout -out seal.pub.pem
  part11 qualify --key seal.pem, later part11 verify <bundle> --key seal.pub.pem
Without --key the key is gone after the run; record the printed key id outside the bundle.`;

const MAX_KEY_BYTES = 16_384;

/**
 * `part11 qualify`: the main job on the embedded AWS. Exit code 0 only when the evidence is complete for the target;
 * 1 when it says otherwise; 2 when the job could not run.
 */
export async function qualify(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 qualify")
    .description("Plan, judge, apply, read back and challenge the landing zone on the embedded AWS; seal the evidence.")
    .option("--out <dir>", "folder of the evidence bundle, must not exist (default: evidence/<run id>)")
    .option(
      "--key <file>",
      "private key (PEM, Ed25519 or ECDSA P-256) that seals the bundle (default: a key of this run only)",
    )
    .option("--arrivals <n>", "files that the challenge of many arrivals sends (default: 500)", arrivalsOf)
    .option("--documents", "write the documents of the run beside the bundle, into <bundle>-documents")
    .option("--protocols <dir>", "folder of part11 protocol with its approvals: what is executed, byte for byte")
    .option("--signers <file>", "list of allowed signers that the approvals are held against")
    .option("--provisional", "execute without the required approvals; every page says so")
    .option("--attempt-of <bundle>", "bundle of the execution that this one repeats; it stays as it is")
    .option("--reason <text>", "why it is repeated", textOption)
    .addHelpText("after", KEY_HELP);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const keyFile = flags.key === undefined ? undefined : path.resolve(io.cwd, flags.key);
  const key = keyFile ? sealKeyFromPem(readCapped(keyFile, { maxBytes: MAX_KEY_BYTES }), keyFile) : undefined;
  const out = flags.out === undefined ? undefined : newFolder(flags.out, io.cwd);
  if (out === undefined) outputFolder("evidence", io.cwd);
  const at = (file: string | undefined) => (file === undefined ? undefined : path.resolve(io.cwd, file));
  const protocols = at(flags.protocols);
  if (protocols === undefined && flags.signers !== undefined) throw together("--signers", "--protocols");
  const approved = protocols === undefined ? undefined : readApproved(protocols, at(flags.signers));
  const done = await runQualification({
    cwd: io.cwd,
    env: io.env,
    out,
    key,
    arrivals: flags.arrivals,
    approved,
    provisional: flags.provisional ?? false,
    repeats: repeatsOf(flags, io.cwd),
    onProgress: (line) => io.stderr.write(`${line}\n`),
  });
  io.stdout.write(`${screen(done, io.cwd).join("\n")}\n`);
  if (flags.documents) {
    const documents = `${done.folder}-documents`;
    const { files } = await writeDocuments(done.folder, documents);
    io.stdout.write(`documents    ${path.relative(io.cwd, documents)}: ${files} files and SHA256SUMS\n`);
  }
  return done.summary.status === "COMPLETE" ? 0 : 1;
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
  return new Part11Error({
    code: "USAGE",
    what: "wrong usage",
    where: "part11 qualify",
    expected: `${other} beside ${given}`,
    got: `${given} alone`,
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
  const key = sealedBy.sealKey === "given" ? "the key of --key" : "made for this run, gone now";
  return [
    "",
    `${summary.status}: ${summary.conclusion}`,
    ...(execution?.provisional
      ? ["PROVISIONAL  executed without the required approvals: it cannot be approved afterwards"]
      : []),
    ...(execution ? [`attempt      ${execution.attempt}`] : []),
    ...(untied ? [`sources      ${untied}`] : []),
    `target       ${summary.target.name}`,
    `clock        ${clocksInWords(summary.clocks)}`,
    `steps        ${counts.planned} planned = ${counts.executed} executed (${counts.passed} passed, ${counts.failed} failed) + ${counts.blocked} blocked + ${counts.notRun} not run + ${counts.notApplicable} not applicable`,
    `IQ rows      ${iqRows.total}: ${iqRows.passed} passed, ${iqRows.failed} failed, ${iqRows.notAvailable} not available`,
    ...summary.problems.slice(0, 10).map(({ where, what }) => `problem      ${where}: ${what}`),
    `time         ${seconds.map(({ stage, seconds: s }) => `${stage} ${s.toFixed(1)} s`).join(", ")}`,
    `seal key id  ${sealedBy.keyId} (${key})`,
    "             record it outside the bundle: only so can a later seal by another key be told from this one",
    `bundle       ${path.relative(cwd, folder)}`,
    `verify with  npx part11 verify ${path.relative(cwd, folder)}`,
  ];
}
