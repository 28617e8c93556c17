// SPDX-License-Identifier: Apache-2.0
import { isIPv4, isIPv6 } from "node:net";

/** Widest networks that a vendor may name, bits of the prefix: an office or a site, never a provider. */
const LEAST_BITS = { 4: 24, 6: 64 } as const;

/** Why a text is no network that may be named; undefined when it is one. */
export function cidrProblem(text: string): { readonly expected: string; readonly got: string } | undefined {
  const [, address = "", length = ""] = /^([0-9A-Fa-f:.]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const version = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  if (version === undefined) return { expected: "a network such as 192.0.2.16/28", got: text };
  const [width, bits] = [version === 4 ? 32 : 128, Number(length)];
  if (bits > width) return { expected: `a prefix of at most ${width} bits`, got: text };
  if (bits < LEAST_BITS[version]) return { expected: `a network of /${LEAST_BITS[version]} or narrower`, got: text };
  const value = version === 4 ? valueOf4(address) : valueOf6(address);
  if (version === 6 && value >> 32n === 0xffffn) return { expected: "IPv4 written as IPv4", got: text };
  // With host bits set it is not said whether one address or the network is meant.
  if (value & ((1n << BigInt(width - bits)) - 1n)) return { expected: "no bits beyond the prefix", got: text };
  return undefined;
}

function valueOf4(address: string): bigint {
  return address.split(".").reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function valueOf6(address: string): bigint {
  // The URL parser writes every spelling of an address in one way (RFC 5952), without dots.
  const [head = "", tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const all = [...first, ...new Array<string>(8 - first.length - last.length).fill("0"), ...last];
  return all.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
