// SPDX-License-Identifier: Apache-2.0
import type { Deviation, Disposition, Dispositions, OpenedDeviation } from "./deviation";
import { refusedEntry, timeOf } from "./entry";

/** A later execution of the same protocol steps. */
export interface Retest {
  readonly run: string;
  /** Whether the place of a deviation is in order there: the step passed as the same step, or the run has no problem there. */
  readonly isInOrder: (deviation: OpenedDeviation) => boolean;
}

/**
 * Deviations with what people decided about them. Without an entry a deviation is open; a corrected one is closed by a
 * retest among those given; a critical one is closed by nothing else.
 *
 * @throws DEVIATION_REFUSED for an entry of another run, of no deviation, of another digest, or older than the deviation
 */
export function settleDeviations(
  opened: readonly OpenedDeviation[],
  said: Dispositions | undefined,
  retests: readonly Retest[],
): Deviation[] {
  const entries = new Map((said?.dispositions ?? []).map((one) => [one.deviation, one]));
  for (const entry of entries.values()) assertFits(entry, opened, said!.file);
  return opened.map((deviation) => {
    const disposition = entries.get(deviation.id) ?? null;
    return { ...deviation, disposition, ...stateOf(deviation, disposition, retests) };
  });
}

function stateOf(
  deviation: OpenedDeviation,
  entry: Disposition | null,
  retests: readonly Retest[],
): Pick<Deviation, "state" | "because" | "retestedIn"> {
  if (!entry) return open("nobody has dealt with it");
  if (entry.retest.required) {
    const { run } = entry.retest;
    const retest = retests.find((one) => one.run === run);
    if (!retest) return open(`the bundle of retest ${run} was not given`);
    if (!retest.isInOrder(deviation)) return open(`it was not in order in retest ${run}`);
    return { state: "closed", because: `corrected, in order in retest ${run}`, retestedIn: run };
  }
  if (deviation.severity === "critical") return open("a critical deviation is closed by a retest alone");
  if (entry.disposition === "accepted") return settled("closed", "accepted without a retest");
  if (deviation.severity !== "minor") return open("only a minor deviation can be transferred");
  return settled("transferred", `followed up in ${entry.tracking}`);
}

function open(because: string): Pick<Deviation, "state" | "because" | "retestedIn"> {
  return { state: "open", because, retestedIn: null };
}

function settled(
  state: "closed" | "transferred",
  because: string,
): Pick<Deviation, "state" | "because" | "retestedIn"> {
  return { state, because, retestedIn: null };
}

function assertFits(entry: Disposition, opened: readonly OpenedDeviation[], file: string): void {
  const where = `${file}:${entry.line}`;
  const deviation = opened.find(({ id }) => id === entry.deviation);
  if (!deviation) throw refusedEntry(where, "the id of a deviation of the runs given", entry.deviation);
  if (deviation.digest !== entry.digest) {
    throw refusedEntry(where, `digest ${deviation.digest}, of the deviation as it was opened`, entry.digest);
  }
  if (timeOf(entry.recordedAt, where) < Date.parse(deviation.detectedAt)) {
    throw refusedEntry(where, `recorded at ${deviation.detectedAt} or later`, entry.recordedAt);
  }
}
