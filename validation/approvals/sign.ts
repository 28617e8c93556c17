// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { utils } from "ssh2";
import { Part11Error } from "../error";
import type { AllowedSigner } from "./allowed-signers";
import { type SshPublicKey, sshPublicKey } from "./public-key";
import { namespaceOf } from "./read-approval";
import { armoredSignature, digestName, signedBytes } from "./ssh-signature";
import { type Role, type Statement, statementBytes } from "./statement";
import { WireReader, wireString } from "./wire";

/** A person's own key, in memory for one signature. */
export interface PersonalKey {
  readonly publicKey: SshPublicKey;
  readonly privateKey: KeyObject;
}

/** Digest that `ssh-keygen -Y sign` takes by default. */
const DIGEST = "sha512";

/**
 * Key of a file that `ssh-keygen` wrote, without a passphrase.
 *
 * @throws KEY_UNUSABLE for another kind of key, and for one with a passphrase: `ssh-keygen -Y sign` asks for it, or an agent holds it
 */
export function personalKey(text: Buffer, where: string): PersonalKey {
  const parsed = utils.parseKey(text);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (!key || key instanceof Error || !key.isPrivateKey()) {
    throw unusable(where, key instanceof Error ? key.message : "no private key");
  }
  try {
    return { publicKey: sshPublicKey(key.getPublicSSH()), privateKey: createPrivateKey(key.getPrivatePEM()) };
  } catch (cause) {
    throw unusable(where, (cause as Error).message, cause);
  }
}

/** The detached signature over a statement, as `ssh-keygen -Y sign -n <namespace>` writes it. */
export function signStatement(statement: Statement, role: Role | "comparison", key: PersonalKey): string {
  const { publicKey, privateKey } = key;
  const namespace = namespaceOf(role);
  const signature = sign(digestName(publicKey), signedBytes(namespace, DIGEST, statementBytes(statement)), privateKey);
  const body = publicKey.type === "ssh-ed25519" ? signature : mpintsOf(signature);
  return armoredSignature(publicKey.blob, namespace, DIGEST, Buffer.concat([publicKey.type, body].map(wireString)));
}

/** Who signs with this key. @throws KEY_UNUSABLE when the list does not know it */
export function signerFor(key: PersonalKey, signers: readonly AllowedSigner[], where: string): AllowedSigner {
  const { fingerprint } = key.publicKey;
  const signer = signers.find((one) => one.key.fingerprint === fingerprint);
  if (signer) return signer;
  throw unusable(where, `${fingerprint}, which the list does not name`);
}

/** Local time with its offset, to the second. */
export function localTime(now: Date): string {
  const offset = -now.getTimezoneOffset();
  const shifted = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const two = (n: number) => String(n).padStart(2, "0");
  const size = Math.abs(offset);
  return `${shifted}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** DER has the integers that RFC 5656 section 3.1.2 writes as two mpints, under other heads. */
function mpintsOf(der: Buffer): Buffer {
  const wire = new WireReader(der.subarray(2));
  const integer = () => wire.raw(wire.raw(2)[1]!);
  return Buffer.concat([integer(), integer()].map(wireString));
}

function unusable(where: string, got: string, cause?: unknown): Part11Error {
  return new Part11Error(
    {
      code: "KEY_UNUSABLE",
      what: "key not usable",
      where,
      expected:
        "a private key of type ssh-ed25519 or ecdsa-sha2-nistp256 without passphrase, whose public half is listed",
      got,
      todo: "with a passphrase, an agent or a hardware token leave --key out and sign the statement with ssh-keygen -Y sign",
    },
    { cause },
  );
}
