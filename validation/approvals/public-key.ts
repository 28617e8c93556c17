// SPDX-License-Identifier: Apache-2.0
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { WireReader } from "./wire";

/** Kinds of keys that people sign with: RFC 8709, RFC 5656. RSA is left out: nothing of it needs to be trusted for longer. */
export type KeyType = "ssh-ed25519" | "ecdsa-sha2-nistp256";

/** SubjectPublicKeyInfo up to the key itself: RFC 8410 section 4, and RFC 5480 section 2 with an uncompressed point. */
const SPKI_HEAD: Readonly<Record<KeyType, string>> = {
  "ssh-ed25519": "302a300506032b6570032100",
  "ecdsa-sha2-nistp256": "3059301306072a8648ce3d020106082a8648ce3d030107034200",
};

/** A public key as SSH writes it. */
export interface SshPublicKey {
  readonly type: KeyType;
  readonly blob: Buffer;
  readonly key: KeyObject;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

/** Key of a blob. Throws for another type, a point that is none, or bytes that are left over. */
export function sshPublicKey(blob: Buffer): SshPublicKey {
  const wire = new WireReader(blob);
  const type = wire.text();
  if (type !== "ssh-ed25519" && type !== "ecdsa-sha2-nistp256") {
    throw new Error("a key that is neither ssh-ed25519 nor ecdsa-sha2-nistp256");
  }
  if (type === "ecdsa-sha2-nistp256" && wire.text() !== "nistp256") throw new Error("a key of another curve");
  const point = wire.string();
  wire.end();
  if (point.length !== (type === "ssh-ed25519" ? 32 : 65)) throw new Error("a key of another length");
  if (type === "ecdsa-sha2-nistp256" && point[0] !== 4) throw new Error("a point that is not written in full");
  return { type, blob, key: createPublicKey(pemOf(type, point)), fingerprint: fingerprintOf(blob) };
}

function pemOf(type: KeyType, point: Buffer): string {
  const der = Buffer.concat([Buffer.from(SPKI_HEAD[type], "hex"), point]).toString("base64");
  return `-----BEGIN PUBLIC KEY-----\n${der.match(/.{1,64}/g)!.join("\n")}\n-----END PUBLIC KEY-----\n`;
}

function fingerprintOf(blob: Buffer): string {
  const hex = createHash("sha256").update(blob).digest("hex");
  return `SHA256:${Buffer.from(hex, "hex").toString("base64").replace(/=+$/, "")}`;
}
