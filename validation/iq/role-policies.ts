// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from "../facts/json-object";

/**
 * A role's policies without those that have a resource of their own in state. State and AWS show both kinds alike
 * under the role; what is left is what the role's own configuration must explain, a policy slipped in from outside
 * included.
 */
export function withoutOwnPolicies(type: string, values: unknown, state: ReadonlyMap<string, JsonObject>): unknown {
  if (type !== "aws_iam_role" || typeof values !== "object" || values === null) return values;
  const { name, inline_policy, managed_policy_arns, ...rest } = values as Record<string, unknown>;
  const inline = new Set(ownResources(state, "aws_iam_role_policy", name).map((policy) => policy.name));
  const attached = new Set(ownResources(state, "aws_iam_role_policy_attachment", name).map((one) => one.policy_arn));
  return {
    ...rest,
    name,
    inline_policy: list(inline_policy).filter((policy) => !inline.has((policy as JsonObject).name)),
    managed_policy_arns: list(managed_policy_arns).filter((arn) => !attached.has(arn)),
  };
}

function ownResources(state: ReadonlyMap<string, JsonObject>, type: string, role: unknown): JsonObject[] {
  return [...state].filter(([address, one]) => typeAt(address) === type && one.role === role).map(([, one]) => one);
}

function typeAt(address: string): string | undefined {
  return address.replace(/^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/, "").split(".")[0];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
