// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { Part11Error } from "../error";
import { sha256Hex } from "../json";

/** Key of the machine that seals a bundle. */
export interface SealKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Key that seals where it lies: it signs, and nobody gets it. */
export interface RemoteSealKey {
  /** ARN of the AWS KMS key. It names the key; trust rests on the SHA-256 of the public key alone. */
  readonly arn: string;
  /** ECDSA P-256. */
  readonly publicKey: KeyObject;
  /** DER signature, ECDSA over the SHA-256 of the message. */
  sign(message: Buffer): Promise<Buffer>;
}

/** An Ed25519 key for one run. Its private half lives in memory only, so nobody, the run's user included, can seal again. */
export function ephemeralSealKey(): SealKey {
  return generateKeyPairSync("ed25519");
}

/** Seal key of a PEM private key, Ed25519 or ECDSA P-256. @throws KEY_UNUSABLE */
export function sealKeyFromPem(pem: string | Buffer, where: string): SealKey {
  const privateKey = usable(() => createPrivateKey(pem), where, "a PEM private key without passphrase");
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Public key of a PEM text, Ed25519 or ECDSA P-256; a private key is refused. @throws KEY_UNUSABLE */
export function publicKeyFromPem(pem: string | Buffer, where: string): KeyObject {
  const text = pem.toString();
  if (!/^-----BEGIN PUBLIC KEY-----\r?\n/.test(text))
    throw unusable(where, "a PEM public key (SPKI)", "something else");
  return usable(() => createPublicKey(text), where, "a PEM public key (SPKI)");
}

/** SHA-256 of the DER SubjectPublicKeyInfo. */
export function keyId(publicKey: KeyObject): string {
  return sha256Hex(publicKey.export({ type: "spki", format: "der" }));
}

/** The one PEM text of a public key. */
export function publicKeyPem(publicKey: KeyObject): string {
  return publicKey.export({ type: "spki", format: "pem" }) as string;
}

function usable(read: () => KeyObject, where: string, expected: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw unusable(where, expected, "something else", cause);
  }
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === "ed25519" || (key.asymmetricKeyType === "ec" && curve === "prime256v1")) return key;
  throw unusable(where, "an Ed25519 or ECDSA P-256 key", `${key.asymmetricKeyType} ${curve ?? ""}`.trim());
}

function unusable(where: string, expected: string, got: string, cause?: unknown): Part11Error {
  const todo = "make one with `openssl genpkey -algorithm ed25519`";
  return new Part11Error({ code: "KEY_UNUSABLE", what: "key not usable", where, expected, got, todo }, { cause });
}
