// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { assertSchema, readCapped, sha256Hex } from "../json";
import { parseStrictYaml } from "../yaml/strict-yaml";
import type { GateSettings } from "./facts";

/** Largest settings file accepted, in bytes. */
export const MAX_SETTINGS_BYTES = 256_000;

type Written = Partial<Omit<GateSettings, "environment">>;

/**
 * Settings of the gate where no file says otherwise. Retention is a parameter, not law: 7 years for clinical data and
 * 30 years for ATMP traceability (Directive 2004/23/EC) are minimums of the class; 25 years for the trial master file
 * is Regulation (EU) 536/2014, article 58.
 */
const DEFAULTS: Omit<GateSettings, "environment"> = {
  recordClasses: {
    clinical: { minimumYears: 7 },
    "trial-master-file": { minimumYears: 25 },
    atmp: { minimumYears: 30 },
  },
  defaultRecordClass: "clinical",
  inboxMinimumDays: 7,
  allowedRegions: [],
  deployRoleArns: [],
  sftpCidrs: [],
  unblinded: null,
  scannerRoleArns: [],
  buckets: [],
};

export const ENVIRONMENTS = ["production", "qualification", "development"] as const;

export interface LoadedSettings {
  readonly settings: GateSettings;
  /** SHA-256 of the file, hex; null without one. */
  readonly digest: string | null;
}

/**
 * Settings of the gate: built-in defaults, and over them the file when one is named. No file is read by itself.
 *
 * @throws SETTINGS_INVALID, FILE_NOT_FOUND, FILE_TOO_LARGE, SCHEMA_MISMATCH
 */
export function loadSettings(environment: string, file: string | null): LoadedSettings {
  const known = ENVIRONMENTS.find((name) => name === environment);
  if (!known) throw invalid("--environment", ENVIRONMENTS.join(", "), `"${environment}"`);
  if (file === null) return { settings: { environment: known, ...DEFAULTS }, digest: null };
  const bytes = readCapped(file, { maxBytes: MAX_SETTINGS_BYTES });
  return { settings: { environment: known, ...parseSettings(bytes, file) }, digest: sha256Hex(bytes) };
}

/**
 * Settings of a part11.yaml over the defaults. Its record classes are added to the built-in ones; every other key
 * replaces the default.
 *
 * @throws SETTINGS_INVALID for any warning of the YAML parser too; SCHEMA_MISMATCH for an unknown key
 */
export function parseSettings(bytes: Uint8Array, where: string): Omit<GateSettings, "environment"> {
  const written = parseStrictYaml(bytes, (expected, got, line, cause) =>
    invalid(line === null ? where : `${where}:${line}`, expected, got, cause),
  ).value as Written;
  assertSchema("part11-settings", written, where);
  const settings = { ...DEFAULTS, ...written, recordClasses: { ...DEFAULTS.recordClasses, ...written.recordClasses } };
  const named = [settings.defaultRecordClass, ...settings.buckets.flatMap(({ recordClass }) => recordClass ?? [])];
  for (const name of named) {
    if (!Object.hasOwn(settings.recordClasses, name)) {
      throw invalid(where, `one of the record classes ${Object.keys(settings.recordClasses).join(", ")}`, `"${name}"`);
    }
  }
  return settings;
}

function invalid(where: string, expected: string, got: string, cause?: unknown): Part11Error {
  return new Part11Error(
    {
      code: "SETTINGS_INVALID",
      what: "gate settings refused",
      where,
      expected,
      got,
      todo: "compare it with validation/schema/part11-settings.schema.json",
    },
    { cause },
  );
}
