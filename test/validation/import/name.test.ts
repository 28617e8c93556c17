// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { nameRefusal as ingestRefusal, placeOf } from "../../../modules/ingest/arrivals/key";
import { nameRefusal } from "../../../validation/import/name";
import { PREFIX } from "./folder";

const segment = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((name) => !/[/\0]/.test(name) && name !== "." && name !== "..");
const ending = fc.constantFrom("", ".csv", ".filepart", ".PART", ".tmp", "~", "\u202e", "\n", "x".repeat(950));

test("import takes a name exactly where ingest promotes it", () => {
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 3 }), ending, (segments, end) => {
      const name = segments.join("/") + end;
      const key = `${PREFIX}${name}`;
      const ingest = ingestRefusal(placeOf(key), new Date("2026-11-22T00:00:00Z"));
      expect(nameRefusal(name, key) === undefined).toBe(ingest === undefined);
    }),
    { seed: 7, numRuns: 500 },
  );
});
