// SPDX-License-Identifier: Apache-2.0
import { isUtf8 } from "node:buffer";
import { visible } from "../gate/escape/terminal";
import { type SshPublicKey, sshPublicKey } from "./public-key";
import { refusal } from "./refusal";

/** One line of the list: a person, a key, and what it may be used for. */
export interface AllowedSigner {
  /** First principal: the person's id in records. */
  readonly person: string;
  /** All principals: every login by which the person may start a run. */
  readonly logins: readonly string[];
  /** The comment of the line. */
  readonly printedName: string;
  readonly namespaces: readonly string[];
  readonly key: SshPublicKey;
  /** UTC milliseconds; undefined: without an end. */
  readonly validAfter?: number;
  readonly validBefore?: number;
}

const LOGIN = /^[A-Za-z][A-Za-z0-9._@+'-]{2,99}$/;
const LINE = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S.*?)\s*$/;
const OPTION = /^(namespaces|valid-after|valid-before)="([^"]*)"$/;
const TIME = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?Z$/;

/**
 * A list in OpenSSH's format ALLOWED SIGNERS (ssh-keygen(1)), read more narrowly than ssh-keygen does: every line names its
 * purposes, principals are names and no patterns, times are UTC, there are no certificates, a key stands once, and the
 * comment is the printed name.
 *
 * @throws ApprovalRefusal MALFORMED with the line
 */
export function parseAllowedSigners(bytes: Buffer, name: string): readonly AllowedSigner[] {
  if (!isUtf8(bytes)) throw refusal("MALFORMED", name, "not UTF-8");
  const signers: AllowedSigner[] = [];
  for (const [i, line] of bytes.toString("utf8").split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const where = `${name}:${i + 1}`;
    const signer = parseLine(line, where);
    for (const other of signers) assertApart(signer, other, where);
    signers.push(signer);
  }
  if (signers.length === 0) throw refusal("MALFORMED", name, "nobody is listed");
  return signers;
}

function parseLine(line: string, where: string): AllowedSigner {
  const parts = LINE.exec(line);
  if (!parts) throw refusal("MALFORMED", where, "expected principals, options, key type, key, printed name");
  const [, principals, options, type, text, printedName] = parts as unknown as string[];
  const logins = principals!.split(",");
  if (!logins.every((login) => LOGIN.test(login)))
    throw refusal("MALFORMED", where, "a principal that is no plain name");
  if (visible(printedName!) !== printedName) throw refusal("MALFORMED", where, "a character that cannot be seen");
  return {
    person: logins[0]!,
    logins,
    printedName,
    key: keyOf(type!, text!, where),
    ...optionsOf(options!, where),
  };
}

function keyOf(type: string, text: string, where: string): SshPublicKey {
  try {
    const blob = Buffer.from(text, "base64");
    if (blob.toString("base64") !== text) throw new Error("not plain base64");
    const key = sshPublicKey(blob);
    if (key.type !== type) throw new Error(`${key.type} listed as ${type}`);
    return key;
  } catch (error) {
    throw refusal("MALFORMED", where, (error as Error).message);
  }
}

function optionsOf(text: string, where: string): Pick<AllowedSigner, "namespaces" | "validAfter" | "validBefore"> {
  const given = new Map<string, string>();
  for (const option of text.match(/[^,"]+(?:"[^"]*")?/g) ?? []) {
    const [, name, value] = OPTION.exec(option) ?? [];
    if (name === undefined || given.has(name)) throw refusal("MALFORMED", where, `option ${option}`);
    given.set(name, value!);
  }
  const namespaces = (given.get("namespaces") ?? "").split(",").filter((one) => one !== "");
  if (namespaces.length === 0) throw refusal("MALFORMED", where, "no namespaces: a key may not approve by default");
  if (namespaces.some((one) => /[*?!]/.test(one)))
    throw refusal("MALFORMED", where, "a pattern instead of a namespace");
  const [validAfter, validBefore] = ["valid-after", "valid-before"].map((name) => timeOf(given.get(name), where));
  return {
    namespaces,
    ...(validAfter === undefined ? {} : { validAfter }),
    ...(validBefore === undefined ? {} : { validBefore }),
  };
}

function timeOf(text: string | undefined, where: string): number | undefined {
  if (text === undefined) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00"] = TIME.exec(text) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = Date.parse(iso);
  if (Number.isNaN(time) || new Date(time).toISOString() !== iso) throw refusal("MALFORMED", where, `time ${text}`);
  return time;
}

function assertApart(signer: AllowedSigner, other: AllowedSigner, where: string): void {
  if (signer.key.fingerprint === other.key.fingerprint) {
    throw refusal("MALFORMED", where, `the key of ${other.person} a second time`);
  }
  const shared = signer.logins.filter((login) => other.logins.includes(login));
  if (shared.length > 0 && (signer.person !== other.person || signer.printedName !== other.printedName)) {
    throw refusal("MALFORMED", where, `${shared[0]} is listed as two persons`);
  }
}
