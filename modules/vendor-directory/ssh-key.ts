// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";

/** A public key that may open a session. */
export interface SshKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, …. */
  readonly type: string;
  /** Type and material, without comment. */
  readonly publicKey: string;
  /** `SHA256:` and 43 characters of base64, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

/** Bytes of the point of an elliptic curve, uncompressed (RFC 5656 section 3.1; SEC 1). */
const POINT_BYTES: Readonly<Record<string, number>> = { nistp256: 65, nistp384: 97, nistp521: 133 };
const MIN_RSA_BITS = 3072;
const MAX_RSA_BITS = 16_384;

/** The key in one line of OpenSSH, or why it may not be used. */
export function parseSshKey(line: string): SshKey | { readonly problem: string } {
  const [, type = "", material = ""] = /^([a-z0-9-]+) ([A-Za-z0-9+/]+={0,2})(?: [^\r\n]*)?$/.exec(line.trim()) ?? [];
  const blob = Buffer.from(material, "base64");
  if (type === "" || blob.toString("base64") !== material) return { problem: "no line of OpenSSH" };
  const fields = fieldsOf(blob);
  if (!fields || fields[0]?.toString("latin1") !== type) return { problem: "type and material do not fit" };
  const problem = weakness(type, fields.slice(1));
  if (problem) return { problem };
  return { type, publicKey: `${type} ${material}`, fingerprint: fingerprintOf(blob) };
}

function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** Length-prefixed fields (RFC 4251 section 5, string); undefined when they do not fill the material exactly. */
function fieldsOf(blob: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  let at = 0;
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function weakness(type: string, fields: readonly Buffer[]): string | undefined {
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = fields;
  if (type === "ssh-ed25519") {
    return fields.length === 1 && first.length === 32 ? undefined : "no Ed25519 key";
  }
  if (type.startsWith("ecdsa-sha2-")) {
    const curve = type.slice("ecdsa-sha2-".length);
    const whole = fields.length === 2 && first.toString("latin1") === curve && second[0] === 4;
    return whole && second.length === POINT_BYTES[curve] ? undefined : "no ECDSA key of P-256, P-384 or P-521";
  }
  if (type !== "ssh-rsa") return `a key of type ${type}`;
  if (fields.length !== 2 || first.toString("hex") !== "010001") return "RSA with another exponent than 65537";
  const bits = second.length === 0 ? 0 : BigInt(`0x${second.toString("hex")}`).toString(2).length;
  if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS || second[0]! >= 0x80) return `RSA of ${bits} bits`;
  return undefined;
}
