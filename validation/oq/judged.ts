// SPDX-License-Identifier: Apache-2.0
import type { Observation } from "../evidence";
import { type Call, type Checked, observe, type Seen } from "./challenge";

/** One thing that a step looks at, and what it means when it is not so. */
export interface Finding extends Checked {
  readonly reason: string;
}

/** What a step looks at: something, or a step would pass that has seen nothing. */
export type Findings = readonly [Finding, ...Finding[]];

/** Findings that come as a step goes on. */
export type Gathered = [Finding, ...Finding[]];

/** A call that must be allowed and answer as expected; a refusal is a finding that does not hold. */
export async function findingOf(reason: string, call: Call): Promise<Finding> {
  const { result, actual } = await observe(reason, call);
  return { ok: result === "PASS", seen: actual, reason };
}

/** An observation beside the step, and what it means when it fails. */
export interface Beside {
  readonly observation: Observation;
  readonly reason: string;
}

/** Outcome of a positive step: PASS when everything holds, or FAIL for the first thing that does not. */
export function judged(
  principal: { readonly arn: string },
  findings: Findings,
  { twin, mutant }: { readonly twin?: Beside; readonly mutant?: Beside } = {},
): Seen {
  const beside = [twin, mutant].flatMap((one) => (one === undefined ? [] : [one]));
  const reason =
    (findings.length === 0 ? "nothing was seen" : findings.find(({ ok }) => !ok)?.reason) ??
    beside.find(({ observation }) => observation.result !== "PASS")?.reason;
  const seen = {
    actual: findings.map((one) => one.seen).join("; ") || "nothing",
    principal: principal.arn,
    ...(twin === undefined ? {} : { twin: twin.observation }),
    ...(mutant === undefined ? {} : { mutant: mutant.observation }),
  };
  return reason === undefined ? { ...seen, result: "PASS" } : { ...seen, result: "FAIL", reason };
}
