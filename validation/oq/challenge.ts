// SPDX-License-Identifier: Apache-2.0
import type { Observation, StepResult } from "../evidence";
import type { ProtocolStep } from "../evidence/protocol";
import { type Answered, ask, inWords } from "./call";
import type { Principal } from "./principal";
import type { Range } from "./range";

/** What a challenge saw. */
export interface Seen {
  readonly result: Exclude<StepResult, "NOT APPLICABLE" | "BLOCKED">;
  readonly actual: string;
  readonly reason?: string;
  readonly principal?: string;
  readonly layer?: string;
  readonly twin?: Observation;
  readonly mutant?: Observation;
}

/** One step of the operational qualification: what the protocol says of it, and how it is executed. */
export interface Challenge {
  readonly step: ProtocolStep;
  run(range: Range): Promise<Seen>;
}

/** Codes by which AWS refuses, by the layer that speaks. */
export const REFUSALS = {
  policy: ["AccessDenied", "AccessDeniedException", "InsufficientDeliveryPolicyException"],
  lock: ["AccessDenied", "InvalidBucketState", "InvalidRequest"],
  checksum: ["BadDigest", "InvalidDigest", "XAmzContentChecksumMismatch"],
} as const;

interface Refusal {
  readonly principal: Principal;
  readonly layer: string;
  readonly codes: readonly string[];
  readonly call: () => Promise<unknown>;
  /** The allowed call beside it; resolves to what was seen, throws or answers false when it is not as expected. */
  readonly twin: () => Promise<boolean | unknown>;
  /** The same call without the layer. */
  readonly mutant: () => Promise<unknown>;
  /** Looks afterwards that nothing has changed. @default - the answer itself is enough */
  readonly unchanged?: () => Promise<boolean>;
}

/**
 * Runs a negative challenge. PASS: the call is refused with a code of the layer, nothing changed, the twin is allowed,
 * and the mutant goes through. With a twin that fails, a refusal proves nothing; with a mutant that is refused, another
 * layer refuses.
 */
export async function expectRefusal(title: string, refusal: Refusal): Promise<Seen> {
  const answer = await ask(title, refusal.call);
  const twin = await observe(`${title}: twin`, refusal.twin);
  const unchanged = refusal.unchanged ? await refusal.unchanged() : true;
  const mutant = await observe(`${title}: mutant`, refusal.mutant);
  const refused = answer.outcome === "refused" && refusal.codes.includes(answer.code);
  const passed = refused && unchanged && twin.result === "PASS" && mutant.result === "PASS";
  const actual = unchanged ? inWords(answer) : `${inWords(answer)}; but the state has changed`;
  return {
    result: passed ? "PASS" : "FAIL",
    actual,
    ...(passed ? { layer: refusal.layer } : { reason: reasonOf(answer, refused, unchanged, twin, mutant) }),
    principal: refusal.principal.arn,
    twin,
    mutant,
  };
}

/** Observes a call that must be allowed; a value of `false` says that its answer was not as expected. */
export async function observe(title: string, call: () => Promise<unknown>): Promise<Observation> {
  const answer = await ask(title, call);
  const asExpected = answer.outcome === "allowed" && answer.value !== false;
  const actual =
    answer.outcome === "allowed" && answer.value === false ? "allowed, answer not as expected" : inWords(answer);
  return { result: asExpected ? "PASS" : "FAIL", actual };
}

function reasonOf(
  answer: Answered<unknown>,
  refused: boolean,
  unchanged: boolean,
  twin: Observation,
  mutant: Observation,
): string {
  if (answer.outcome === "allowed") return "the call was not refused";
  if (!refused) return "refused with a code of another layer";
  if (!unchanged) return "refused, and yet the state has changed";
  if (twin.result !== "PASS") return "the allowed call beside it failed, so the refusal proves nothing";
  return mutant.result === "PASS"
    ? "not understood"
    : "without the layer the call is refused too, so another layer refuses";
}
