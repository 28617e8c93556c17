// SPDX-License-Identifier: Apache-2.0

/** What the key of an object says of it (docs/decisions/0017). */
export type Place =
  | { readonly lane: "record"; readonly vendor: string; readonly study: string; readonly name: string }
  | { readonly lane: "test" }
  | { readonly lane: "other" };

const VENDOR = /^[a-z][a-z0-9-]{2,31}$/;
const STUDY = /^[a-z0-9][a-z0-9-]{0,63}$/;
const RECORDS = "clinical/inbound/raw/";
const TRIALS = "clinical/inbound/test/";
/** Chain of what no vendor's folder holds. */
export const NO_VENDOR = "_unattributed";

export function placeOf(key: string): Place {
  if (key.startsWith(TRIALS)) return { lane: "test" };
  const [vendor = "", study = "", ...rest] = key.startsWith(RECORDS) ? key.slice(RECORDS.length).split("/") : [];
  if (!VENDOR.test(vendor) || !STUDY.test(study) || rest.length === 0) return { lane: "other" };
  return { lane: "record", vendor, study, name: rest.join("/") };
}

/** Chain that events of this key belong to. */
export function chainOf(key: string): string {
  const lane = [RECORDS, TRIALS].find((prefix) => key.startsWith(prefix));
  const [vendor = ""] = lane === undefined ? [] : key.slice(lane.length).split("/");
  return VENDOR.test(vendor) ? vendor : NO_VENDOR;
}

/** Key of the record in raw: the day of receipt stands before the name. */
export function recordKey({ vendor, study, name }: Place & { lane: "record" }, received: Date): string {
  return `${RECORDS}${vendor}/${study}/${received.toISOString().slice(0, 10)}/${name}`;
}

/** Names that clients give to what they have not finished (WinSCP, browsers, rsync and others). */
const UNFINISHED = /\.(filepart|part|partial|tmp|crdownload)$|~$/i;
/** Control characters, and those that turn the direction of text: a name must read as what it is. */
const UNREADABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const LONGEST_KEY_BYTES = 1024;

/** Why an object of this name is never promoted; undefined when nothing speaks against it. */
export function nameRefusal(place: Place, received: Date): string | undefined {
  if (place.lane !== "record") return "lies in no vendor's folder";
  if (place.name === "" || place.name.endsWith("/")) return "is a folder marker";
  if (UNREADABLE.test(place.name)) return "has control characters in its name";
  if (place.name.split("/").some((segment) => ["", ".", ".."].includes(segment)))
    return "has an empty or dotted folder";
  if (UNFINISHED.test(place.name)) return "has the name of an unfinished upload";
  if (Buffer.byteLength(recordKey(place, received)) > LONGEST_KEY_BYTES) return "has too long a key";
  return undefined;
}
