// SPDX-License-Identifier: Apache-2.0
// Five people with keys that follow from their names, so that no private key lies in the tree.
import { createPrivateKey, createPublicKey } from "node:crypto";
import {
  AGREES,
  type ApprovalFiles,
  COMPARISON,
  NATURE,
  namespaceOf,
  type Role,
  type Statement,
  statementBytes,
} from "../../../validation/approvals";
import { sshPublicKey } from "../../../validation/approvals/public-key";
import { type PersonalKey, signStatement } from "../../../validation/approvals/sign";
import { wireString } from "../../../validation/approvals/wire";
import { sha256Hex } from "../../../validation/json";

/** RFC 8410 section 7: PKCS #8 up to the seed. */
const PKCS8_HEAD = "302e020100300506032b657004220420";

export interface Person {
  readonly login: string;
  readonly printedName: string;
  readonly may: readonly (Role | "comparison")[];
}

export const PEOPLE = {
  author: { login: "anna.author", printedName: "Anna Author", may: ["author"] },
  reviewer: { login: "ravi.reviewer", printedName: "Ravi Reviewer", may: ["reviewer"] },
  "system-owner": { login: "olga.owner", printedName: "Olga Owner", may: ["system-owner"] },
  quality: { login: "quentin.quality", printedName: "Quentin Quality", may: ["quality", "comparison"] },
} as const satisfies Record<Role, Person>;

/** A person's key, the same in each run. */
export function keyOf({ login }: Person): PersonalKey {
  const der = Buffer.from(PKCS8_HEAD + sha256Hex(`key of ${login}`), "hex");
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const point = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32);
  return { privateKey, publicKey: sshPublicKey(Buffer.concat(["ssh-ed25519", point].map(wireString))) };
}

/** A person's private key as `ssh-keygen` writes it without a passphrase: openssh-portable, PROTOCOL.key. */
export function keyFile(person: Person): string {
  const { publicKey, privateKey } = keyOf(person);
  const point = publicKey.blob.subarray(-32);
  const seed = privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);
  const strings = (...all: readonly (Buffer | string)[]) => all.map((one) => wireString(one));
  const check = Buffer.from([0, 0, 0, 7]);
  const secret = Buffer.concat([...[check, check], ...strings("ssh-ed25519", point, Buffer.concat([seed, point]), "")]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, (8 - (secret.length % 8)) % 8);
  const one = Buffer.from([0, 0, 0, 1]);
  const file = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    ...strings("none", "none", ""),
    one,
    ...strings(publicKey.blob, Buffer.concat([secret, padding])),
  ]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${file.toString("base64")}\n-----END OPENSSH PRIVATE KEY-----\n`;
}

/** Line of the list of allowed signers. */
export function lineOf(person: Person, more = ""): string {
  const { publicKey } = keyOf(person);
  const namespaces = person.may.map(namespaceOf).join(",");
  const key = publicKey.blob.toString("base64");
  return `${person.login} namespaces="${namespaces}"${more} ${publicKey.type} ${key} ${person.printedName}\n`;
}

export const LIST = Object.values(PEOPLE)
  .map((person) => lineOf(person))
  .join("");

export const DOCUMENT = {
  id: "IQ",
  version: "1",
  issuedAt: "2026-11-20T08:00:00Z",
  sha256: sha256Hex("the protocol"),
};

/** What a role states when it agrees, in its local time. */
export function statementOf(role: Role, more: Partial<Statement> = {}): Statement {
  const { login, printedName } = PEOPLE[role];
  return {
    schemaVersion: 1,
    nature: NATURE,
    kind: "key",
    document: DOCUMENT,
    person: login,
    printedName,
    role,
    meaning: AGREES[role],
    signedAt: "2026-11-20T10:15:00+01:00",
    ...more,
  };
}

/** A record, signed with the key of its role unless another is named. */
export function recordOf(statement: Statement, by: Person = PEOPLE[statement.role]): ApprovalFiles {
  const bytes = statementBytes(statement);
  const signature = Buffer.from(signStatement(statement, statement.role, keyOf(by)));
  return { name: `${statement.document.id}-${statement.role}.json`, statement: bytes, signature };
}

/** A scanned page of the system owner, compared by quality. */
export function scanned(page: Buffer, more: Partial<Statement> = {}): Statement {
  const { login: person, printedName } = PEOPLE.quality;
  return statementOf("system-owner", {
    kind: "wet-ink",
    attached: { sha256: sha256Hex(page), size: page.length },
    comparison: { person, printedName, comparedAt: "2026-11-20T11:00:00+01:00", statement: COMPARISON },
    ...more,
  });
}
