// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { canonical, type EventType, eventId, nextLink, sha256 } from "../../../modules/ledger/entry";
import { canonicalJson } from "../../../validation/json";

test("the writer's canonical JSON is the verifier's", () => {
  const text = fc.string({ unit: "grapheme" });
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: "small" }, text, fc.maxSafeInteger(), fc.boolean(), tie("list"), tie("record")),
    list: fc.array(tie("any"), { maxLength: 4 }),
    record: fc.dictionary(
      text.filter((name) => !["__proto__", "constructor", "prototype"].includes(name)),
      tie("any"),
      { maxKeys: 5 },
    ),
  })).any;
  fc.assert(
    fc.property(value, (one) => {
      fc.pre(!Object.is(one, -0));
      expect(canonical(one)).toBe(canonicalJson(one));
    }),
    { seed: 17, numRuns: 500 },
  );
});

test.each([[0.5], [2 ** 53], [Number.NaN], [-0], ["\ud800"], [undefined], [null], [{ a: undefined }]])(
  "%p has no canonical form",
  (value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  },
);

test("no two versions share an event id, whatever their names hold", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "/", "#", '"', ",", "[", "%", "\n", "é") });
  const type = fc.constantFrom<EventType[]>("RECEIVED", "PROMOTED");
  const version = fc.record({ type, bucket: part, key: part, versionId: part });
  fc.assert(
    fc.property(version, version, (a, b) => {
      const same = a.type === b.type && a.bucket === b.bucket && a.key === b.key && a.versionId === b.versionId;
      expect(eventId(a) === eventId(b)).toBe(same);
    }),
    { seed: 17, numRuns: 2000 },
  );
});

test("the first link stands on zeros and hashes its own content", () => {
  const link = nextLink(undefined, "e", "{}");
  const content = { sequence: 1, eventId: "e", eventSha256: sha256("{}"), previous: "0".repeat(64) };
  expect(link).toEqual({ ...content, hash: sha256(canonicalJson(content)) });
});
