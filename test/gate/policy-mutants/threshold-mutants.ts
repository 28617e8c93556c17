// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { POLICIES, type PolicyFolder } from "./folders";
import type { Mutant } from "./mutants";

type Json = Record<string, unknown>;

/** Members of `data.part11_data` whose values are limits, not tables of names. */
const LIMITS = ["thresholds", "minimum_tls"];

/** Each limit of `data.json` one higher, one lower or misspelt, for the folders that read it. */
export function thresholdMutants(folders: readonly PolicyFolder[]): readonly Mutant[] {
  const { part11_data: data } = JSON.parse(fs.readFileSync(path.join(POLICIES, "data.json"), "utf8"));
  return LIMITS.flatMap((name) => leavesOf(data[name], [name])).flatMap(({ at, value }) => {
    const readers = folders.filter((one) => reads(one, at));
    const [folder] = readers;
    if (!folder) return [];
    return changesOf(value).map((changed) => ({
      id: `data.json: ${at.join(".")}: ${JSON.stringify(value)} is ${JSON.stringify(changed)}`,
      folder,
      file: "",
      text: "",
      values: withLeaf(data, at, changed),
      readers,
    }));
  });
}

function reads({ sources }: PolicyFolder, at: readonly string[]): boolean {
  const name = at.filter((segment) => !/^\d+$/.test(segment)).join(".");
  return [...sources.values()].some((text) => text.includes(`data.part11_data.${name}`));
}

function changesOf(value: unknown): readonly unknown[] {
  return typeof value === "number" ? [value + 1, value - 1] : [`${value}~`];
}

function leavesOf(value: unknown, at: readonly string[]): readonly { at: readonly string[]; value: unknown }[] {
  if (typeof value !== "object" || value === null) return [{ at, value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...at, key]));
}

function withLeaf(data: Json, at: readonly string[], value: unknown): Json {
  const copy = structuredClone(data);
  const holder = at.slice(0, -1).reduce((inner, key) => inner[key] as Json, copy);
  holder[at.at(-1)!] = value;
  return copy;
}
