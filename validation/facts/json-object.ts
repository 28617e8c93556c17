// SPDX-License-Identifier: Apache-2.0

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Record whose keys come from input. Every key becomes the record's own, `__proto__` too. */
export function recordOf<V>(entries: Iterable<readonly [string, V]>): Record<string, V> {
  return Object.fromEntries(entries);
}

export function sortedRecord<V>(map: ReadonlyMap<string, V>): Record<string, V> {
  const record: Record<string, V> = {};
  for (const key of sortedStrings([...map.keys()])) {
    if (key === "__proto__") return Object.fromEntries([...map].sort(byKey));
    record[key] = map.get(key)!;
  }
  return record;
}

/** The strings by code unit; the same array when it is sorted already, as most are. */
export function sortedStrings(list: readonly string[]): readonly string[] {
  for (let i = 1; i < list.length; i++) if (list[i]! < list[i - 1]!) return [...list].sort();
  return list;
}

/** The strings by code unit, each once; the same array when it is so already, as most are. */
export function sortedUnique(list: readonly string[]): readonly string[] {
  for (let i = 1; i < list.length; i++) if (list[i]! <= list[i - 1]!) return [...new Set(list)].sort();
  return list;
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
