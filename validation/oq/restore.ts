// SPDX-License-Identifier: Apache-2.0
import { ask, inWords } from "./call";
import type { Call, Checked } from "./challenge";

/** A setting of the system that a mutant has to change. */
export interface Setting {
  /** Name in the record. */
  readonly name: string;
  /** Its whole value as text: equal texts are the same setting. */
  readonly read: () => Promise<string>;
  /** @default - the attempt itself changes it */
  readonly change?: () => Promise<unknown>;
  /** Puts back what `read` gave before. */
  readonly restore: (before: string) => Promise<unknown>;
}

/**
 * Changes a setting, makes the attempt, puts the setting back and reads it again. Not ok when the attempt is refused,
 * and not ok when the setting is not as it was.
 */
export async function changedFor(setting: Setting, attempt: Call): Promise<Checked> {
  const before = await setting.read();
  const answer = await attempted(setting, before, attempt);
  const after = await setting.read();
  const restored = after === before;
  const back = restored ? "put back and read again: as before" : `NOT as before: ${after}, was ${before}`;
  return { ok: answer.outcome === "allowed" && restored, seen: `${inWords(answer)}; ${setting.name} ${back}` };
}

async function attempted(setting: Setting, before: string, attempt: Call) {
  try {
    await setting.change?.();
    return await ask(setting.name, attempt);
  } finally {
    await setting.restore(before);
  }
}
