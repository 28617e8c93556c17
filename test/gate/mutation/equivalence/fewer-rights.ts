// SPDX-License-Identifier: Apache-2.0
import type { Generated } from "../generated";
import { changedValues } from "./changed-values";

type Statement = Readonly<Record<string, unknown>>;

/** Carriers whose statements are rights of an identity: without one, somebody can do less, and nobody else is concerned. */
const IDENTITY = new Set(["aws_iam_policy policy", "aws_iam_role_policy policy"]);

/** What a Deny may say instead of what it said, so that it denies no less. */
const WIDEST: Readonly<Record<string, unknown>> = { Action: "*", Resource: "*", Principal: "*", Condition: undefined };

/**
 * A reason where every changed policy allows nothing that it did not allow before and denies all that it denied before. A
 * permission that a service or another account loses is none: what watches the records may need it.
 */
export function fewerRightsBecause(mutant: Generated): string | undefined {
  const changed = changedValues(mutant);
  const isShown =
    changed.length > 0 &&
    changed.every(({ before, after }) => {
      const [old, now] = [statementsOf(before), statementsOf(after)];
      return (
        old !== undefined && now !== undefined && isNarrower(old, now, IDENTITY.has(`${mutant.type} ${mutant.path}`))
      );
    });
  return isShown ? "each changed policy allows no more and denies no less than before" : undefined;
}

function isNarrower(old: readonly Statement[], now: readonly Statement[], mayAllowLess: boolean): boolean {
  const [oldAllows, allows] = [old, now].map((all) => all.filter(({ Effect }) => Effect === "Allow").map(text));
  const denies = now.filter(({ Effect }) => Effect === "Deny");
  return (
    allows!.every((one) => oldAllows!.includes(one)) &&
    (mayAllowLess || oldAllows!.every((one) => allows!.includes(one))) &&
    old.filter(({ Effect }) => Effect === "Deny").every((one) => denies.some((other) => covers(other, one)))
  );
}

function covers(wide: Statement, narrow: Statement): boolean {
  const keys = new Set([...Object.keys(wide), ...Object.keys(narrow)]);
  return [...keys].every(
    (key) =>
      text(wide[key]) === text(narrow[key]) ||
      (key in narrow && key in WIDEST && text(wide[key]) === text(WIDEST[key])),
  );
}

function statementsOf(value: unknown): readonly Statement[] | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  const { Statement } = JSON.parse(value) as { Statement?: Statement | Statement[] };
  return Statement === undefined ? undefined : [Statement].flat();
}

const text = (value: unknown) => JSON.stringify(value) ?? "";
