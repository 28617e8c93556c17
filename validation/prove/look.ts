// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { Looked } from "./facts";

/** Why something was not asked. */
export class NotAsked extends Error {
  override readonly name = "NotAsked";
}

/** What AWS refuses or does not answer is not seen; what is wrong with this program is thrown. */
export async function look<Found>(find: () => Promise<Found>): Promise<Looked<Found>> {
  try {
    return { seen: await find() };
  } catch (error) {
    const ofProgram = [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);
    if (ofProgram || !(error instanceof Error)) throw error;
    if (error instanceof Part11Error || error instanceof NotAsked) return { unseen: error.message };
    return { unseen: `${error.name}: ${error.message}` };
  }
}

/** Looks further from what was seen; what was not seen stays so, for the same reason. */
export async function whenSeen<From, Found>(
  from: Looked<From>,
  find: (seen: From) => Promise<Found>,
): Promise<Looked<Found>> {
  return "unseen" in from ? from : look(() => find(from.seen));
}
