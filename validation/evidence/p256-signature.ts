// SPDX-License-Identifier: Apache-2.0
// Both (r, s) and (r, n - s) verify under ECDSA: only the lower one is written and accepted, so no byte can change.

/** Order n of the P-256 group: SEC 2 section 2.4.2. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Whether a DER signature is the lower spelling. */
export function isLowerSpelling(signature: Buffer): boolean {
  const s = sOf(signature);
  return s !== undefined && s <= ORDER / 2n;
}

/** The lower spelling of a DER signature; what is none comes back as it is, and verifies under no key. */
export function lowerSpelling(signature: Buffer): Buffer {
  const s = sOf(signature);
  if (s === undefined || s <= ORDER / 2n || s >= ORDER) return signature;
  const r = signature.subarray(2, 4 + signature[3]!);
  const lower = (ORDER - s).toString(16);
  // An integer of DER whose first bit is set would be negative.
  const bytes = Buffer.from(lower.padStart(lower.length + (lower.length % 2), "0"), "hex");
  const value = bytes[0]! < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
  return Buffer.concat([Buffer.from([0x30, r.length + 2 + value.length]), r, Buffer.from([2, value.length]), value]);
}

/** s of 30 len 02 rlen r 02 slen s; undefined where the length of s is not the one told after r. */
function sOf(signature: Buffer): bigint | undefined {
  const at = 4 + (signature[3] ?? 0) + 2;
  const s = signature.subarray(at);
  return s.length > 0 && s.length === signature[at - 1] ? BigInt(`0x${s.toString("hex")}`) : undefined;
}
