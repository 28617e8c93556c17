// SPDX-License-Identifier: Apache-2.0
import { compareTables, type Row } from "../../../validation/backup";
import { sound } from "../../../validation/oq/restored-table";

async function* table(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

const row = (pk: string, text = "") => ({ pk: { S: pk }, sk: { S: "event" }, event: { S: text } });
const verdict = async (original: readonly Row[], restored: readonly Row[]) =>
  sound(await compareTables(table(original), table(restored), ["pk", "sk"]));

test("a table restored whole, or as it was before later rows, is sound", async () => {
  expect(await verdict([row("a"), row("b")], [row("a"), row("b")])).toMatchObject({ ok: true });
  expect(await verdict([row("a"), row("b")], [row("a")])).toMatchObject({
    ok: true,
    seen: expect.stringMatching(/^earlier: 1 rows restored, .* 2 in the original, .* 1 of them newer$/),
  });
});

test.each<[string, readonly Row[]]>([
  ["an altered row", [row("a", "x"), row("b")]],
  ["a row that the original never had", [row("a"), row("b"), row("c")]],
  ["no row at all", []],
])("%s is not", async (_, restored) => {
  expect(await verdict([row("a"), row("b")], restored)).toMatchObject({ ok: false });
});
