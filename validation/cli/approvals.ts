// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { parseAllowedSigners } from "../approvals";
import { readApprovalsFolder } from "../approvals/approvals-folder";
import { loadDispositions } from "../deviations";
import {
  type JudgedReportApprovals,
  judgeReportApprovals,
  type ReportApprovals,
  writeApprovalSheet,
} from "../documents";
import { readSealedRun } from "../evidence";
import { visible } from "../gate/escape/terminal";
import { readCapped } from "../json";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { pinnedSigner } from "./key-file";
import { emptyFolder } from "./output";
import { assertOutside } from "./outside-bundle";

const NOTES = `
exit 0  every executed report is approved by everybody whose line it has, and the bundle is sealed by the key of --key
exit 1  something is missing, rejected, or does not count: each is named
exit 2  could not judge: the bundle is not intact, a file is not there, or wrong usage
exit 3  as 0, but the signer of the bundle is not pinned: no --key was given
`;

const MAX_SIGNERS_BYTES = 1_000_000;

interface Flags {
  readonly bundle: string;
  readonly signers: string;
  readonly approvals?: string;
  readonly key?: string;
  readonly out?: string;
  readonly deviations?: string;
}

/** `part11 approvals`: what people said of the executed reports of a bundle, held against reports, bundle and list. */
export async function approvals(argv: string[], io: Io, now: () => Date = () => new Date()): Promise<number> {
  const command = new Command("part11 approvals")
    .description("Say who approved the executed reports of an evidence bundle, and what is missing or wrong; offline.")
    .argument("<documents>", "folder that part11 documents wrote of the bundle")
    .requiredOption("--bundle <dir>", "folder of the bundle")
    .requiredOption("--signers <file>", "list of allowed signers")
    .option("--approvals <dir>", "folder of the records (default: <documents>-approvals)")
    .option("--key <file>", "PEM public key that you got from the signer of the bundle, not from the bundle")
    .option("--deviations <file>", "dispositions that the documents were written with")
    .option("--out <dir>", "folder for the approvals as a document, empty or not there yet")
    .addHelpText("after", NOTES);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const at = (file: string) => path.resolve(io.cwd, file);
  const [documents, folder] = [at(command.args[0]!), at(flags.bundle)];
  const out = flags.out === undefined ? undefined : emptyFolder(flags.out, io.cwd, "no approvals written");
  if (out !== undefined) assertOutside(out, folder);
  const bundle = readSealedRun(folder, pinnedSigner(flags.key, io));
  const signers = parseAllowedSigners(readCapped(at(flags.signers), { maxBytes: MAX_SIGNERS_BYTES }), flags.signers);
  const records = readApprovalsFolder(flags.approvals === undefined ? `${documents}-approvals` : at(flags.approvals));
  const time = now();
  const dispositions = flags.deviations === undefined ? undefined : loadDispositions(at(flags.deviations), time);
  const judged = await judgeReportApprovals({
    bundle,
    documents,
    records,
    signers,
    now: time,
    ...(dispositions && { dispositions }),
  });
  if (out !== undefined) await writeApprovalSheet(out, bundle, judged, time);
  io.stdout.write(`${textOf(judged).map(visible).join("\n")}\n`);
  if (!isApproved(judged)) return 1;
  if (bundle.isPinned) return 0;
  io.stdout.write(`signer of the bundle not pinned, key ${bundle.keyId}: give --key with a key from the signer\n`);
  return 3;
}

function isApproved({ reports, strays }: ReportApprovals): boolean {
  return strays.length === 0 && reports.every(({ shortcomings }) => shortcomings.length === 0);
}

function textOf({ reports, strays }: ReportApprovals): string[] {
  return [...reports.flatMap(reportText), ...strays.map(({ fault, where, what }) => `${fault} ${where}: ${what}`)];
}

function reportText({ report, sha256, given, shortcomings }: JudgedReportApprovals): string[] {
  return [
    `${report.document.id}: ${shortcomings.length === 0 ? "approved" : "not approved"}, sha256 ${sha256 ?? "none"}`,
    ...given.map(({ statement: { printedName, role, meaning, reason, signedAt }, made }) => {
      const said = reason === undefined ? meaning : `${meaning} (${reason})`;
      return `  ${printedName}, ${role}, ${said}, ${signedAt}: ${made}`;
    }),
    ...shortcomings.map(({ fault, where, what }) => `  ${fault} ${where}: ${what}`),
  ];
}
