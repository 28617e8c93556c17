// SPDX-License-Identifier: Apache-2.0
import type { Observation, StepResult } from "../evidence";
import type { ProtocolStep } from "../evidence/protocol";
import { ask, inWords } from "./call";
import type { Principal } from "./principal";
import type { Range } from "./range";
import { departure, type ExpectedRefusal, layerOf } from "./refusal";

/** What a challenge saw. */
export interface Seen {
  readonly result: Exclude<StepResult, "NOT APPLICABLE" | "BLOCKED" | "NOT RUN">;
  readonly actual: string;
  readonly reason?: string;
  readonly principal?: string;
  /** The layer that refused, as the answer names it. */
  readonly layer?: string;
  readonly twin?: Observation;
  readonly mutant?: Observation;
  /** What was seen in full, as canonical JSON beside the transcript. @default - `actual` says all */
  readonly observed?: object;
  /** One line for the screen, beside the result. @default - none */
  readonly remark?: string;
}

/** Takes a line on how far a long step is; none counts as an observation. Without it nobody is told. */
export type Tell = (line: string) => void;

/**
 * One step of the operational qualification: what the protocol says of it, and how it is executed.
 *
 * @typeParam Ground where it is run: the applied landing zone, or a stack that these modules did not make
 */
export interface Challenge<Ground = Range> {
  readonly step: ProtocolStep;
  run(ground: Ground, tell?: Tell): Promise<Seen>;
}

/** An answer held against what it must be, with the values that were seen. */
export interface Checked {
  readonly ok: boolean;
  readonly seen: string;
}

/** A call, or several, whose value is an answer of the SDK or what was made of it; never a bare yes or no. */
export type Call = () => Promise<object | undefined>;

/** Who makes a call: a principal with sessions of the SDK, or one behind another protocol. */
type Caller = Pick<Principal, "arn">;

interface Refusal {
  readonly principal: Caller;
  readonly expected: ExpectedRefusal;
  readonly call: Call;
  /** The allowed call beside it; a `Checked` says what was seen of its answer. */
  readonly twin: Call;
  /** The same call without the layer. */
  readonly mutant: Call;
  /** Looks for the refusal where attempts are recorded, and says what stands there. @default - not looked for */
  readonly recorded?: () => Promise<Checked>;
  /** Looks afterwards that nothing has changed, and says what was seen. @default - the answer itself is enough */
  readonly unchanged?: () => Promise<Checked>;
}

/**
 * Runs a negative challenge. PASS: the call is refused with the expected code by the expected layer, nothing changed,
 * the twin is allowed, and the mutant goes through. With a twin that fails, a refusal proves nothing; with a mutant
 * that is refused, another layer refuses.
 */
export async function expectRefusal(title: string, refusal: Refusal): Promise<Seen> {
  const answer = await ask(title, refusal.call);
  const afterwards = refusal.unchanged && (await observe(`${title}: afterwards`, refusal.unchanged));
  const recorded = refusal.recorded && (await observe(`${title}: record`, refusal.recorded));
  const twin = await observe(`${title}: twin`, refusal.twin);
  const mutant = await observe(`${title}: mutant`, refusal.mutant);
  const reason =
    departure(answer, refusal.expected) ??
    (afterwards?.result === "FAIL" ? "refused, and not seen to be as it was afterwards" : undefined) ??
    (recorded?.result === "FAIL" ? "refused, and no record of the refusal was seen" : undefined) ??
    (twin.result === "PASS" ? undefined : "the allowed call beside it failed, so the refusal proves nothing") ??
    (mutant.result === "PASS" ? undefined : "without the layer the call is refused too, so another layer refuses");
  return {
    result: reason === undefined ? "PASS" : "FAIL",
    actual: [
      inWords(answer),
      ...(afterwards ? [`afterwards: ${afterwards.actual}`] : []),
      ...(recorded ? [`recorded: ${recorded.actual}`] : []),
    ].join("; "),
    ...(answer.outcome === "refused" ? { layer: layerOf(answer.code, answer.message) } : {}),
    ...(reason === undefined ? {} : { reason }),
    principal: refusal.principal.arn,
    twin,
    mutant,
  };
}

/** Observes a call that must be allowed. */
export async function observe(title: string, call: Call): Promise<Observation> {
  const answer = await ask(title, call);
  if (answer.outcome === "refused") return { result: "FAIL", actual: inWords(answer) };
  if (!isChecked(answer.value)) return { result: "PASS", actual: inWords(answer) };
  return { result: answer.value.ok ? "PASS" : "FAIL", actual: answer.value.seen };
}

/** Outcome of a call that must be allowed and answer as expected. */
export async function expectAnswer(principal: Caller, title: string, call: () => Promise<Checked>): Promise<Seen> {
  const { result, actual } = await observe(title, call);
  const seen = { actual, principal: principal.arn };
  return result === "PASS" ? { ...seen, result } : { ...seen, result: "FAIL", reason: "not as the protocol expects" };
}

function isChecked(value: unknown): value is Checked {
  return typeof value === "object" && value !== null && "ok" in value && "seen" in value;
}
