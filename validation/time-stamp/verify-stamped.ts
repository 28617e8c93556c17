// SPDX-License-Identifier: Apache-2.0
import type { Certificate } from "pkijs";
import {
  bytesOf,
  problem,
  SEAL_FILE,
  type Summary,
  TIME_STAMP_FILE,
  type Verification,
  type VerifiedFiles,
} from "../evidence";
import { signedTime } from "./signed-time";

/**
 * Holds the time stamp over the seal of a verified bundle against authorities, offline.
 *
 * @param authorities certificates that the auditor got from the time-stamp authority; a bundle without a time stamp is a problem then
 */
export async function verifyStamped(
  { result, found }: VerifiedFiles,
  authorities: readonly Certificate[],
): Promise<Verification> {
  const { summary, timeStamp } = result;
  if (!found || !summary) return result;
  if (!timeStamp) return refused("TIME_STAMP_MISSING", "an authority was given, and there is no time stamp");
  try {
    const signed = await signedTime(bytesOf(found, TIME_STAMP_FILE), bytesOf(found, SEAL_FILE), authorities);
    assertAfter(summary, signed.time);
    return { ...result, timeStamp: signed };
  } catch (error) {
    return refused("TIME_STAMP_REFUSED", (error as Error).message);
  }
}

/** By whole seconds: many authorities tell no finer time, and one of the same second is not before. */
function assertAfter({ finishedAt }: Summary, time: string): void {
  const seconds = (text: string) => text.slice(0, "2026-11-22T08:00:00".length);
  if (seconds(time) >= seconds(finishedAt)) return;
  throw new Error(`expected a time not before the run's end, ${finishedAt}, got ${time}`);
}

function refused(code: "TIME_STAMP_MISSING" | "TIME_STAMP_REFUSED", what: string): Verification {
  return { exit: 1, problems: [problem(code, TIME_STAMP_FILE, what)] };
}
