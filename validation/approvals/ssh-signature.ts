// SPDX-License-Identifier: Apache-2.0
import { createHash, verify } from "node:crypto";
import { type SshPublicKey, sshPublicKey } from "./public-key";
import { refusal } from "./refusal";
import { WireReader, wireString } from "./wire";

/** OpenSSH, PROTOCOL.sshsig (openssh-portable), read 2026-11-22. */
const MAGIC = "SSHSIG";
const VERSION = 1;
const BEGIN = "-----BEGIN SSH SIGNATURE-----";
const END = "-----END SSH SIGNATURE-----";
const COLUMNS = 70;

/** Digests that the format allows. */
type Digest = "sha256" | "sha512";

/** A detached signature that verifies: by which key, and for which purpose. */
export interface SshSignature {
  readonly key: SshPublicKey;
  /** Purpose that the signer named; a signature for one purpose is none for another. */
  readonly namespace: string;
}

/**
 * Signature of `ssh-keygen -Y sign` over these bytes, when it verifies with the key that it brings along. Whose key that is,
 * is the matter of the list of allowed signers.
 *
 * @throws ApprovalRefusal SIGNATURE_BROKEN
 */
export function readSshSignature(armored: Buffer, message: Uint8Array, where: string): SshSignature {
  try {
    const wire = new WireReader(unarmored(armored));
    if (wire.raw(MAGIC.length).toString("latin1") !== MAGIC) throw new Error("no SSH signature");
    const version = wire.uint32();
    if (version !== VERSION) throw new Error(`version ${version} of the format`);
    const key = sshPublicKey(wire.string());
    const namespace = wire.text();
    if (wire.string().length > 0) throw new Error("a reserved field that is not empty");
    const digest = wire.text();
    if (digest !== "sha256" && digest !== "sha512") throw new Error("a digest that is neither sha256 nor sha512");
    const blob = wire.string();
    wire.end();
    if (!verify(digestName(key), signedBytes(namespace, digest, message), key.key, signatureOf(blob, key))) {
      throw new Error("it does not verify");
    }
    return { key, namespace };
  } catch (error) {
    throw refusal("SIGNATURE_BROKEN", where, (error as Error).message);
  }
}

/** What the key signs. */
export function signedBytes(namespace: string, digest: Digest, message: Uint8Array): Buffer {
  const hash = Buffer.from(createHash(digest).update(message).digest("hex"), "hex");
  return Buffer.concat([Buffer.from(MAGIC), ...[namespace, "", digest, hash].map(wireString)]);
}

/** The signature as a file. @param blob signature as RFC 8709 or RFC 5656 has it */
export function armoredSignature(publicBlob: Buffer, namespace: string, digest: Digest, blob: Buffer): string {
  const version = Buffer.from([0, 0, 0, VERSION]);
  const fields = [publicBlob, namespace, "", digest, blob].map(wireString);
  const text = Buffer.concat([Buffer.from(MAGIC), version, ...fields]).toString("base64");
  return `${BEGIN}\n${text.match(new RegExp(`.{1,${COLUMNS}}`, "g"))!.join("\n")}\n${END}\n`;
}

export function digestName({ type }: Pick<SshPublicKey, "type">): "sha256" | null {
  return type === "ssh-ed25519" ? null : "sha256";
}

function unarmored(armored: Buffer): Buffer {
  const lines = armored.toString("latin1").split("\n");
  if (lines[0] !== BEGIN || lines.at(-1) !== "" || lines.at(-2) !== END) throw new Error("no armored SSH signature");
  const text = lines.slice(1, -2).join("");
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw new Error("not plain base64");
  return bytes;
}

function signatureOf(blob: Buffer, { type }: SshPublicKey): Buffer {
  const wire = new WireReader(blob);
  if (wire.text() !== type) throw new Error("a signature of another kind than its key");
  const body = wire.string();
  wire.end();
  return type === "ssh-ed25519" ? body : derOf(body);
}

/** RFC 5656 section 3.1.2 has two mpints; DER has the same integers between other heads. */
function derOf(body: Buffer): Buffer {
  const wire = new WireReader(body);
  const integers = [wire.string(), wire.string()].flatMap((integer) => [Buffer.from([2, integer.length]), integer]);
  wire.end();
  const inner = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([0x30, inner.length]), inner]);
}
