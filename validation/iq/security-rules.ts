// SPDX-License-Identifier: Apache-2.0
import { isObject, type JsonObject } from "../facts/json-object";

const GROUPS = ["aws_default_security_group", "aws_security_group"];
const SIDES = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"] as const;

/** Whether an attribute holds the rules of a security group. */
export function holdsRules(type: string, path: string): boolean {
  return GROUPS.includes(type) && (path === "ingress" || path === "egress");
}

/**
 * Rules of a security group with one source or destination each. AWS keeps rules of the same ports and protocol as one,
 * Terraform's configuration groups them as it likes; a rule for all protocols has no ports (EC2 API, IpPermission).
 */
export function atomicRules(rules: readonly unknown[]): unknown[] {
  return rules.flatMap((rule) => (isObject(rule) && SIDES.every((side) => isList(rule[side])) ? atoms(rule) : [rule]));
}

function atoms({ protocol, from_port, to_port, description, self, ...rule }: JsonObject): object[] {
  const ports = protocol === "-1" ? {} : { from_port, to_port };
  const common = { protocol, ...ports, description };
  const others = SIDES.flatMap((side) =>
    ((rule[side] ?? []) as unknown[]).map((one) => ({ ...common, [side]: [one] })),
  );
  return self === true ? [...others, { ...common, self }] : others;
}

function isList(value: unknown): boolean {
  return value === undefined || value === null || Array.isArray(value);
}
