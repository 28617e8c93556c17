// SPDX-License-Identifier: Apache-2.0
import type { GateFinding, PendingControl } from "./entries";

/** The part of `decisions.json` that evidence reads. */
interface DecisionsView {
  readonly verdict: "pass" | "fail" | "error";
  readonly digests?: { readonly plan: string | null; readonly waivers?: string | null };
  readonly controls?: ReadonlyArray<{
    readonly id: string;
    readonly status: string;
    readonly title?: string;
    readonly reason?: string;
    readonly findings: ReadonlyArray<{
      address: string;
      attribute: string;
      status: "fail" | "unknown";
      /** Who answers for it. */
      waiver?: unknown;
    }>;
  }>;
}

/**
 * Findings of a gate decision as the journal entry `gate-decided` lists them: all but those of controls whose module
 * comes later. A waived one is listed as such: it let the plan through, so nobody may have to look for it elsewhere.
 */
export function gateFindingsOf(decisions: DecisionsView): GateFinding[] {
  return (decisions.controls ?? [])
    .filter(({ status }) => status !== "pending")
    .flatMap(({ id, status, findings }): GateFinding[] => [
      ...(status === "error" ? [{ control: id, address: "", attribute: "", status: "error" as const }] : []),
      ...findings.map(({ address, attribute, status: found, waiver }) => ({
        control: id,
        address,
        attribute,
        status: waiver === undefined ? found : ("waived" as const),
      })),
    ]);
}

/** Controls of a gate decision that decided nothing, as the journal entry `gate-decided` lists them. */
export function pendingOf(decisions: DecisionsView): PendingControl[] {
  return (decisions.controls ?? [])
    .filter(({ status }) => status === "pending")
    .map(({ id, title = "", reason = "" }) => ({ control: id, title, reason }));
}
