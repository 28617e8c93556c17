// SPDX-License-Identifier: Apache-2.0
import type { Bundle } from "../evidence";
import { asPart11Error } from "./run-stopped";
import type { Stages } from "./stages";

/** Runs one named part of a course. */
export type RunStage = <T>(name: string, work: () => Promise<T> | T) => Promise<T>;

/**
 * Follows the whole course. What stops it goes into the journal, and the run is `stopped`.
 *
 * @param course is given what runs a stage, and what names a part that is none
 */
export async function toTheEnd(
  { bundle, stages }: { readonly bundle: Bundle; readonly stages: Stages },
  course: (stage: RunStage, enter: (part: string) => void) => Promise<void>,
): Promise<"finished" | "stopped"> {
  let during = "opening";
  const enter = (part: string) => {
    during = part;
  };
  const stage: RunStage = (name, work) => {
    enter(name);
    return stages.run(name, work);
  };
  try {
    await course(stage, enter);
    return "finished";
  } catch (error) {
    const { code, message } = asPart11Error(error, during);
    bundle.journal.append("run-error", { during, code, message });
    stages.say(`stopped during "${during}": ${code}: ${message}`);
    return "stopped";
  }
}
