// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Command, Option } from "commander";
import {
  AGREES,
  type AllowedSigner,
  type BoundDocument,
  type Meaning,
  NATURE,
  namespaceOf,
  parseAllowedSigners,
  parseStatement,
  ROLES,
  type Role,
  type Statement,
  statementBytes,
} from "../approvals";
import { localTime, personalKey, signerFor, signStatement } from "../approvals/sign";
import { Part11Error } from "../error";
import { assertProtocol } from "../evidence";
import { canonicalJson, parseStrict, readCapped, sha256Hex } from "../json";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFolder } from "./output";
import { textOption } from "./text-options";

interface Flags {
  readonly signers: string;
  readonly role: Role;
  readonly meaning: Meaning;
  readonly key?: string;
  readonly person?: string;
  readonly reason?: string;
  readonly out?: string;
}

const MAX_BYTES = 64_000_000;
const MAX_KEY_BYTES = 16_384;

const NOTES = `
The list is one of ssh-keygen's: <login>[,<login>…] namespaces="part11-<role>" <key type> <key> <printed name>
Printed name and login are read from its line of your key, date and time from the clock.
With a passphrase, an agent or a token: --person <login> instead of --key, then sign the statement as the output says.`;

/** `part11 approve`: writes one approval record of one document. Exit code 0. */
export async function approve(argv: string[], io: Io): Promise<number> {
  const command = approveCommand();
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const file = path.resolve(io.cwd, command.args[0]!);
  const document = boundDocument(readCapped(file, { maxBytes: MAX_BYTES }), file);
  const list = path.resolve(io.cwd, flags.signers);
  const signers = parseAllowedSigners(readCapped(list, { maxBytes: MAX_BYTES }), list);
  const key = flags.key === undefined ? undefined : path.resolve(io.cwd, flags.key);
  const person = key ? personalKey(readCapped(key, { maxBytes: MAX_KEY_BYTES }), key) : undefined;
  const signer = person ? signerFor(person, signers, key!) : named(flags.person, signers, list);
  if (!signer.namespaces.includes(namespaceOf(flags.role))) throw notListed(signer, flags.role, list);
  const statement = statementOf(flags, document, signer);
  const out = outputFolder(flags.out ?? path.join(path.dirname(file), "..", "approvals"), io.cwd);
  fs.mkdirSync(out, { recursive: true });
  const bytes = statementBytes(statement);
  const target = path.join(out, `${document.id}-${flags.role}-${sha256Hex(bytes).slice(0, 12)}.json`);
  fs.writeFileSync(target, bytes, { flag: "wx" });
  io.stdout.write(
    `${signer.printedName}, ${flags.role}, ${flags.meaning} of ${document.id} version ${document.version}\n`,
  );
  io.stdout.write(`sha256 ${document.sha256}\n${NATURE}: ${path.relative(io.cwd, target)}\n`);
  if (person) fs.writeFileSync(`${target}.sig`, signStatement(statement, flags.role, person), { flag: "wx" });
  else
    io.stdout.write(
      `now sign it: ssh-keygen -Y sign -n ${namespaceOf(flags.role)} -f <key> ${path.relative(io.cwd, target)}\n`,
    );
  return 0;
}

function approveCommand(): Command {
  return new Command("part11 approve")
    .description("State what you say of a protocol and sign that with your own key, bound to the protocol's SHA-256.")
    .argument("<document>", "protocol to approve: protocols/<id>.json of part11 protocol")
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
    .option("--out <dir>", "folder of the records (default: approvals, beside the folder of the document)")
    .addHelpText("after", NOTES);
}

function boundDocument(bytes: Buffer, where: string): BoundDocument {
  const protocol = parseStrict(bytes, where);
  assertProtocol(protocol, where);
  if (!protocol.issue || !bytes.equals(Buffer.from(canonicalJson(protocol)))) {
    throw refused(
      where,
      "a protocol as part11 protocol issues it",
      "one without version and date, or in another spelling",
    );
  }
  const { version, issuedAt } = protocol.issue;
  return { id: protocol.id, version, issuedAt, sha256: sha256Hex(bytes) };
}

function statementOf(
  { role, meaning, reason }: Flags,
  document: BoundDocument,
  { person, printedName }: AllowedSigner,
): Statement {
  const statement: Statement = {
    schemaVersion: 1,
    nature: NATURE,
    kind: "key",
    document,
    person,
    printedName,
    role,
    meaning,
    ...(reason === undefined ? {} : { reason }),
    signedAt: localTime(new Date()),
  };
  try {
    return parseStatement(statementBytes(statement), "part11 approve");
  } catch (error) {
    throw refused(
      "part11 approve",
      "a meaning that the role can give, and a reason exactly of a rejection",
      (error as Error).message,
    );
  }
}

function named(login: string | undefined, signers: readonly AllowedSigner[], list: string): AllowedSigner {
  const signer = signers.find(({ logins }) => login !== undefined && logins.includes(login));
  if (signer) return signer;
  throw refused(list, "--key, or --person with a login of the list", login ?? "neither");
}

function notListed({ person }: AllowedSigner, role: Role, list: string): Part11Error {
  return refused(list, `${person} listed for ${namespaceOf(role)}`, "other purposes");
}

function refused(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "APPROVAL_REFUSED",
    what: "approval not made",
    where,
    expected,
    got,
    todo: "see part11 approve --help",
  });
}
