// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from "node:crypto";
import { parseSshKey } from "../../../modules";

const field = (bytes: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const line = (type: string, ...fields: readonly Buffer[]) =>
  `${type} ${Buffer.concat([field(Buffer.from(type)), ...fields.map(field)]).toString("base64")}`;
const rsa = (bits: number, exponent = "010001") =>
  line("ssh-rsa", Buffer.from(exponent, "hex"), Buffer.concat([Buffer.from([0]), Buffer.alloc(bits / 8, 0xff)]));
const point = (bytes: number) => Buffer.concat([Buffer.from([4]), Buffer.alloc(bytes - 1, 7)]);

const ed25519 = line("ssh-ed25519", Buffer.alloc(32, 1));

test.each([
  ["Ed25519", ed25519],
  ["ECDSA P-256", line("ecdsa-sha2-nistp256", Buffer.from("nistp256"), point(65))],
  ["ECDSA P-521", line("ecdsa-sha2-nistp521", Buffer.from("nistp521"), point(133))],
  ["RSA of 3072 bits", rsa(3072)],
])("%s is taken, its comment is not", (_, text) => {
  expect(parseSshKey(`${text} sender@example.org`)).toMatchObject({ publicKey: text });
});

test.each([
  ["RSA of 2048 bits", rsa(2048)],
  ["RSA with exponent 3", rsa(3072, "03")],
  ["DSA", line("ssh-dss", Buffer.alloc(128, 1))],
  ["a key on a token", line("sk-ssh-ed25519@openssh.com", Buffer.alloc(32, 1))],
  ["ECDSA under another curve's name", line("ecdsa-sha2-nistp256", Buffer.from("nistp384"), point(65))],
  ["Ed25519 of 31 bytes", line("ssh-ed25519", Buffer.alloc(31, 1))],
  ["Ed25519 with something behind it", line("ssh-ed25519", Buffer.alloc(32, 1), Buffer.alloc(1))],
  ["a type that its material denies", ed25519.replace("ssh-ed25519 ", "ssh-rsa ")],
  ["two lines", `${ed25519}\n${ed25519}`],
  ["options before the key", `no-pty ${ed25519}`],
  ["an empty text", ""],
])("fails on %s", (_, text) => {
  expect(parseSshKey(text)).toHaveProperty("problem");
});

test("a real Ed25519 key is taken", () => {
  const { x } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  expect(parseSshKey(line("ssh-ed25519", Buffer.from(x!, "base64url")))).toHaveProperty("fingerprint");
});

test("the fingerprint is the one that ssh-keygen prints", () => {
  // Taken from `ssh-keygen -l -f` of this key.
  expect(parseSshKey(ed25519)).toMatchObject({ fingerprint: "SHA256:RXm/ruZ0eTzRXKwi1AQEDynB0VgHQ2ac9KPSFdf/YnA" });
});
