// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { dsse } from "@sigstore/core";
import { ephemeralSealKey, keyId, publicKeyFromPem, publicKeyPem, sealKeyFromPem } from "../../../validation/evidence";
import { manifestBytes } from "../../../validation/evidence/manifest";
import { PAYLOAD_TYPE, seal, sealProblems } from "../../../validation/evidence/seal";
import { sha256Hex } from "../../../validation/json";

const manifest = (kind: "emulator" | "aws" = "emulator", status: "COMPLETE" | "FAILED" | "INCOMPLETE" = "COMPLETE") =>
  manifestBytes({
    schemaVersion: 1,
    bundle: "b",
    target: { name: kind, kind },
    files: [
      { path: "protocols/OQ.json", sha256: sha256Hex("oq"), size: 2 },
      { path: "journal.jsonl", sha256: sha256Hex("j"), size: 1 },
    ],
    journalHead: sha256Hex("head"),
    status,
  });

const ed25519 = ephemeralSealKey();
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const statement = (envelope: Buffer) =>
  JSON.parse(Buffer.from(JSON.parse(envelope.toString()).payload, "base64").toString());
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** DER signature (r, n - s) for (r, s): it verifies as well, in other bytes. */
function twinOf(signature: Buffer): Buffer {
  const rLength = signature[3]!;
  const r = signature.subarray(4, 4 + rLength);
  const s = BigInt(`0x${signature.subarray(6 + rLength).toString("hex")}`);
  let hex = (P256_ORDER - s).toString(16).padStart(64, "0");
  if (Number.parseInt(hex[0]!, 16) >= 8) hex = `00${hex}`;
  const twin = Buffer.from(hex, "hex");
  const body = Buffer.concat([Buffer.from([2, r.length]), r, Buffer.from([2, twin.length]), twin]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

describe("seal", () => {
  it.each([
    ["Ed25519", ed25519],
    ["ECDSA P-256", p256],
  ] as const)("verifies with its own %s key", (_name, key) => {
    expect(sealProblems(seal(manifest(), key), manifest(), key.publicKey)).toEqual([]);
  });

  it("is a DSSE envelope that another implementation of the protocol can verify", () => {
    const envelope = JSON.parse(seal(manifest(), p256).toString());
    const signed = dsse.preAuthEncoding(envelope.payloadType, Buffer.from(envelope.payload, "base64"));
    expect(envelope.payloadType).toBe(PAYLOAD_TYPE);
    expect(verify("sha256", signed, p256.publicKey, Buffer.from(envelope.signatures[0].sig, "base64"))).toBe(true);
  });

  it("names the manifest by its SHA-256 as the only subject", () => {
    const { subject } = statement(seal(manifest(), ed25519));
    expect(subject).toEqual([{ name: "manifest.json", digest: { sha256: sha256Hex(manifest()) } }]);
  });

  it("quotes the protocols as the configuration of the test", () => {
    const { predicate } = statement(seal(manifest(), ed25519));
    expect(predicate.configuration).toEqual([{ name: "protocols/OQ.json", digest: { sha256: sha256Hex("oq") } }]);
  });

  it.each([
    ["emulator", "COMPLETE", "WARNED"],
    ["aws", "COMPLETE", "PASSED"],
    ["aws", "FAILED", "FAILED"],
    ["emulator", "INCOMPLETE", "FAILED"],
  ] as const)("says of a run on %s that is %s: %s", (kind, status, result) => {
    expect(statement(seal(manifest(kind, status), ed25519)).predicate.result).toBe(result);
  });

  it("refuses the other spelling of an ECDSA signature", () => {
    const envelope = seal(manifest(), p256);
    const { sig } = JSON.parse(envelope.toString()).signatures[0];
    const twin = twinOf(Buffer.from(sig, "base64"));
    const respelled = Buffer.from(envelope.toString().replace(sig, twin.toString("base64")));
    expect(sealProblems(respelled, manifest(), p256.publicKey)).toEqual([
      "its signature is another spelling of a valid one",
    ]);
  });

  it("refuses the seal of another manifest", () => {
    expect(sealProblems(seal(manifest("aws"), ed25519), manifest(), ed25519.publicKey)).not.toEqual([]);
  });

  it("refuses another key", () => {
    expect(sealProblems(seal(manifest(), ed25519), manifest(), ephemeralSealKey().publicKey)).not.toEqual([]);
  });

  it.each(["null", "1", '"x"', "[]", "{}", '{"signatures":1}', '{"signatures":[null]}', '{"signatures":[{"sig":1}]}'])(
    "refuses the envelope %s",
    (text) => {
      expect(sealProblems(Buffer.from(text), manifest(), ed25519.publicKey)).not.toEqual([]);
    },
  );
});

describe("seal keys", () => {
  const pem = (key: { export: (options: { type: "pkcs8"; format: "pem" }) => string | Buffer }) =>
    key.export({ type: "pkcs8", format: "pem" }) as string;

  it("have the SHA-256 of their SubjectPublicKeyInfo as id", () => {
    expect(keyId(p256.publicKey)).toBe(sha256Hex(p256.publicKey.export({ type: "spki", format: "der" })));
  });

  it("are read from PEM", () => {
    expect(keyId(sealKeyFromPem(pem(p256.privateKey), "key").publicKey)).toBe(keyId(p256.publicKey));
    expect(keyId(publicKeyFromPem(publicKeyPem(ed25519.publicKey), "key"))).toBe(keyId(ed25519.publicKey));
  });

  it.each<[string, () => unknown]>([
    ["an RSA key", () => sealKeyFromPem(pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey), "key")],
    ["a P-384 key", () => sealKeyFromPem(pem(generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey), "key")],
    ["an X25519 public key", () => publicKeyFromPem(publicKeyPem(generateKeyPairSync("x25519").publicKey), "key")],
    ["a private key as public key", () => publicKeyFromPem(pem(ed25519.privateKey), "key")],
    ["a public key as private key", () => sealKeyFromPem(publicKeyPem(ed25519.publicKey), "key")],
    ["no key", () => publicKeyFromPem("x", "key")],
    ["a broken key", () => publicKeyFromPem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "key")],
  ])("refuse %s", (_name, read) => {
    expect(read).toThrow(expect.objectContaining({ code: "KEY_UNUSABLE" }));
  });

  it("are never told in an error", () => {
    const text = pem(generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey);
    expect(() => sealKeyFromPem(text, "key")).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(text.slice(40, 80)) }),
    );
  });

  it("give the public half of the private one", () => {
    expect(createPublicKey(ed25519.privateKey).equals(ed25519.publicKey)).toBe(true);
  });
});
