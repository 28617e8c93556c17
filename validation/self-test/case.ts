// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { Ground } from "./ground";
import type { Harness } from "./harness";

/**
 * `good`: an input in order, which must be taken as such, or a harness that refuses everything would notice every fault.
 * `fault`: an input with one fault of a harness in it, which must be noticed for what it is.
 */
export type CaseKind = "good" | "fault";

/** One input with the answer that it must get. */
export interface SelfTestCase {
  /** `<area>.<name>`, unique. */
  readonly id: string;
  readonly kind: CaseKind;
  /** What the input is: of a fault what was done to it. */
  readonly title: string;
  /** Fixed before the run. Of a good input the only thing said of it; of a fault one of the things said. */
  readonly expected: string;
  /** What the harness says of the input, each thing as one text. May throw what the harness throws. */
  run(harness: Harness, ground: Ground): readonly string[] | Promise<readonly string[]>;
}

export interface CaseResult extends Omit<SelfTestCase, "run"> {
  readonly got: readonly string[];
  readonly asExpected: boolean;
}

/** Runs one case. An error with a code is an answer, named by its code; any other error is none that a case expects. */
export async function runCase(one: SelfTestCase, harness: Harness, ground: Ground): Promise<CaseResult> {
  const { id, kind, title, expected } = one;
  const got = await said(one, harness, ground);
  const isSaid = got.includes(expected);
  return { id, kind, title, expected, got, asExpected: kind === "good" ? isSaid && got.length === 1 : isSaid };
}

async function said(one: SelfTestCase, harness: Harness, ground: Ground): Promise<readonly string[]> {
  try {
    return await one.run(harness, ground);
  } catch (error) {
    if (error instanceof Part11Error) return [error.code];
    return [`broke off: ${error instanceof Error ? error.message : String(error)}`];
  }
}
