// SPDX-License-Identifier: Apache-2.0
import type { Observation } from "../evidence";
import { type Call, type Checked, observe, type Seen } from "./challenge";

/** Something that must hold, and what is the matter where it does not. */
export interface Claim extends Checked {
  readonly otherwise: string;
}

export function claim(otherwise: string, { ok, seen }: Checked): Claim {
  return { ok, seen, otherwise };
}

/** A call that must be allowed and answer as expected, as a claim. */
export async function claimed(otherwise: string, call: Call): Promise<Claim> {
  const { result, actual } = await observe(otherwise, call);
  return { ok: result === "PASS", seen: actual, otherwise };
}

/** PASS where every claim holds, and the twin; the reason is the first that does not. */
export function judged(
  principal: string,
  claims: readonly Claim[],
  twin: Observation,
  withoutTwin: string,
): Pick<Seen, "result" | "actual" | "principal" | "reason" | "twin"> {
  const broken = claims.find(({ ok }) => !ok)?.otherwise ?? (twin.result === "PASS" ? undefined : withoutTwin);
  const failed = claims.length === 0 ? "nothing was seen" : broken;
  const actual = claims.map(({ seen }) => seen).join("; ") || "nothing";
  const seen = { actual, principal, twin };
  return failed === undefined ? { ...seen, result: "PASS" } : { ...seen, result: "FAIL", reason: failed };
}
