// SPDX-License-Identifier: Apache-2.0
import type { GateFinding } from "./entries";

/** The part of `decisions.json` that evidence reads. */
interface DecisionsView {
  readonly verdict: "pass" | "fail" | "error";
  readonly digests?: { readonly plan: string | null };
  readonly controls?: ReadonlyArray<{
    readonly id: string;
    readonly status: string;
    readonly findings: ReadonlyArray<{ address: string; attribute: string; status: "fail" | "unknown" }>;
  }>;
}

/** Findings of a gate decision as the journal entry `gate-decided` lists them: open ones, waived ones left out. */
export function gateFindingsOf(decisions: DecisionsView): GateFinding[] {
  return (decisions.controls ?? [])
    .filter(({ status }) => status !== "waived")
    .flatMap(({ id, status, findings }): GateFinding[] => [
      ...(status === "error" ? [{ control: id, address: "", attribute: "", status: "error" as const }] : []),
      ...findings.map((f) => ({ control: id, address: f.address, attribute: f.attribute, status: f.status })),
    ]);
}
