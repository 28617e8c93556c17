// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { assertCostAccepted, assertDisposable, costNote } from "../target/aws";
import { type Caller, confirmCaller } from "./read-only/confirmed-caller";
import { confirmPlan, type ToldTarget } from "./read-only/confirmed-inputs";

export interface OnAwsOptions extends ToldTarget, Caller {
  readonly acceptCost: boolean;
  readonly onProgress: (line: string) => void;
}

/**
 * A run on AWS that writes, as far as this version goes: every guard, the cost note, and then a refusal, since it was never
 * executed whole and half of it would leave things behind.
 *
 * @throws TARGET_REFUSED, COST_NOT_ACCEPTED; at the latest NOT_IMPLEMENTED: nothing is ever made
 */
export async function refuseOnAws(options: OnAwsOptions): Promise<never> {
  const { said, acceptCost, onProgress } = options;
  const { plan, settings } = confirmPlan(options);
  assertDisposable(plan.plan, settings, said);
  for (const line of costNote(plan.plan, said)) onProgress(line);
  assertCostAccepted(acceptCost);
  await confirmCaller(options);
  throw new Part11Error({
    code: "NOT_IMPLEMENTED",
    what: "nothing executed on AWS",
    where: "part11 qualify --target aws",
    expected: "--read-only",
    got: "a run that writes: every guard let it through, and this version has no course for it (docs/decisions/0050)",
    todo: "read what is installed with --read-only, or execute the challenges by procedure",
  });
}
