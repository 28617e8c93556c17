// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { canonicalJson, sha256Hex } from "../json";

/** A row as DynamoDB gives it: attribute name to attribute value, `{"S": "…"}` (DynamoDB API, AttributeValue). */
export type Row = Readonly<Record<string, unknown>>;

/** What a table holds, in one line that two people can read to each other. */
export interface TableContent {
  readonly rows: number;
  /** SHA-256 over the SHA-256 of every row's canonical JSON, sorted; of an empty text without rows. Hexadecimal. */
  readonly sha256: string;
}

/** A restored table beside the one that it was restored from. Keys are canonical JSON, sorted. */
export interface TableComparison {
  /**
   * `same`: row by row; `earlier`: every restored row is unaltered, and the original has more by now, as a table that is
   * only added to has after the time of the backup; `different`: a row is altered or stands in the restored table alone;
   * `empty`: nothing was restored, which proves nothing.
   */
  readonly verdict: "same" | "earlier" | "different" | "empty";
  readonly original: TableContent;
  readonly restored: TableContent;
  /** Keys of rows that only the original has. */
  readonly onlyOriginal: readonly string[];
  /** Keys of rows that only the restored table has. */
  readonly onlyRestored: readonly string[];
  /** Keys of rows that both have, with other content. */
  readonly altered: readonly string[];
}

/** Members of an attribute value whose order says nothing (DynamoDB API, AttributeValue). */
const SETS: ReadonlySet<string> = new Set(["BS", "NS", "SS"]);

/**
 * Compares a table restored from a backup with the original, by content (21 CFR 11.10(c); EU Annex 11 §7.2: the ability
 * to restore is checked). Both are read in any order, in one pass.
 *
 * @param keyNames attributes of the primary key, the same in both
 * @throws TABLE_MALFORMED for a row without its key, a key that comes twice, or an attribute value of no known form
 */
export async function compareTables(
  original: AsyncIterable<Row>,
  restored: AsyncIterable<Row>,
  keyNames: readonly string[],
): Promise<TableComparison> {
  const before = await digests(original, keyNames, "original table");
  const after = await digests(restored, keyNames, "restored table");
  const onlyOriginal = [...before.keys()].filter((key) => !after.has(key)).sort();
  const onlyRestored = [...after.keys()].filter((key) => !before.has(key)).sort();
  const altered = [...after].filter(([key, digest]) => before.has(key) && before.get(key) !== digest);
  return {
    verdict: verdictOf(after.size, onlyOriginal.length, onlyRestored.length + altered.length),
    original: contentOf(before),
    restored: contentOf(after),
    onlyOriginal,
    onlyRestored,
    altered: altered.map(([key]) => key).sort(),
  };
}

function verdictOf(restored: number, missing: number, wrong: number): TableComparison["verdict"] {
  if (wrong > 0) return "different";
  if (restored === 0) return "empty";
  return missing > 0 ? "earlier" : "same";
}

function contentOf(rows: ReadonlyMap<string, string>): TableContent {
  return { rows: rows.size, sha256: sha256Hex([...rows.values()].sort().join("")) };
}

/** Canonical key to the digest of its row. */
async function digests(rows: AsyncIterable<Row>, keyNames: readonly string[], where: string) {
  const found = new Map<string, string>();
  for await (const row of rows) {
    const canonical = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, attributeValue(value, where)]),
    );
    const missing = keyNames.find((name) => canonical[name] === undefined);
    if (missing !== undefined) throw malformed(where, `the key attribute ${missing} in every row`, "a row without it");
    const key = canonicalJson(Object.fromEntries(keyNames.map((name) => [name, canonical[name]])));
    if (found.has(key)) throw malformed(where, "one row a key", `${key} twice`);
    found.set(key, sha256Hex(canonicalJson(canonical)));
  }
  return found;
}

/** The value in a form that has one spelling: bytes as base64, sets sorted. */
function attributeValue(value: unknown, where: string): unknown {
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const [type, content] = members.find(([, member]) => member !== undefined) ?? [];
  if (type === undefined) throw malformed(where, "attribute values with a type", JSON.stringify(value) ?? "nothing");
  return { [type]: contentOfValue(type, content, where) };
}

function contentOfValue(type: string, content: unknown, where: string): unknown {
  if (content instanceof Uint8Array) return Buffer.from(content).toString("base64");
  if (SETS.has(type) && Array.isArray(content)) {
    return content.map((one) => contentOfValue(type, one, where) as string).sort();
  }
  if (type === "L" && Array.isArray(content)) return content.map((one) => attributeValue(one, where));
  if (type === "M" && typeof content === "object" && content !== null) {
    return Object.fromEntries(Object.entries(content).map(([name, one]) => [name, attributeValue(one, where)]));
  }
  if (typeof content === "string" || typeof content === "boolean") return content;
  throw malformed(where, "text, number, bytes, list, map, set, boolean or null", type);
}

function malformed(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "TABLE_MALFORMED",
    what: "table cannot be compared",
    where,
    expected,
    got,
    todo: "read both tables as DynamoDB gives them, with the names of their primary key",
  });
}
