// SPDX-License-Identifier: Apache-2.0
import { type Arrived, arrivedOnce, departuresOf } from "../../../validation/oq/arrived";
import type { Told } from "../../../validation/oq/ledger-events";

const [INBOX, RAW] = ["inbox", "raw"];
const sha256 = (index: number) => String(index).repeat(64);
const placeOf = (index: number) => ({ bucket: INBOX, key: `in/${index}.csv`, versionId: `i${index}` });
const recordOf = (index: number) => ({ bucket: RAW, key: `day/${index}.csv`, versionId: `r${index}` });

const chainOf = (index: number): Told[] => [
  { id: `a${index}`, type: "RECEIVED", ...placeOf(index), sha256: sha256(index) },
  { id: `b${index}`, type: "ATTRIBUTED", ...placeOf(index) },
  { id: `c${index}`, type: "PROMOTED", ...placeOf(index), destination: recordOf(index) },
  { id: `d${index}`, type: "RECEIVED", ...recordOf(index), sha256: sha256(index) },
];

/** Three files that have come as they must. */
const whole: Arrived = {
  sent: [1, 2, 3].map((index) => ({ key: placeOf(index).key, sha256: sha256(index) })),
  told: [1, 2, 3].flatMap(chainOf),
  inbox: [1, 2, 3].map(placeOf),
  raw: [1, 2, 3].map(recordOf),
};

const without = (type: string, key: string) => whole.told.filter((one) => one.type !== type || one.key !== key);
const again = (type: string, key: string) => [
  ...whole.told,
  ...whole.told.filter((one) => one.type === type && one.key === key),
];
const altered = (key: string, change: Partial<Told>) =>
  whole.told.map((one) => (one.type === "RECEIVED" && one.key === key ? { ...one, ...change } : one));

test("files that came once each are whole, whatever else the chain tells", () => {
  const place = { bucket: INBOX, key: "in/other.csv", versionId: "o" };
  const other: Told = { id: "o", type: "RECEIVED", ...place, sha256: sha256(9) };
  expect(departuresOf({ ...whole, told: [other, ...whole.told] })).toEqual([]);
  expect(arrivedOnce(whole)).toMatchObject({ ok: true, seen: expect.stringMatching(/^3 of 3 /) });
});

test("no file at all is not whole", () => {
  expect(arrivedOnce({ sent: [], told: [], inbox: [], raw: [] }).ok).toBe(false);
});

const TAMPERED: ReadonlyArray<readonly [string, Partial<Arrived>, string]> = [
  ["a file that never came", { inbox: whole.inbox.slice(1) }, "in/1.csv: 0 versions in the inbox"],
  ["a file that came twice", { inbox: [...whole.inbox, placeOf(2)] }, "in/2.csv: 2 versions in the inbox"],
  ["no event", { told: whole.told.slice(4), raw: whole.raw.slice(1) }, "in/1.csv: no event"],
  ["no attribution", { told: without("ATTRIBUTED", "in/2.csv") }, "in/2.csv: PROMOTED, RECEIVED"],
  [
    "no promotion",
    { told: without("PROMOTED", "in/3.csv"), raw: whole.raw.slice(0, 2) },
    "in/3.csv: ATTRIBUTED, RECEIVED",
  ],
  ["a second promotion", { told: again("PROMOTED", "in/1.csv") }, "in/1.csv: ATTRIBUTED, PROMOTED, PROMOTED, RECEIVED"],
  ["other bytes received", { told: altered("in/2.csv", { sha256: sha256(8) }) }, "in/2.csv: other bytes"],
  [
    "events of a version that does not lie there",
    { inbox: [placeOf(1), { ...placeOf(2), versionId: "other" }, placeOf(3)] },
    "in/2.csv: events of another version",
  ],
  [
    "another version of a record",
    { raw: [recordOf(1), recordOf(2), { ...recordOf(3), versionId: "other" }] },
    "in/3.csv: its record is another version",
  ],
  ["a second copy of a record", { raw: [...whole.raw, recordOf(1)] }, "in/1.csv: 2 versions of its record"],
  ["a record that is not there", { raw: whole.raw.slice(1) }, "in/1.csv: 0 versions of its record"],
  ["a record without its receipt", { told: without("RECEIVED", "day/3.csv") }, "in/3.csv: its record is not received"],
  [
    "a record of other bytes",
    { told: altered("day/3.csv", { sha256: sha256(8) }) },
    "in/3.csv: its record is of other bytes",
  ],
  ["a record of nobody", { raw: [...whole.raw, recordOf(7)] }, "day/7.csv: a record that no file was promoted to"],
];

test.each(TAMPERED)("%s is found", (_, tampered, departure) => {
  expect(departuresOf({ ...whole, ...tampered })).toEqual([departure]);
});

test("two files with one record are found", () => {
  const told = whole.told.map((one) =>
    one.type === "PROMOTED" && one.key === "in/2.csv" ? { ...one, destination: recordOf(1) } : one,
  );
  expect(departuresOf({ ...whole, told })).toContain("in/2.csv: promoted to the place of another file");
});
