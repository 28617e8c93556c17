// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** What is to be proved: a key, and one version of it or, where none is named, the newest. */
export interface Subject {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/** What the key of an object says of it (docs/decisions/0017). */
export interface Place {
  /** Files of the lane for trying things out never become records. */
  readonly lane: "record" | "test" | "other";
  /** Chain of the ledger that its events stand in. */
  readonly chain: string;
  /** Without its folders. */
  readonly name: string;
}

const VERSION = "?versionId=";
const RECORDS = "clinical/inbound/raw/";
const TRIALS = "clinical/inbound/test/";
const NO_VENDOR = "_unattributed";

/** Reads `bucket/key` or `bucket/key?versionId=…`. @throws USAGE */
export function parseSubject(text: string): Subject {
  const [, bucket, rest = ""] = /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/s.exec(text) ?? [];
  const at = rest.lastIndexOf(VERSION);
  const [key, versionId] = at === -1 ? [rest] : [rest.slice(0, at), rest.slice(at + VERSION.length)];
  if (!bucket || key === "" || versionId === "") {
    throw new Part11Error({
      code: "USAGE",
      what: "object not named",
      where: "part11 prove",
      expected: "bucket/key or bucket/key?versionId=…",
      got: JSON.stringify(text),
      todo: "name one object, without s3://",
    });
  }
  return versionId === undefined ? { bucket, key } : { bucket, key, versionId };
}

export function placeOf(key: string): Place {
  const name = key.slice(key.lastIndexOf("/") + 1);
  if (key.startsWith(TRIALS)) return { lane: "test", chain: NO_VENDOR, name };
  const [vendor = ""] = key.startsWith(RECORDS) ? key.slice(RECORDS.length).split("/") : [];
  const ofVendor = /^[a-z][a-z0-9-]{2,31}$/.test(vendor);
  return { lane: ofVendor ? "record" : "other", chain: ofVendor ? vendor : NO_VENDOR, name };
}
