// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { canonicalJson, parseStrictText } from "../json";
import { type Entry, readEntry } from "./entry";

/** One entry as the table holds it: texts as they stand, undefined where a row has none. */
export interface ChainRow {
  /** Sort key of the link. */
  readonly place: string;
  readonly link: string | undefined;
  readonly event: string | undefined;
}

/** What a row says, as far as it can be read. */
export interface ReadRow {
  readonly entry?: Entry;
  /** The entry's event; its schema was held. */
  readonly event?: unknown;
  readonly problems: readonly string[];
}

/** Reads a row of the table, and says what of it does not hold by itself or does not belong at its place. */
export function readRow({ place, link, event }: ChainRow, chain: string): ReadRow {
  const where = `${chain} ${place}`;
  if (link === undefined || event === undefined) {
    return { problems: [`${where}: has no text of its ${link === undefined ? "link" : "event"}`] };
  }
  try {
    const value = { event: parseStrictText(event, where), link: parseStrictText(link, where) };
    const { entry, problems } = readEntry(value, where);
    const found = problems.map((what) => `${where}: ${what}`);
    if (place !== placeOf(entry.sequence)) found.push(`${where}: holds sequence ${entry.sequence}`);
    if (entry.chain !== chain) found.push(`${where}: is of chain ${entry.chain}`);
    if (canonicalJson(value.event) !== event || canonicalJson(value.link) !== link) {
      found.push(`${where}: is not canonical`);
    }
    return { entry, event: value.event, problems: found };
  } catch (error) {
    if (!(error instanceof Part11Error)) throw error;
    return { problems: [`${where}: ${error.code}: ${error.message}`] };
  }
}

/** Sort key of the link with a sequence, and the name of its copy. */
export function placeOf(sequence: number): string {
  return String(sequence).padStart(12, "0");
}
