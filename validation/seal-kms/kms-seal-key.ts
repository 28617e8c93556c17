// SPDX-License-Identifier: Apache-2.0
import { createHash, verify } from "node:crypto";
import { Part11Error } from "../error";
import { publicKeyFromPem, type RemoteSealKey } from "../evidence";
import type { KmsKeys, KmsPublicKey } from "./kms-keys";

/** The one kind of key that seals: AWS KMS Developer Guide, Key spec reference, read 2026-11-22. */
const SPEC = "ECC_NIST_P256";
const USAGE = "SIGN_VERIFY";
const ALGORITHM = "ECDSA_SHA_256";

/** Signed once before a run, so that a right that is missing is missed before anything is applied, and not at the end. */
const TRIAL = Buffer.from("part11: may this key seal?");

/**
 * Seal key of a key in AWS KMS: its public half is fetched, its private half never leaves KMS.
 *
 * @param named key ARN, alias ARN or `alias/<name>`
 * @throws KEY_UNUSABLE for another spec, usage or algorithm, a key that is not there or may not be used, and an answer
 * that its public key does not verify
 */
export async function kmsSealKey(named: string, keys: KmsKeys): Promise<RemoteSealKey> {
  const found = await told(named, () => keys.publicKey(named));
  const { arn } = found;
  if (named.includes(":key/") && arn !== named) throw unusable(named, "the key of this ARN", arn);
  assertSeals(named, found);
  const publicKey = publicKeyFromPem(pemOf(found.spki), `public key of ${arn}`);
  const sign = async (message: Buffer) =>
    Buffer.from(await keys.sign(arn, createHash("sha256").update(message).digest()));
  const signature = await told(named, () => sign(TRIAL));
  if (!verify("sha256", TRIAL, publicKey, signature))
    throw unusable(named, "a signature that its public key verifies", "another one");
  return { arn, publicKey, sign };
}

function assertSeals(named: string, { spec, usage, algorithms }: KmsPublicKey): void {
  if (usage !== USAGE) throw unusable(named, `key usage ${USAGE}`, usage);
  if (spec !== SPEC) throw unusable(named, `key spec ${SPEC}`, spec);
  if (!algorithms.includes(ALGORITHM)) throw unusable(named, ALGORITHM, algorithms.join(", ") || "no algorithm");
}

function pemOf(spki: Uint8Array): string {
  const lines =
    Buffer.from(spki)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PUBLIC KEY-----", ...lines, "-----END PUBLIC KEY-----", ""].join("\n");
}

async function told<T>(named: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    const { name, message } = cause as Error;
    throw unusable(named, "an answer of AWS KMS", `${name}: ${message}`, cause);
  }
}

function unusable(where: string, expected: string, got: string, cause?: unknown): Part11Error {
  const todo = `name an enabled key of spec ${SPEC} and usage ${USAGE} on which you may call kms:GetPublicKey and kms:Sign`;
  return new Part11Error({ code: "KEY_UNUSABLE", what: "key not usable", where, expected, got, todo }, { cause });
}
