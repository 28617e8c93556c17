// SPDX-License-Identifier: Apache-2.0
import { isIPv4, isIPv6 } from "node:net";
import { ModuleError, type ModuleErrorCode } from "../errors";
import { isDay } from "./day";
import { parseSshKey, type SshKey } from "./ssh-key";
import type { Vendor } from "./vendor";
import { isStudyId, isVendorId } from "./vendor-id";

/** Widest networks that may connect, as in the gate (P11-10d-06): bits of the prefix. */
const LEAST_BITS = { ipv4: 24, ipv6: 64 };

/**
 * Refuses vendors that must not stand beside each other, or not at all.
 * @throws VENDOR_INVALID, VENDOR_KEY for a weak or shared key, VENDOR_PREFIX for an id with which another begins
 */
export function checkVendors(vendors: readonly Vendor[], where: string): void {
  const owners = new Map<string, string>();
  for (const [index, vendor] of vendors.entries()) {
    const at = `${where}, vendor ${JSON.stringify(vendor.id)}`;
    checkProfile(vendor, at);
    for (const { publicKey, notBefore, notAfter } of vendor.keys) {
      const key = sshKey(publicKey, at);
      checkDays(notBefore ?? vendor.from, notAfter, at);
      const owner = owners.get(key.fingerprint);
      if (owner !== undefined) refuse("VENDOR_KEY", at, "every key once", `${key.fingerprint}, which ${owner} has too`);
      owners.set(key.fingerprint, vendor.id);
    }
    const other = vendors.slice(0, index).find(({ id }) => id.startsWith(vendor.id) || vendor.id.startsWith(id));
    if (other) refuse("VENDOR_PREFIX", at, "no id with which another one begins", JSON.stringify(other.id));
  }
}

/** The key in a line of OpenSSH. @throws VENDOR_KEY for one that is weak or not understood */
export function sshKey(line: string, where: string): SshKey {
  const key = parseSshKey(line);
  if ("problem" in key) refuse("VENDOR_KEY", where, "Ed25519, ECDSA, or RSA of at least 3072 bits", key.problem);
  return key;
}

function checkProfile({ id, studies, cidrs, from, until }: Vendor, at: string): void {
  if (!isVendorId(id)) {
    refuse("VENDOR_INVALID", at, "an id of 3-32 lower-case letters, digits or hyphens, a letter first", id);
  }
  const names = studies.map((study) => study.id);
  if (names.length === 0 || new Set(names).size < names.length || !names.every(isStudyId)) {
    refuse("VENDOR_INVALID", at, "studies, each once, none of them named test", JSON.stringify(names));
  }
  checkDays(from, until, at);
  const wide = cidrs.find((cidr) => !isNarrow(cidr));
  if (wide !== undefined) refuse("VENDOR_INVALID", at, "networks of /24 or narrower, /64 in IPv6", wide);
}

function checkDays(first: string, last: string, at: string): void {
  if (isDay(first) && isDay(last) && first <= last) return;
  refuse("VENDOR_INVALID", at, "a first and a last day of the calendar, YYYY-MM-DD", `${first} to ${last}`);
}

/** True for a network of /24 or narrower, /64 in IPv6. */
export function isNarrow(cidr: string): boolean {
  const [, address = "", length] = /^([0-9A-Fa-f:.]+)\/([1-9]\d{0,2})$/.exec(cidr) ?? [];
  const bits = Number(length);
  if (isIPv4(address)) return bits >= LEAST_BITS.ipv4 && bits <= 32;
  return isIPv6(address) && bits >= LEAST_BITS.ipv6 && bits <= 128;
}

function refuse(code: ModuleErrorCode, where: string, expected: string, got: string): never {
  throw new ModuleError(code, { what: "vendor not usable", where, expected, got, todo: "correct vendors.yaml" });
}
