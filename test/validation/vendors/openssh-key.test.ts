// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { parseOpensshKey } from "../../../validation/vendors/openssh-key";
import { keyLine, newKey, rsaFields } from "./keys";

/** The example of RFC 8709 is a signature; this is the first key of the example file, with the print that ssh-keygen gives. */
const KNOWN = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEgHJ/WajafexUU9HuPuX79eQhRYUaTpaECgayUFPtgh";

describe("a public key of OpenSSH", () => {
  test.each([
    ["ed25519", "ssh-ed25519", 256],
    ["p256", "ecdsa-sha2-nistp256", 256],
    ["p384", "ecdsa-sha2-nistp384", 384],
    ["p521", "ecdsa-sha2-nistp521", 521],
    ["rsa3072", "ssh-rsa", 3072],
  ] as const)("of type %s is taken", (type, name, bits) => {
    expect(parseOpensshKey(`${newKey(type)} someone@host`)).toMatchObject({ type: name, bits });
  });

  test("has the fingerprint of ssh-keygen", () => {
    expect(parseOpensshKey(KNOWN)).toMatchObject({ fingerprint: "SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w" });
  });

  test("is the same key with another comment", () => {
    expect(parseOpensshKey(`${KNOWN} one`)).toEqual(parseOpensshKey(`${KNOWN} two`));
  });

  const [e, n] = rsaFields(generateKeyPairSync("rsa", { modulusLength: 3072 }).publicKey);
  const point = Buffer.from(newKey("p256").split(" ")[1]!, "base64").subarray(-65);
  const offCurve = Buffer.from(point);
  offCurve[64]! ^= 1;
  test.each([
    ["RSA of 2048 bits", newKey("rsa2048"), "ssh-rsa of 2048 bits"],
    ["DSA", keyLine("ssh-dss", e, n), "ssh-dss"],
    [
      "a key of a token, which Transfer does not take",
      keyLine("sk-ssh-ed25519@openssh.com", e),
      "sk-ssh-ed25519@openssh.com",
    ],
    ["a certificate", keyLine("ssh-ed25519-cert-v01@openssh.com", e), "ssh-ed25519-cert-v01@openssh.com"],
    ["a name of Object's prototype", keyLine("constructor", e), "constructor"],
    ["RSA with exponent 3", keyLine("ssh-rsa", Buffer.from([3]), n), "another exponent"],
    ["RSA with an even exponent", keyLine("ssh-rsa", Buffer.from([1, 0, 2]), n), "another exponent"],
    [
      "RSA with an even modulus",
      keyLine("ssh-rsa", e, Buffer.concat([n.subarray(0, -1), Buffer.from([2])])),
      "an even one",
    ],
    [
      "RSA with leading zeros that hide its size",
      keyLine("ssh-rsa", e, Buffer.concat([Buffer.alloc(200), n])),
      "another or a damaged one",
    ],
    [
      "a point that is not on the curve",
      keyLine("ecdsa-sha2-nistp256", Buffer.from("nistp256"), offCurve),
      "numbers that are no key",
    ],
    [
      "a point under the name of another curve",
      keyLine("ecdsa-sha2-nistp256", Buffer.from("nistp384"), point),
      "another or a damaged one",
    ],
    ["a point that is too short", keyLine("ssh-ed25519", Buffer.alloc(31)), "another or a damaged one"],
    ["a field too many", keyLine("ssh-ed25519", Buffer.alloc(32), Buffer.alloc(1)), "another or a damaged one"],
    ["a blob of another type than the line says", KNOWN.replace("ssh-ed25519", "ssh-rsa"), "another or a damaged one"],
    ["a blob that ends too early", KNOWN.slice(0, -4), "another or a damaged one"],
    ["spare bits in the base64", keyLine("ssh-ed25519", Buffer.alloc(33)).replace("A==", "B=="), "another text"],
    ["options before the type", `no-pty ${KNOWN}`, "another form"],
    ["two lines", `${KNOWN}\n${KNOWN}`, "another form"],
    ["nothing", "", "another form"],
    ["a private key", "-----BEGIN OPENSSH PRIVATE KEY-----", "a private key: treat it as lost"],
  ])("is refused: %s", (_, line, got) => {
    expect(parseOpensshKey(line)).toEqual({ expected: expect.any(String), got });
  });

  test("that any single changed byte of the frame spoils is never taken for the same key", () => {
    const blob = Buffer.from(KNOWN.split(" ")[1]!, "base64");
    const same = parseOpensshKey(KNOWN);
    fc.assert(
      fc.property(fc.nat(blob.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Buffer.from(blob);
        other[at]! ^= change;
        const parsed = parseOpensshKey(`ssh-ed25519 ${other.toString("base64")}`);
        // Any 32 bytes are a point as far as a parser can tell.
        if (at < blob.length - 32) expect(parsed).toHaveProperty("expected");
        else expect(parsed).not.toMatchObject({ fingerprint: (same as { fingerprint: string }).fingerprint });
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  test("reads any text without an exception", () => {
    fc.assert(
      fc.property(fc.base64String(), (text) => {
        expect(parseOpensshKey(`ssh-rsa ${text}`)).toHaveProperty("expected");
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
