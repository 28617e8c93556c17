// SPDX-License-Identifier: Apache-2.0
import { createHash, createPublicKey, type JsonWebKey } from "node:crypto";

/** A public key that may be used to log in. */
export interface OpensshKey {
  readonly type: string;
  /** Security-relevant size: bits of the modulus or of the curve. */
  readonly bits: number;
  /** `SHA256:` and base64 without padding, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** Type and blob, without the comment: the same text for the same key. */
  readonly line: string;
}

/** Why a line is no key that may be used; `got` never holds the line itself, which may be a private key by mistake. */
export interface KeyRefusal {
  readonly expected: string;
  readonly got: string;
}

/** Least bits of an RSA modulus: NIST SP 800-57 part 1 rev. 5, table 2, 128 bits of security. */
const MIN_RSA_BITS = 3072;
/** Longest that OpenSSH takes (sshbuf OPENSSH_RSA_MAX_MODULUS_BITS). */
const MAX_RSA_BITS = 16384;

const CURVES: Readonly<Record<string, { readonly crv: string; readonly name: string; readonly bits: number }>> = {
  "ecdsa-sha2-nistp256": { crv: "P-256", name: "nistp256", bits: 256 },
  "ecdsa-sha2-nistp384": { crv: "P-384", name: "nistp384", bits: 384 },
  "ecdsa-sha2-nistp521": { crv: "P-521", name: "nistp521", bits: 521 },
};

const TYPES = "ssh-ed25519, ecdsa-sha2-nistp256, -nistp384, -nistp521, or ssh-rsa of 3072 bits or more";

/** Reads one line `type base64 [comment]` of an OpenSSH public key and proves that it is a key of that type and strength. */
export function parseOpensshKey(line: string): OpensshKey | KeyRefusal {
  if (/PRIVATE KEY/.test(line)) return { expected: "a public key", got: "a private key: treat it as lost" };
  const [, type = "", base64 = ""] =
    /^([a-z0-9@.-]{1,64}) ([A-Za-z0-9+/]{1,4000}={0,2})(?: [ -~]{1,200})?$/.exec(line) ?? [];
  if (type === "") return { expected: "one line: type, base64, comment", got: "another form" };
  const blob = Buffer.from(base64, "base64");
  if (blob.toString("base64") !== base64) return { expected: "base64 without spare bits", got: "another text" };
  const fields = fieldsOf(blob);
  if (fields?.[0]?.toString("latin1") !== type)
    return { expected: `a blob of type ${type}`, got: "another or a damaged one" };
  const found = keyOf(type, fields.slice(1));
  if ("expected" in found) return found;
  if (!isKey(found.jwk)) return { expected: "a key that node:crypto can read", got: "numbers that are no key" };
  const fingerprint = `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
  return { type, bits: found.bits, fingerprint, line: `${type} ${base64}` };
}

/** RFC 4251 §5: each field is its length in four bytes and its bytes; undefined when they do not fill the blob. */
function fieldsOf(blob: Buffer): readonly Buffer[] | undefined {
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

type Found = { readonly jwk: JsonWebKey; readonly bits: number } | KeyRefusal;

function keyOf(type: string, fields: readonly Buffer[]): Found {
  if (type === "ssh-ed25519") return ed25519(fields);
  if (type === "ssh-rsa") return rsa(fields);
  const curve = Object.hasOwn(CURVES, type) ? CURVES[type] : undefined;
  return curve ? ecdsa(curve, fields) : { expected: TYPES, got: type };
}

function ed25519([point, ...more]: readonly Buffer[]): Found {
  if (point?.length !== 32 || more.length > 0) return damaged("one point of 32 bytes");
  return { jwk: { kty: "OKP", crv: "Ed25519", x: point.toString("base64url") }, bits: 256 };
}

function ecdsa(curve: (typeof CURVES)[string], [name, point, ...more]: readonly Buffer[]): Found {
  const size = Math.ceil(curve.bits / 8);
  if (name?.toString("latin1") !== curve.name || point?.length !== 1 + 2 * size || point[0] !== 4 || more.length > 0) {
    return damaged(`one uncompressed point of ${curve.name}`);
  }
  const x = point.subarray(1, 1 + size).toString("base64url");
  const y = point.subarray(1 + size).toString("base64url");
  return { jwk: { kty: "EC", crv: curve.crv, x, y }, bits: curve.bits };
}

function rsa([e, n, ...more]: readonly Buffer[]): Found {
  const [exponent, modulus] = [unsigned(e), unsigned(n)];
  if (!exponent || !modulus || more.length > 0) return damaged("an exponent and a modulus");
  const bits = modulus.length * 8 - Math.clz32(modulus[0]!) + 24;
  if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) return { expected: TYPES, got: `ssh-rsa of ${bits} bits` };
  // What every client makes; smaller exponents broke implementations, others have no use.
  if (exponent.toString("hex") !== "010001") return { expected: "the exponent 65537", got: "another exponent" };
  if (modulus.at(-1)! % 2 === 0) return { expected: "an odd modulus", got: "an even one" };
  return { jwk: { kty: "RSA", e: exponent.toString("base64url"), n: modulus.toString("base64url") }, bits };
}

/** A positive mpint in its shortest form, without the zero byte of its sign. */
function unsigned(field: Buffer | undefined): Buffer | undefined {
  if (!field || field.length === 0 || field[0]! > 0x7f) return undefined;
  if (field[0] !== 0) return field;
  return field.length > 1 && field[1]! > 0x7f ? field.subarray(1) : undefined;
}

function isKey(jwk: JsonWebKey): boolean {
  try {
    return createPublicKey({ key: jwk, format: "jwk" }).type === "public";
  } catch {
    return false;
  }
}

function damaged(expected: string): KeyRefusal {
  return { expected, got: "another or a damaged one" };
}
