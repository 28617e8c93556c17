// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../facts";
import { item, type ReviewItem } from "./item";

/** A file that decides what a plan is or how it is judged, then and now. */
export interface DigestRow {
  readonly name: "policy" | "settings" | "lock";
  /** SHA-256; null: the gate was given none. */
  readonly qualified: string | null;
  readonly now: string | null;
  readonly state: "same" | "differs" | "not looked at";
}

/** Built-in settings stand where there is no file of settings; of the others the absence of both shows nothing. */
export function digestRows(qualified: Facts, now: Facts): readonly DigestRow[] {
  return (["policy", "settings", "lock"] as const).map((name): DigestRow => {
    const [one, other] = [qualified.meta.digests[name], now.meta.digests[name]];
    const known = name === "settings" || (one !== null && other !== null);
    return { name, qualified: one, now: other, state: !known ? "not looked at" : one === other ? "same" : "differs" };
  });
}

export function ofDigests(rows: readonly DigestRow[]): ReviewItem {
  const shown = (digest: string | null) => (digest === null ? "none" : digest.slice(0, 12));
  const of = (state: DigestRow["state"]) => rows.filter((row) => row.state === state);
  return item("digests", {
    open: of("differs").map(({ name, qualified, now }) => `${name} ${shown(qualified)} in the run, ${shown(now)} now`),
    notLookedAt: of("not looked at").map(
      ({ name, qualified }) =>
        `${name}: ${qualified === null ? "the bundle names none" : `give the file of now, it was ${shown(qualified)}`}`,
    ),
    seen:
      of("same").length > 0
        ? [
            `${of("same")
              .map(({ name }) => name)
              .join(", ")} as in the run`,
          ]
        : [],
  });
}
