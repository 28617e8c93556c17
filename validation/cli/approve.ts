// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Command, Option } from "commander";
import {
  AGREES,
  type AllowedSigner,
  judgeApprovals,
  NATURE,
  namespaceOf,
  parseAllowedSigners,
  ROLES,
  type Role,
  readApproval,
  type Statement,
} from "../approvals";
import { namedFiles } from "../approvals/approvals-folder";
import { personalKey, signerFor } from "../approvals/sign";
import { readCapped } from "../json";
import { recordOf, type Stated, statementOf } from "./approval-record";
import { protocolToApprove, approvalRefused as refused, reportToApprove, type ToApprove } from "./approved-document";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { readKeyFile } from "./key-file";
import { outputFolder } from "./output";
import { assertOutside } from "./outside-bundle";
import { textOption } from "./text-options";

interface Flags extends Stated {
  readonly signers: string;
  readonly key?: string;
  readonly person?: string;
  readonly out?: string;
  readonly bundle?: string;
  readonly deviations?: string;
  readonly scan?: string;
}

const MAX_SIGNERS_BYTES = 64_000_000;
const MAX_SCAN_BYTES = 32_000_000;

const NOTES = `
The list is one of ssh-keygen's: <login>[,<login>…] namespaces="part11-<role>" <key type> <key> <printed name>
Printed name and login are read from its line of your key, date and time from the clock.
With a passphrase, an agent or a token: --person <login> instead of --key, then sign the statement as the output says.
An executed report is approved by its PDF, which --bundle must give byte for byte; its records lie beside the documents.
A page signed by hand (--scan): the key is that of whoever compared the page with the document, listed for part11-comparison;
role, meaning, name and time are those on the page.`;

/** `part11 approve`: writes one approval record of one document. Exit code 0. */
export async function approve(argv: string[], io: Io): Promise<number> {
  const command = approveCommand();
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const at = (file: string) => path.resolve(io.cwd, file);
  const subject = await subjectOf(at(command.args[0]!), flags, at);
  const list = at(flags.signers);
  const signers = parseAllowedSigners(readCapped(list, { maxBytes: MAX_SIGNERS_BYTES }), list);
  const key = flags.key === undefined ? undefined : at(flags.key);
  const person = key ? personalKey(readKeyFile(key, io), key) : undefined;
  const signer = person ? signerFor(person, signers, key!) : named(flags.person, signers, list);
  const scan = flags.scan === undefined ? undefined : readCapped(at(flags.scan), { maxBytes: MAX_SCAN_BYTES });
  const purpose = scan ? "comparison" : flags.role;
  if (!signer.namespaces.includes(namespaceOf(purpose))) {
    throw refused(list, `${signer.person} listed for ${namespaceOf(purpose)}`, "other purposes");
  }
  const statement = statementOf(flags, subject, signer, scan);
  const record = recordOf(statement, purpose, person, scan);
  if (person) readApproval(record, { signers });
  assertCounts(statement, signer, subject);
  const out = outputFolder(flags.out ?? subject.records, io.cwd);
  if (flags.bundle !== undefined) assertOutside(out, at(flags.bundle));
  fs.mkdirSync(out, { recursive: true });
  for (const [name, bytes] of namedFiles(record)) fs.writeFileSync(path.join(out, name), bytes, { flag: "wx" });
  io.stdout.write(textOf(statement, path.relative(io.cwd, path.join(out, record.name)), person ? undefined : purpose));
  return 0;
}

function approveCommand(): Command {
  return new Command("part11 approve")
    .description(
      "State what you say of a protocol or an executed report, signed with your own key and bound to its SHA-256.",
    )
    .argument("<document>", "protocols/<id>.json of part11 protocol, or <id>.pdf of part11 documents")
    .requiredOption("--signers <file>", "list of allowed signers")
    .addOption(new Option("--role <role>", "as whom").choices(ROLES).makeOptionMandatory())
    .addOption(
      new Option("--meaning <meaning>", "what you say")
        .choices([...new Set(Object.values(AGREES)), "rejection"])
        .makeOptionMandatory(),
    )
    .addOption(new Option("--key <file>", "your private key, as ssh-keygen wrote it").conflicts("person"))
    .option("--person <login>", "who signs the statement afterwards with ssh-keygen")
    .option("--reason <text>", "of a rejection", textOption)
    .option("--bundle <dir>", "of an executed report: the bundle that it was written from")
    .option("--deviations <file>", "of an executed report: the deviations.yaml that the documents were written with")
    .option("--scan <file>", "scan of the page that was signed by hand")
    .option("--signed-by <login>", "of a scan: who signed the page")
    .option("--printed-name <name>", "of a scan: the printed name on the page", textOption)
    .option("--signed-at <time>", "of a scan: date and time on the page with offset, 2026-11-22T10:15:00+01:00")
    .option("--out <dir>", "folder of the records (default: approvals, beside the protocols; <documents>-approvals)")
    .addHelpText("after", NOTES);
}

async function subjectOf(
  file: string,
  { bundle, deviations }: Flags,
  at: (file: string) => string,
): Promise<ToApprove> {
  if (bundle !== undefined) return reportToApprove(file, at(bundle), deviations && at(deviations));
  if (deviations !== undefined) throw refused("--deviations", "--bundle beside it", "none");
  if (file.endsWith(".pdf")) throw refused(file, "--bundle with an executed report", "none");
  return protocolToApprove(file);
}

/** A statement of an executed report that could never count is not made. */
function assertCounts(statement: Statement, signer: AllowedSigner, { document, report }: ToApprove): void {
  if (!report) return;
  const logins = statement.kind === "key" ? signer.logins : [statement.person];
  const judged = { document, until: Date.now() + 1000, ...report };
  const found = judgeApprovals([{ name: "part11 approve", statement, logins }], judged);
  const wrong = found.find(({ fault }) => fault !== "MISSING" && fault !== "REJECTED");
  if (wrong) throw refused(document.id, "a statement that can count", `${wrong.fault}: ${wrong.what}`);
}

function textOf(statement: Statement, file: string, unsigned: Role | "comparison" | undefined): string {
  const { printedName, role, meaning, document, signedAt, kind } = statement;
  const made = kind === "key" ? NATURE : "page signed by hand, bound by the SHA-256 of its scan";
  const lines = [
    `${printedName}, ${role}, ${meaning} of ${document.id} version ${document.version}, ${signedAt}`,
    `sha256 ${document.sha256}`,
    `${made}: ${file}`,
  ];
  if (unsigned) lines.push(`now sign it: ssh-keygen -Y sign -n ${namespaceOf(unsigned)} -f <key> ${file}`);
  return `${lines.join("\n")}\n`;
}

function named(login: string | undefined, signers: readonly AllowedSigner[], list: string): AllowedSigner {
  const signer = signers.find(({ logins }) => login !== undefined && logins.includes(login));
  if (signer) return signer;
  throw refused(list, "--key, or --person with a login of the list", login ?? "neither");
}
