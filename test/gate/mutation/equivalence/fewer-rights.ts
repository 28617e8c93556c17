// SPDX-License-Identifier: Apache-2.0
import type { Generated } from "../generated";
import { changedValues } from "./changed-values";

type Statement = Readonly<Record<string, unknown>>;

/**
 * Carriers of rights of which the controls ask that they are few. One that asks for some right notices that it is gone, and
 * what nobody noticed is asked here.
 */
const LIMITED = new Set([
  "aws_cloudwatch_log_resource_policy policy_document",
  "aws_iam_policy policy",
  "aws_iam_role_policy policy",
  "aws_vpc_endpoint policy",
]);

/** Carriers that speak of nothing but the resource on which they stand, whatever resource they name. */
const OF_ONE = new Set([
  "aws_kms_key policy",
  "aws_sns_topic policy",
  "aws_sns_topic_policy policy",
  "aws_sqs_queue policy",
]);

/** What a Deny may say instead of what it said, so that it denies no less. */
const WIDEST: Readonly<Record<string, unknown>> = { Action: "*", Resource: "*", Principal: "*", Condition: undefined };

/**
 * A reason where every changed policy allows nothing that it did not allow before and denies all that it denied before. A
 * permission that a service or another account loses is none: what watches the records may need it.
 */
export function fewerRightsBecause(mutant: Generated): string | undefined {
  const changed = changedValues(mutant);
  const attribute = `${mutant.type} ${mutant.path}`;
  const isShown =
    changed.length > 0 &&
    changed.every(({ before, after }) => {
      const [old, now] = [before, after].map((text) => statementsOf(text, OF_ONE.has(attribute)));
      return old !== undefined && now !== undefined && isNarrower(old, now, LIMITED.has(attribute));
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

function statementsOf(value: unknown, isOfOne: boolean): readonly Statement[] | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  const { Statement } = JSON.parse(value) as { Statement?: Statement | Statement[] };
  if (Statement === undefined) return undefined;
  return [Statement].flat().map((one) => (isOfOne && "Resource" in one ? { ...one, Resource: "*" } : one));
}

const text = (value: unknown) => JSON.stringify(value) ?? "";
