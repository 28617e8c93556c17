// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "../errors";

/** Address ranges of the subnets of one VPC, a pair for each zone. */
export interface AddressBlocks {
  /** Ranges of the data subnets, in the order of the zones. */
  readonly data: readonly string[];
  /** Ranges of the public subnets, in the order of the zones. */
  readonly public: readonly string[];
}

/** Zones that the eighths of a VPC's range are enough for. */
export const MOST_ZONES = 4;

/**
 * Eighths of `vpcCidr`: the first four for data, the last four for the public side, so that a zone that is added later
 * moves no other. Literal, since what Terraform computes from an id is unknown to the gate.
 *
 * @param vpcCidr IPv4, /16 to /25: AWS takes /16 to /28 for a VPC and for a subnet
 * @throws NETWORK_INVALID for another form, or bits set behind the prefix
 * @see VPC user guide, "VPC CIDR blocks", "Subnet sizing"
 */
export function addressBlocks(vpcCidr: string, zones: number, where: string): AddressBlocks {
  const [, address, prefix] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{2})$/.exec(vpcCidr) ?? [];
  const octets = (address ?? "").split(".").map(Number);
  const size = 2 ** (32 - Number(prefix));
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const sound = Number(prefix) >= 16 && Number(prefix) <= 25 && octets.every((octet) => octet <= 255);
  if (!sound || first % size !== 0) {
    throw new ModuleError("NETWORK_INVALID", {
      what: "address range of the VPC not usable",
      where,
      expected: "an IPv4 network of /16 to /25",
      got: JSON.stringify(vpcCidr),
      todo: "name the network's first address and its prefix, such as 10.60.0.0/22",
    });
  }
  const eighth = (n: number) => `${dotted(first + (n * size) / 8)}/${Number(prefix) + 3}`;
  const row = (from: number) => Array.from({ length: zones }, (_, zone) => eighth(from + zone));
  return { data: row(0), public: row(MOST_ZONES) };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}
