// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import type { Certificate } from "pkijs";
import {
  bytesOf,
  problem,
  readAndVerify,
  SEAL_FILE,
  type Summary,
  TIME_STAMP_FILE,
  type Verification,
} from "../evidence";
import { signedTime } from "./signed-time";

/**
 * Verifies a bundle and the time stamp over its seal, offline.
 *
 * @param authorities certificates that the auditor got from the time-stamp authority; a bundle without a time stamp is a problem then
 * @param signer public key that the auditor got by another way than the bundle
 */
export async function verifyStamped(
  folder: string,
  authorities: readonly Certificate[],
  signer?: KeyObject,
): Promise<Verification> {
  const { result, found } = readAndVerify(folder, signer);
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
