// SPDX-License-Identifier: Apache-2.0
import type { Protocol } from "../evidence";

/** The installed system as a whole: steps name their resources themselves. */
export const SUBJECTS = [{ type: "component", "include-all": {} }];

/** Controls that the steps of some protocols name, each once, sorted. */
export function controlIds(protocols: readonly Protocol[]): readonly string[] {
  return [...new Set(protocols.flatMap(({ steps }) => steps.flatMap(({ controls }) => controls)))].sort();
}
