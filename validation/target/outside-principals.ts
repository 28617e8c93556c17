// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../facts";

/** Roles that a plan names and does not make. */
export interface OutsidePrincipals {
  /** Administer keys: the deploy roles. */
  readonly administrators: readonly string[];
  /** Are trusted by the stack's roles. */
  readonly others: readonly string[];
}

/** Finds in policies the roles that must exist before the stack does: AWS refuses a policy that names an absent one. */
export function outsidePrincipals(plans: readonly Facts[]): OutsidePrincipals {
  const made = new Set(
    plans.flatMap((facts) => (facts.byType.aws_iam_role ?? []).map((address) => facts.resources[address]!.values.name)),
  );
  const named = plans.flatMap((facts) =>
    facts.statements.flatMap((statement) => {
      const roles = statement.principals.filter(({ type, value }) => type === "AWS" && value.includes(":role/"));
      const administers = statement.actions.includes("kms:putkeypolicy");
      return roles.map(({ value }) => ({ arn: value, administers }));
    }),
  );
  const outside = named.filter(({ arn }) => !made.has(arn.split("/").pop()));
  const administrators = new Set(outside.filter(({ administers }) => administers).map(({ arn }) => arn));
  const others = new Set(outside.map(({ arn }) => arn).filter((arn) => !administrators.has(arn)));
  return { administrators: [...administrators].sort(), others: [...others].sort() };
}
