// SPDX-License-Identifier: Apache-2.0
import { isObject, type JsonObject } from "../facts/json-object";
import { canonicalJson } from "../json";
import { atomicRules } from "./security-rules";

type State = ReadonlyMap<string, JsonObject>;

/** What to take off the values of a type. */
const PARTS: Readonly<Record<string, (values: JsonObject, state: State) => JsonObject>> = {
  aws_default_route_table: withoutOwnRoutes,
  aws_default_security_group: withoutOwnRules,
  aws_iam_role: withoutOwnPolicies,
  aws_route_table: withoutOwnRoutes,
  aws_security_group: withoutOwnRules,
};

/**
 * A resource's values without those parts that have a resource of their own in state: policies of a role, routes of a
 * table, rules of a security group. State and AWS show both kinds alike under the whole; what is left is what its own
 * configuration must explain, a part slipped in from outside included.
 */
export function withoutOwnResources(type: string, values: unknown, state: State): unknown {
  const without = Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
  return without && isObject(values) ? without(values, state) : values;
}

function withoutOwnPolicies({ name, inline_policy, managed_policy_arns, ...rest }: JsonObject, state: State) {
  const inline = new Set(own(state, "aws_iam_role_policy", "role", name).map((policy) => policy.name));
  const attached = new Set(own(state, "aws_iam_role_policy_attachment", "role", name).map((one) => one.policy_arn));
  return {
    ...rest,
    name,
    inline_policy: list(inline_policy).filter((policy) => !inline.has((policy as JsonObject).name)),
    managed_policy_arns: list(managed_policy_arns).filter((arn) => !attached.has(arn)),
  };
}

function withoutOwnRoutes({ id, route, ...rest }: JsonObject, state: State) {
  const routes = own(state, "aws_route", "route_table_id", id).map(
    ({ destination_cidr_block, destination_ipv6_cidr_block, destination_prefix_list_id }) =>
      key([destination_cidr_block, destination_ipv6_cidr_block, destination_prefix_list_id]),
  );
  const isOwn = ({ cidr_block, ipv6_cidr_block, destination_prefix_list_id }: JsonObject) =>
    routes.includes(key([cidr_block, ipv6_cidr_block, destination_prefix_list_id]));
  return { ...rest, id, route: list(route).filter((one) => !isOwn(one as JsonObject)) };
}

function withoutOwnRules({ id, ingress, egress, ...rest }: JsonObject, state: State) {
  const without = (rules: unknown, type: string) => {
    const known = own(state, type, "security_group_id", id).map((rule) => ruleKey(asGroupRule(rule, id)));
    return atomicRules(list(rules)).filter((rule) => !known.includes(ruleKey(rule as JsonObject)));
  };
  return {
    ...rest,
    id,
    ingress: without(ingress, "aws_vpc_security_group_ingress_rule"),
    egress: without(egress, "aws_vpc_security_group_egress_rule"),
  };
}

/** A rule with a resource of its own as it stands among the rules of its group. */
function asGroupRule(rule: JsonObject, group: unknown): JsonObject {
  const { ip_protocol: protocol, from_port, to_port, cidr_ipv4, cidr_ipv6, prefix_list_id } = rule;
  const other = rule.referenced_security_group_id;
  const some = (value: unknown) => (value ? [value] : []);
  const [atom] = atomicRules([
    {
      protocol,
      from_port,
      to_port,
      cidr_blocks: some(cidr_ipv4),
      ipv6_cidr_blocks: some(cidr_ipv6),
      prefix_list_ids: some(prefix_list_id),
      security_groups: other === group ? [] : some(other),
      self: other === group,
    },
  ]);
  return (atom ?? {}) as JsonObject;
}

function ruleKey({ description, from_port, to_port, ...rule }: JsonObject): string {
  return key([from_port, to_port, rule]);
}

function key(values: readonly unknown[]): string {
  return canonicalJson(values.map((value) => (value === undefined || value === "" ? null : value)));
}

/** Resources of a type in state whose `attribute` names what they are part of. */
function own(state: State, type: string, attribute: string, whole: unknown): JsonObject[] {
  if (typeof whole !== "string") return [];
  return [...state].filter(([address, one]) => typeAt(address) === type && one[attribute] === whole).map(([, o]) => o);
}

function typeAt(address: string): string | undefined {
  return address.replace(/^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/, "").split(".")[0];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
