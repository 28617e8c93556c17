// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { statementBytes } from "../../../validation/approvals";
import { type PersonalKey, personalKey, signStatement } from "../../../validation/approvals/sign";
import { readSshSignature } from "../../../validation/approvals/ssh-signature";
import { keyOf, PEOPLE, statementOf } from "./people";

const statement = statementOf("author");
const message = statementBytes(statement);
// Written by ssh-keygen -Y sign -n part11-author of OpenSSH 9.2, the first with the key that follows from Anna's name.
const written = (name: string) => fs.readFileSync(path.join(__dirname, "ssh-keygen", name));
const broken = (armored: Buffer, bytes = message) => {
  expect(() => readSshSignature(armored, bytes, "a.json")).toThrow(
    expect.objectContaining({ name: "ApprovalRefusal", fault: "SIGNATURE_BROKEN" }),
  );
};

test.each(["by-ed25519.sig", "by-p256.sig", "by-p256-over-sha256.sig"])("reads what ssh-keygen signed: %s", (name) => {
  expect(readSshSignature(written(name), message, name).namespace).toBe("part11-author");
});

test("writes the very bytes that ssh-keygen writes with the same key", () => {
  expect(signStatement(statement, "author", keyOf(PEOPLE.author))).toBe(written("by-ed25519.sig").toString());
});

test("an ECDSA key signs what is read again", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const pem = Buffer.from(privateKey.export({ format: "pem", type: "sec1" }) as string);
  const key: PersonalKey = personalKey(pem, "key");
  const armored = Buffer.from(signStatement(statement, "author", key));
  expect(readSshSignature(armored, message, "a.json").key.fingerprint).toBe(key.publicKey.fingerprint);
});

test("no bit of a signed statement can be turned", () => {
  for (let at = 0; at < message.length; at++) {
    const turned = Buffer.from(message);
    turned[at]! ^= 1 << (at % 8);
    broken(written("by-ed25519.sig"), turned);
  }
});

test("no byte of a signature can be changed to another of base64", () => {
  const armored = written("by-ed25519.sig");
  const [from, to] = [armored.indexOf("\n") + 1, armored.indexOf("\n-----END")];
  for (let at = from; at < to; at++) {
    if (armored[at] === 0x0a) continue;
    const changed = Buffer.from(armored);
    changed[at] = armored[at] === 0x41 ? 0x42 : 0x41;
    broken(changed);
  }
});

test.each([
  ["empty", ""],
  ["without its armour", "U1NIU0lH"],
  ["cut short", "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQAAADMAAAAL\n-----END SSH SIGNATURE-----\n"],
  ["with something after it", `${fs.readFileSync(path.join(__dirname, "ssh-keygen", "by-ed25519.sig"))}\n`],
])("a signature that is %s is broken", (_, text) => broken(Buffer.from(text)));

test("a key with a passphrase is refused, and what to do is said", () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const locked = privateKey.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "p" });
  expect(() => personalKey(Buffer.from(locked as string), "id")).toThrow(
    expect.objectContaining({ code: "KEY_UNUSABLE", message: expect.stringContaining("ssh-keygen -Y sign") }),
  );
});
