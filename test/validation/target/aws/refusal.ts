// SPDX-License-Identifier: Apache-2.0
import type { SaidTarget } from "../../../../validation/target/aws";

/** The target that a user named. */
export const SAID: SaidTarget = { accountId: "111122223333", region: "eu-central-1", environment: "production" };

/** Code, place and what stood there, as the refusal of a guard names them; "let through" without one. */
export function refusal(guard: () => unknown): unknown {
  try {
    guard();
    return "let through";
  } catch (error) {
    const { code, parts } = error as { code: string; parts: { where: string; got: string } };
    return [code, parts.where, parts.got];
  }
}
