// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../error";
import { assertSchema, readCapped, sha256Hex } from "../json";
import { parseStrictYaml } from "../yaml/strict-yaml";
import type { Disposition, Dispositions, NotApplicable, OutOfScope } from "./deviation";
import { assertSensible, assertSigned, refusedEntry } from "./entry";

/** Largest file of dispositions accepted, in bytes. */
export const MAX_DISPOSITIONS_BYTES = 4_000_000;

type Written<T> = readonly Omit<T, "line">[];

interface WrittenFile {
  readonly run: string;
  readonly dispositions?: Written<Disposition>;
  readonly notApplicable?: Written<NotApplicable>;
  readonly outOfScope?: Written<OutOfScope>;
}

/**
 * What people say of a run's deviations: each entry for itself; whether it fits the run is the matter of
 * `settleDeviations` and of the matrix.
 *
 * @param now latest time that an entry may carry
 * @throws FILE_NOT_FOUND, FILE_TOO_LARGE; DEVIATIONS_INVALID for what is no plain YAML, SCHEMA_MISMATCH for another
 * shape, DEVIATION_REFUSED for an entry that can never hold; all name the line
 */
export function loadDispositions(file: string, now: Date): Dispositions {
  return parseDispositions(readCapped(file, { maxBytes: MAX_DISPOSITIONS_BYTES }), path.basename(file), now);
}

/** As `loadDispositions`, of bytes in memory. */
export function parseDispositions(bytes: Uint8Array, name: string, now: Date): Dispositions {
  const yaml = parseStrictYaml(bytes, (expected, got, line, cause) => notPlain(name, line, expected, got, cause));
  assertSchema("deviations", yaml.value, (pointer) => `${name}:${yaml.lineOf(steps(pointer))} ${pointer}`);
  const { run, dispositions = [], notApplicable = [], outOfScope = [] } = yaml.value as WrittenFile;
  const of = <T extends object>(list: string, written: readonly T[], subject: keyof T & string) => {
    const seen = new Map<unknown, number>();
    return written.map((entry, index) => {
      const line = yaml.lineOf([list, index]);
      const at = (member: string) => `${name}:${yaml.lineOf([list, index, member])} ${member}`;
      const before = seen.get(entry[subject]);
      if (before !== undefined)
        throw refusedEntry(at(subject), "one entry each", `a second one for that of line ${before}`);
      seen.set(entry[subject], line);
      return { entry: { ...entry, line }, at };
    });
  };
  const signed = <T extends Disposition | NotApplicable | OutOfScope>(
    entries: ReadonlyArray<{ readonly entry: T; readonly at: (member: string) => string }>,
  ): T[] =>
    entries.map(({ entry, at }) => {
      assertSigned(entry, now, at);
      if ("disposition" in entry) assertSensible(entry, at);
      return entry;
    });
  return {
    file: name,
    sha256: sha256Hex(bytes),
    run,
    dispositions: signed<Disposition>(of("dispositions", dispositions, "deviation")),
    notApplicable: signed<NotApplicable>(of("notApplicable", notApplicable, "step")),
    outOfScope: signed<OutOfScope>(of("outOfScope", outOfScope, "requirement")),
  };
}

function steps(pointer: string): (string | number)[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function notPlain(name: string, line: number | null, expected: string, got: string, cause: unknown): Part11Error {
  return new Part11Error(
    {
      code: "DEVIATIONS_INVALID",
      what: "deviations refused",
      where: line === null ? name : `${name}:${line}`,
      expected,
      got,
      todo: "compare it with validation/schema/deviations.schema.json",
    },
    { cause },
  );
}
