// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../../error";
import { assertSchema, readCapped } from "../../json";
import { namesOf } from "../../prove/names";
import { parseStrictYaml } from "../../yaml/strict-yaml";
import type { Sender, UndatedDelivery } from "./sender";

/** What the settings of the stack say of who sends, beside the vendors file, and where the ledger stands. */
export interface ZoneSenders {
  readonly senders: readonly Sender[];
  /** Absolute path; undefined: the zone has no SFTP server, and so no vendors. */
  readonly vendorsFile?: string;
  readonly table: string;
  readonly region: string;
}

/** Settings, as far as arrivals ask (validation/schema/zone-senders.schema.json); the rest is the stack's. */
interface Settings {
  readonly accountId: string;
  readonly namePrefix: string;
  readonly writers: ReadonlyArray<Way & { readonly bucket?: "inbox" | "raw" }>;
  readonly push?: ReadonlyArray<Way & { readonly landing?: "inbox" | "raw" }>;
  readonly deliveries: ReadonlyArray<UndatedDelivery & { readonly vendor: string; readonly study: string }>;
  readonly sftp?: { readonly vendors?: string };
}

/** One prefix below which a system of one's own writes. */
interface Way {
  readonly vendor: string;
  readonly study?: string;
}

const MAX_SETTINGS_BYTES = 256_000;
/** The settings end no sender: who is to send no more is taken out of them. */
const NO_LAST_DAY = "9999-12-31";

/** The senders of a settings file. @throws FILE_NOT_FOUND, FILE_TOO_LARGE, SETTINGS_INVALID, SCHEMA_MISMATCH naming the line */
export function zoneSenders(file: string): ZoneSenders {
  const { table, region } = namesOf(file) as { table: string; region: string };
  const yaml = parseStrictYaml(readCapped(file, { maxBytes: MAX_SETTINGS_BYTES }), (expected, got, line, cause) =>
    notPlain(line === null ? file : `${file}:${line}`, expected, got, cause),
  );
  assertSchema("zone-senders", yaml.value, (pointer) => {
    const place = pointer.split("/").slice(1);
    const line = yaml.lineOf(place.map((part) => (/^[0-9]+$/.test(part) ? Number(part) : part)));
    return `${path.basename(file)}:${line} ${place.join("/")}`;
  });
  const settings = yaml.value as Settings;
  const { writers, push = [], deliveries, sftp } = settings;
  const ways = [
    ...writers.map((writer) => ({ ...writer, lands: writer.bucket })),
    ...push.map((sender) => ({ ...sender, lands: sender.landing })),
  ];
  const ids = [...new Set([...ways, ...deliveries].map(({ vendor }) => vendor))];
  const raw = `${settings.namePrefix}-raw-${settings.accountId}`;
  const senders = ids.map((id): Sender => {
    const own = ways.filter(({ vendor }) => vendor === id);
    const expected = deliveries.filter(({ vendor }) => vendor === id);
    const studies = new Set([...own, ...expected].flatMap(({ study }) => study ?? []));
    return {
      id,
      until: NO_LAST_DAY,
      studies: [...studies].map((study) => ({ id: study, deliveries: expected.filter((one) => one.study === study) })),
      writesRecords: own.filter(({ lands }) => lands === "raw").map(({ study }) => ({ bucket: raw, study })),
    };
  });
  const vendorsFile = sftp && path.resolve(path.dirname(file), sftp.vendors ?? "vendors.yaml");
  return { senders, vendorsFile, table, region };
}

function notPlain(where: string, expected: string, got: string, cause: unknown): Part11Error {
  const todo = "give the settings file that the stack was deployed with";
  const parts = { code: "SETTINGS_INVALID", what: "settings not usable", where, expected, got, todo } as const;
  return new Part11Error(parts, { cause });
}
