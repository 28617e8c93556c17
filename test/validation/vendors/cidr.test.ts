// SPDX-License-Identifier: Apache-2.0
import { BlockList } from "node:net";
import * as fc from "fast-check";
import { cidrProblem } from "../../../validation/vendors/cidr";

test.each(["192.0.2.0/24", "192.0.2.16/28", "192.0.2.7/32", "2001:db8::/64", "2001:DB8:0:0:1::/80", "::1/128"])(
  "%s is a network that a vendor may name",
  (cidr) => {
    expect(cidrProblem(cidr)).toBeUndefined();
  },
);

test.each([
  ["0.0.0.0/0", "a network of /24 or narrower"],
  ["10.0.0.0/23", "a network of /24 or narrower"],
  ["::/0", "a network of /64 or narrower"],
  ["2001:db8::/63", "a network of /64 or narrower"],
  ["::ffff:192.0.2.0/120", "IPv4 written as IPv4"],
  ["192.0.2.1/24", "no bits beyond the prefix"],
  ["2001:db8::1/64", "no bits beyond the prefix"],
  ["192.0.2.0/33", "a prefix of at most 32 bits"],
  ["::/129", "a prefix of at most 128 bits"],
  ["192.0.2.0", "a network such as 192.0.2.16/28"],
  ["192.0.2.0/024", "a network such as 192.0.2.16/28"],
  ["192.0.02.0/24", "a network such as 192.0.2.16/28"],
  ["fe80::1%eth0/128", "a network such as 192.0.2.16/28"],
  ["vendor.example.org/32", "a network such as 192.0.2.16/28"],
  ["", "a network such as 192.0.2.16/28"],
])("%s is refused: expected %s", (cidr, expected) => {
  expect(cidrProblem(cidr)?.expected).toBe(expected);
});

test("a network is taken when its address is the first one of it, by node's own block list", () => {
  const octet = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(octet, octet, octet, octet), fc.integer({ min: 24, max: 32 }), (octets, bits) => {
      const list = new BlockList();
      list.addSubnet(octets.join("."), bits, "ipv4");
      const before = Buffer.from(octets).readUInt32BE() - 1;
      const below = Buffer.alloc(4);
      below.writeInt32BE(before | 0);
      const isFirst = before < 0 || !list.check([...below].join("."), "ipv4");
      expect(cidrProblem(`${octets.join(".")}/${bits}`) === undefined).toBe(isFirst);
    }),
    { seed: 12, numRuns: 500 },
  );
});
