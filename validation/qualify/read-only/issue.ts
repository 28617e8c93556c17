// SPDX-License-Identifier: Apache-2.0
import { loadPolicy } from "../../gate";
import { commitmentsOf } from "../profile";
import { type IssuedProtocols, type IssueOptions, issued } from "../protocols";
import { confirmPlan, type ToldTarget } from "./confirmed-inputs";
import { readOnlyInputs, readOnlyProfile, readOnlyProtocols } from "./protocols";
import { readOnlyTarget } from "./read-only";

/**
 * The protocols that a read-only run would execute of this plan, as one issue. Nothing is asked of AWS.
 *
 * @throws as `qualifyReadOnly` for plan and settings
 */
export function issueReadOnlyProtocols(
  options: ToldTarget & Pick<IssueOptions, "version" | "reason">,
): IssuedProtocols {
  const { plan } = confirmPlan(options);
  const target = readOnlyTarget(options.said);
  const iq = readOnlyInputs(plan, loadPolicy(), target.name);
  const { version, reason } = options;
  const issuedAt = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  return {
    protocols: issued(readOnlyProtocols(iq), { version, issuedAt, reason }),
    commitments: commitmentsOf(readOnlyProfile(), target, iq),
  };
}
