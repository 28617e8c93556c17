// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { readCapped } from "../json";
import { parseStrictYaml } from "../yaml/strict-yaml";

/** Names of what a proof looks at. Undefined: nobody said. */
export interface Names {
  readonly accountId?: string;
  readonly region?: string;
  readonly replicaRegion?: string;
  readonly table?: string;
  readonly auditBucket?: string;
  readonly inbox?: string;
  /** Bucket of the second copies, by the bucket that is copied. */
  readonly replicas: Readonly<Record<string, string>>;
  readonly transferLog?: string;
}

const MAX_SETTINGS_BYTES = 256_000;

/** Fields of the stack's settings that names are made of, each with its form. */
const FORMS = {
  accountId: /^\d{12}$/,
  region: /^[a-z]{2}(-[a-z]+)+-\d$/,
  replicaRegion: /^[a-z]{2}(-[a-z]+)+-\d$/,
  namePrefix: /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/,
} as const;

/** The names that the landing zone gives to its parts, by the stack's settings file. @throws FILE_NOT_FOUND, SETTINGS_INVALID */
export function namesOf(file: string): Names {
  const refuse = (expected: string, got: string) =>
    new Part11Error({
      code: "SETTINGS_INVALID",
      what: "settings not usable",
      where: file,
      expected,
      got,
      todo: "give the settings file that the stack was deployed with",
    });
  const { value } = parseStrictYaml(readCapped(file, { maxBytes: MAX_SETTINGS_BYTES }), refuse);
  const settings = (value ?? {}) as Record<string, unknown>;
  for (const [name, form] of Object.entries(FORMS)) {
    const given = settings[name];
    if (typeof given !== "string" || !form.test(given))
      throw refuse(`${name} as the stack's schema has it`, String(given));
  }
  const { accountId, region, replicaRegion, namePrefix } = settings as Record<keyof typeof FORMS, string>;
  const bucket = (part: string) => `${namePrefix}-${part}-${accountId}`;
  const copied = ["raw", "curated", "unblinded", "audit"];
  return {
    accountId,
    region,
    replicaRegion,
    table: `${namePrefix}-ledger`,
    auditBucket: bucket("audit"),
    inbox: bucket("inbox"),
    replicas: Object.fromEntries(copied.map((part) => [bucket(part), bucket(`${part}-replica`)])),
    transferLog: `/part11/${namePrefix}/sftp`,
  };
}
