// SPDX-License-Identifier: Apache-2.0
import { BlockList, isIPv4, isIPv6 } from "node:net";

type Family = "ipv4" | "ipv6";

const IPV4_IN_IPV6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** True when `cidr` is a network of IPv4 or IPv6 with a prefix length. */
export function isNetwork(cidr: string): boolean {
  return parsed(cidr) !== undefined;
}

/** True when the address lies in one of the networks. What is not understood holds nothing. */
export function isWithin(address: string, cidrs: readonly string[]): boolean {
  const plain = IPV4_IN_IPV6.exec(address)?.[1] ?? address;
  const family = familyOf(plain);
  if (!family) return false;
  const listed = new BlockList();
  for (const cidr of cidrs) {
    const network = parsed(cidr);
    if (network?.family === family) listed.addSubnet(network.address, network.bits, family);
  }
  return listed.check(plain, family);
}

function parsed(cidr: string): { address: string; bits: number; family: Family } | undefined {
  const [, address = "", length] = /^([0-9A-Fa-f:.]+)\/(0|[1-9]\d{0,2})$/.exec(cidr) ?? [];
  const family = familyOf(address);
  const bits = Number(length);
  if (!family || bits > (family === "ipv4" ? 32 : 128)) return undefined;
  return { address, bits, family };
}

function familyOf(address: string): Family | undefined {
  // isIPv6 takes a zone ("fe80::1%eth0"), which no address of a sender has.
  if (address.includes("%")) return undefined;
  return isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : undefined;
}
