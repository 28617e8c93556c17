// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { compareTables, type Row } from "../../../validation/backup";

async function* table(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

const compared = (original: readonly Row[], restored: readonly Row[]) =>
  compareTables(table(original), table(restored), ["pk", "sk"]);

const row = (pk: string, sk: string, more: Row = {}): Row => ({ pk: { S: pk }, sk: { S: sk }, ...more });

const event = row("event#1", "event", { sha256: { S: "ab" }, bytes: { N: "5" } });
const link = row("chain#acme", "000000000001", { previous: { S: "0" } });

test("tables with the same rows in another order are the same, with one digest", async () => {
  const found = await compared([event, link], [link, event]);
  expect(found).toMatchObject({ verdict: "same", onlyOriginal: [], onlyRestored: [], altered: [] });
  expect(found.restored).toEqual(found.original);
  expect(found.original.rows).toBe(2);
});

test("rows that came after the backup make the restored table an earlier one", async () => {
  const found = await compared([event, link], [event]);
  expect(found).toMatchObject({
    verdict: "earlier",
    onlyOriginal: ['{"pk":{"S":"chain#acme"},"sk":{"S":"000000000001"}}'],
  });
});

test.each<[string, readonly Row[], string]>([
  ["an attribute of another value", [{ ...event, bytes: { N: "6" } }, link], "altered"],
  ["an attribute of another type", [{ ...event, bytes: { S: "5" } }, link], "altered"],
  ["an attribute more", [{ ...event, note: { S: "" } }, link], "altered"],
  ["an attribute fewer", [row("event#1", "event", { sha256: { S: "ab" } }), link], "altered"],
  ["a row of its own", [event, link, row("event#2", "event")], "onlyRestored"],
  ["a row under another key", [event, { ...link, sk: { S: "000000000002" } }], "onlyRestored"],
])("a restored table with %s is different", async (_, restored, where) => {
  const found = await compared([event, link], restored);
  expect(found.verdict).toBe("different");
  expect(found[where as "altered"]).toHaveLength(1);
  expect(found.restored.sha256).not.toBe(found.original.sha256);
});

test("an empty restored table proves nothing, not even of an empty original", async () => {
  expect((await compared([event], [])).verdict).toBe("empty");
  expect((await compared([], [])).verdict).toBe("empty");
});

test("sets have no order and lists have one", async () => {
  const set = (...SS: string[]) => row("a", "b", { v: { SS } });
  const list = (...texts: string[]) => row("a", "b", { v: { L: texts.map((S) => ({ S })) } });
  expect((await compared([set("x", "y")], [set("y", "x")])).verdict).toBe("same");
  expect((await compared([list("x", "y")], [list("y", "x")])).verdict).toBe("different");
});

test("bytes are compared by content, nested ones too", async () => {
  const nested = (...bytes: number[]) => row("a", "b", { v: { M: { w: { B: Uint8Array.from(bytes) } } } });
  expect((await compared([nested(1, 2)], [nested(1, 2)])).verdict).toBe("same");
  expect((await compared([nested(1, 2)], [nested(1, 3)])).verdict).toBe("different");
});

test.each<[string, readonly Row[]]>([
  ["a row without its key", [{ pk: { S: "a" } }]],
  ["a key that comes twice", [event, event]],
  ["a value without a type", [row("a", "b", { v: {} })]],
  ["a value that is none of DynamoDB's", [row("a", "b", { v: "text" })]],
  ["a number that is no text", [row("a", "b", { v: { N: 5 } })]],
])("fails on %s", async (_, rows) => {
  await expect(compared(rows, rows)).rejects.toMatchObject({ code: "TABLE_MALFORMED" });
});

test("any one change of any table is found", async () => {
  const texts = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(texts, fc.nat(), fc.string(), async (keys, at, value) => {
      const rows = keys.map((key) => row(key, "s", { v: { S: "kept" } }));
      const changed = rows.map((one, i) => (i === at % rows.length ? { ...one, v: { S: `not ${value}` } } : one));
      expect((await compared(rows, [...rows].reverse())).verdict).toBe("same");
      expect((await compared(rows, changed)).altered).toHaveLength(1);
    }),
    { seed: 17, numRuns: 200 },
  );
});
