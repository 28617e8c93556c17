// SPDX-License-Identifier: Apache-2.0
import { isSamePerson } from "../gate/waivers/person";
import { sha256Hex } from "../json";
import type { AllowedSigner } from "./allowed-signers";
import type { ExternalSystem } from "./external-system";
import { refusal } from "./refusal";
import { readSshSignature } from "./ssh-signature";
import { parseStatement, type Role, type Statement } from "./statement";

/** One record as it is kept. */
export interface ApprovalFiles {
  /** Name of the statement's file. */
  readonly name: string;
  readonly statement: Buffer;
  /** SSH signature over the statement; none of another system's record. */
  readonly signature?: Buffer;
  /** The scanned page, or the record of the other system. */
  readonly attached?: Buffer;
}

/** A record that holds by itself. Whether it counts for a document is the matter of `judgeApprovals`. */
export interface Approval {
  readonly name: string;
  readonly statement: Statement;
  /** Every name under which the list knows the person, be it by key, on paper or in another system. */
  readonly logins: readonly string[];
  /** How it was made, in words that stand beside it wherever it is shown. */
  readonly made: string;
}

export interface Trust {
  readonly signers: readonly AllowedSigner[];
  /** @default - none */
  readonly systems?: readonly ExternalSystem[];
}

/** Purpose of a signature for a role, and for the comparison of a scanned page. */
export function namespaceOf(role: Role | "comparison"): string {
  return `part11-${role}`;
}

/** Reads one record and holds it against those who may sign. @throws ApprovalRefusal */
export function readApproval(files: ApprovalFiles, trust: Trust): Approval {
  const statement = parseStatement(files.statement, files.name);
  checkAttached(statement, files);
  switch (statement.kind) {
    case "key":
      return byKey(statement, files, trust);
    case "wet-ink":
      return onPaper(statement, files, trust);
    case "external":
      return inSystem(statement, files, trust);
  }
}

function byKey(statement: Statement, files: ApprovalFiles, { signers }: Trust): Approval {
  const { person, printedName, role, signedAt } = statement;
  const signer = signerOf(files, signers, { person, printedName, at: signedAt, namespace: namespaceOf(role) });
  const made = `approval record by own key ${signer.key.fingerprint}, not a Part 11 signature`;
  return { name: files.name, statement, logins: signer.logins, made };
}

function onPaper(statement: Statement, files: ApprovalFiles, { signers }: Trust): Approval {
  const { person, printedName, comparedAt } = statement.comparison!;
  const expected = { person, printedName, at: comparedAt, namespace: namespaceOf("comparison") };
  const signer = signerOf(files, signers, expected);
  const logins = loginsOf(statement.person, signers);
  const [own, onPage] = [
    [printedName, ...signer.logins],
    [statement.printedName, ...logins],
  ];
  if (own.some((one) => onPage.some((other) => isSamePerson(one, other)))) {
    throw refusal("COMPARED_BY_SIGNER", files.name, `${person} compared a page of their own`);
  }
  if (Date.parse(comparedAt) < Date.parse(statement.signedAt)) {
    throw refusal("MALFORMED", files.name, "compared before it was signed");
  }
  const made = `signed by hand on paper; scanned page compared by ${printedName} at ${comparedAt}`;
  return { name: files.name, statement, logins, made };
}

/** Every name under which the list knows a person who signed without a key; of one who is not listed, the one name. */
function loginsOf(person: string, signers: readonly AllowedSigner[]): readonly string[] {
  const known = signers.filter(({ logins }) => logins.some((login) => isSamePerson(login, person)));
  return [...new Set([person, ...known.flatMap(({ logins }) => logins)])];
}

function inSystem(statement: Statement, files: ApprovalFiles, { signers, systems = [] }: Trust): Approval {
  const { name, envelope } = statement.system!;
  const system = systems.find((one) => one.name === name);
  if (!system) throw refusal("SYSTEM_UNKNOWN", files.name, `nothing here reads records of ${name}`);
  if (files.signature) throw refusal("MALFORMED", files.name, "a signature beside the record of another system");
  const { person, printedName, meaning, signedAt, document } = statement;
  const told = { envelope, documentSha256: document.sha256, person, printedName, meaning, signedAt };
  const same = (one: object) => Object.entries(told).every(([key, value]) => Reflect.get(one, key) === value);
  let held: readonly object[];
  try {
    held = system.read(files.attached!);
  } catch (error) {
    throw refusal("SYSTEM_DIFFERS", files.name, (error as Error).message);
  }
  if (!held.some(same)) throw refusal("SYSTEM_DIFFERS", files.name, `${name} does not say what this record says`);
  return {
    name: files.name,
    statement,
    logins: loginsOf(person, signers),
    made: `signed in ${name}, envelope ${envelope}`,
  };
}

function checkAttached({ attached }: Statement, { name, attached: bytes }: ApprovalFiles): void {
  const same = attached ? bytes && sha256Hex(bytes) === attached.sha256 && bytes.length === attached.size : !bytes;
  if (!same) throw refusal("ATTACHMENT_DIFFERS", name, "the file beside it is not the one that the statement names");
}

interface Expected {
  readonly person: string;
  readonly printedName: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly namespace: string;
}

function signerOf(files: ApprovalFiles, signers: readonly AllowedSigner[], expected: Expected): AllowedSigner {
  const { name: where } = files;
  if (!files.signature) throw refusal("SIGNATURE_BROKEN", where, "no signature beside it");
  const { key, namespace } = readSshSignature(files.signature, files.statement, where);
  if (namespace !== expected.namespace) {
    throw refusal("ROLE_UNLISTED", where, `signed for ${namespace}, not for ${expected.namespace}`);
  }
  const signer = signers.find((one) => one.key.fingerprint === key.fingerprint);
  if (!signer) throw refusal("KEY_UNLISTED", where, `${key.fingerprint} is no allowed signer`);
  if (!signer.namespaces.includes(namespace)) {
    throw refusal("ROLE_UNLISTED", where, `${signer.person} is not listed for ${namespace}`);
  }
  if (signer.person !== expected.person || signer.printedName !== expected.printedName) {
    throw refusal("NAME_DIFFERS", where, `the key is that of ${signer.printedName} (${signer.person})`);
  }
  const at = Date.parse(expected.at);
  const { validAfter = at, validBefore = Number.POSITIVE_INFINITY } = signer;
  if (!(at >= validAfter && at < validBefore)) {
    throw refusal("KEY_EXPIRED", where, `the key of ${signer.person} was not valid at ${expected.at}`);
  }
  return signer;
}
