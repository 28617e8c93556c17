// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../error";
import { isDay } from "../gate/waivers";
import { assertSchema, readCapped, sha256Hex } from "../json";
import { parseStrictYaml } from "../yaml/strict-yaml";
import { item, type ReviewItem } from "./item";
import type { Given, Period } from "./review";

/** Largest file of incidents accepted, in bytes. */
export const MAX_INCIDENTS_BYTES = 1_000_000;

/** What somebody recorded of incidents with the system: `validation/schema/incidents.schema.json`. */
export interface Incidents {
  readonly schemaVersion: 1;
  /** First and last UTC day that the record speaks for. */
  readonly from: string;
  readonly until: string;
  readonly recordedBy: string;
  /** Empty: there was none. */
  readonly incidents: readonly Incident[];
}

export interface Incident {
  readonly id: string;
  /** UTC day. */
  readonly day: string;
  readonly what: string;
  readonly state: "open" | "closed";
  /** Where it is kept. */
  readonly reference: string;
}

/**
 * Incidents of a file that was written until today: nobody can record what is still to come.
 *
 * @param today UTC day, YYYY-MM-DD
 * @throws FILE_NOT_FOUND, FILE_TOO_LARGE, INCIDENTS_INVALID, SCHEMA_MISMATCH
 */
export function loadIncidents(file: string, today: string): Given<Incidents> {
  const given = parseIncidents(readCapped(file, { maxBytes: MAX_INCIDENTS_BYTES }), path.basename(file));
  const { until } = given.content;
  if (until > today) throw refused(given.file, `a last day not after ${today}`, until, undefined);
  return given;
}

/** Incidents of bytes in memory, whatever day it is. @throws INCIDENTS_INVALID, SCHEMA_MISMATCH */
export function parseIncidents(bytes: Uint8Array, name: string): Given<Incidents> {
  const refuse = (expected: string, got: string, line: number | null, cause?: unknown) =>
    refused(line === null ? name : `${name}:${line}`, expected, got, cause);
  const yaml = parseStrictYaml(bytes, refuse);
  assertSchema("incidents", yaml.value, name);
  const content = yaml.value as Incidents;
  const { from, until, incidents } = content;
  for (const day of [from, until, ...incidents.map((one) => one.day)]) {
    if (!isDay(day)) throw refuse("days of the calendar, YYYY-MM-DD", day, null);
  }
  if (until < from) throw refuse(`an end not before ${from}`, until, null);
  const outside = incidents.find(({ day }) => day > until);
  if (outside) throw refuse(`incidents until ${until}`, `${outside.id} of ${outside.day}`, null);
  return { file: name, sha256: sha256Hex(bytes), content };
}

export function ofIncidents({ since, until }: Period, given: Given<Incidents> | undefined): ReviewItem {
  if (!given)
    return item("incidents", {
      notLookedAt: ["what went wrong in use: give --incidents, with an empty list where nothing did"],
    });
  const { from, until: last, recordedBy, incidents } = given.content;
  return item("incidents", {
    open: incidents
      .filter(({ state }) => state === "open")
      .map(({ id, day, what, reference }) => `${id} of ${day}: ${what} (${reference})`),
    notLookedAt: [
      ...(from > since ? [`${since} to ${from}: ${given.file} begins later`] : []),
      ...(last < until ? [`${last} to ${until}: ${given.file} ends before`] : []),
    ],
    seen: [`${incidents.length} incidents from ${from} to ${last}, recorded by ${recordedBy}`],
  });
}

function refused(where: string, expected: string, got: string, cause: unknown): Part11Error {
  return new Part11Error(
    {
      code: "INCIDENTS_INVALID",
      what: "incidents refused",
      where,
      expected,
      got,
      todo: "compare it with validation/schema/incidents.schema.json",
    },
    { cause },
  );
}
