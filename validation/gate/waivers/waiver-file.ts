// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../../error";
import type { Attestation, Waiver, WaiverFacts } from "../../facts";
import { assertSchema, readCapped, sha256Hex } from "../../json";
import { parseStrictYaml } from "../../yaml/strict-yaml";
import type { ControlMetadata } from "../decisions";
import { assertEntry, targetOf } from "./entry";

/** Largest waivers file accepted, in bytes. */
export const MAX_WAIVERS_BYTES = 256_000;

interface Written {
  readonly waivers?: readonly Omit<Waiver, "kind" | "line">[];
  readonly attestations?: readonly Omit<Attestation, "kind" | "line">[];
}

/**
 * The waivers and attestations of a file, each of which could stand on the day given; whether they expired is META-07's
 * matter, whether they cover a finding that of `coverFindings`.
 *
 * @param asOf UTC day for which the plan is judged, YYYY-MM-DD
 * @param controls the catalogue: only what is in it and may be waived can be named
 * @throws FILE_NOT_FOUND, FILE_TOO_LARGE; WAIVERS_INVALID for what is no plain YAML, SCHEMA_MISMATCH for another shape,
 * WAIVER_REFUSED for an entry that can never hold; all three name the line
 */
export function loadWaivers(file: string, asOf: string, controls: readonly ControlMetadata[]): WaiverFacts {
  const bytes = readCapped(file, { maxBytes: MAX_WAIVERS_BYTES });
  return parseWaivers(bytes, path.basename(file), asOf, controls);
}

/** As `loadWaivers`, of bytes in memory. */
export function parseWaivers(
  bytes: Uint8Array,
  name: string,
  asOf: string,
  controls: readonly ControlMetadata[],
): WaiverFacts {
  const yaml = parseStrictYaml(bytes, (expected, got, line, cause) => notPlain(name, line, expected, got, cause));
  assertSchema("waivers", yaml.value, (pointer) => `${name}:${yaml.lineOf(pointer.split("/").slice(1))} ${pointer}`);
  const { waivers = [], attestations = [] } = yaml.value as Written;
  const line = (list: string, index: number) => yaml.lineOf([list, index]);
  const entries = [
    ...waivers.map((waiver, i): Waiver => ({ ...waiver, kind: "waiver", line: line("waivers", i) })),
    ...attestations.map((one, i): Attestation => ({ ...one, kind: "attestation", line: line("attestations", i) })),
  ];
  const places = [...waivers.map((_, i) => ["waivers", i]), ...attestations.map((_, i) => ["attestations", i])];
  const seen = new Map<string, number>();
  entries.forEach((entry, i) => {
    assertEntry(entry, { asOf, controls, at: (member) => `${name}:${yaml.lineOf([...places[i]!, member])} ${member}` });
    const before = seen.get(targetOf(entry));
    if (before !== undefined) throw repeated(`${name}:${entry.line}`, before);
    seen.set(targetOf(entry), entry.line);
  });
  return { file: name, digest: sha256Hex(bytes), asOf, entries };
}

function repeated(where: string, before: number): Part11Error {
  return new Part11Error({
    code: "WAIVER_REFUSED",
    what: "entry refused",
    where,
    expected: "one entry for one finding",
    got: `a second one for that of line ${before}`,
    todo: "leave one of them out",
  });
}

function notPlain(name: string, line: number | null, expected: string, got: string, cause: unknown): Part11Error {
  return new Part11Error(
    {
      code: "WAIVERS_INVALID",
      what: "waivers refused",
      where: line === null ? name : `${name}:${line}`,
      expected,
      got,
      todo: "compare it with validation/schema/waivers.schema.json",
    },
    { cause },
  );
}
