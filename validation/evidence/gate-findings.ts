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

/** What decides nothing: findings that somebody waived, and those of controls whose module comes later. */
const CLOSED: readonly string[] = ["waived", "pending"];

/** Findings of a gate decision as the journal entry `gate-decided` lists them: the open ones. */
export function gateFindingsOf(decisions: DecisionsView): GateFinding[] {
  return (decisions.controls ?? [])
    .filter(({ status }) => !CLOSED.includes(status))
    .flatMap(({ id, status, findings }): GateFinding[] => [
      ...(status === "error" ? [{ control: id, address: "", attribute: "", status: "error" as const }] : []),
      ...findings.map((f) => ({ control: id, address: f.address, attribute: f.attribute, status: f.status })),
    ]);
}
