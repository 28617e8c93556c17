// SPDX-License-Identifier: Apache-2.0
import { type Delivery, isEnabled, type Vendor } from "../vendor";
import { fitsPattern, isSideFile } from "./file-name";
import type { ReceivedVersion } from "./received";
import { type Occurrence, occurrences } from "./schedule";

export type ArrivalStatus =
  | "expected"
  | "overdue"
  | "arrived"
  | "verified"
  | "superseded"
  | "refused"
  | "unexpected"
  | "failed";

export type ProblemKind =
  | "overdue"
  | "late"
  | "unexpected"
  | "duplicate content"
  | "out of range"
  | "not verified"
  | "not promoted"
  | "refused"
  | "failed";

export interface ArrivalProblem {
  readonly kind: ProblemKind;
  readonly says: string;
}

/** A file that came, or one that is due. Instants in milliseconds since 1970. */
export interface ArrivalRow {
  readonly vendor: string;
  /** null: no delivery expects a file of that name. */
  readonly delivery: Delivery | null;
  readonly due: number | null;
  readonly status: ArrivalStatus;
  readonly version: ReceivedVersion | null;
  readonly problems: readonly ArrivalProblem[];
}

/** An occurrence with the file that meets it. */
interface Slot extends Occurrence {
  met?: ReceivedVersion;
}

/**
 * What was expected of every vendor for a study against what came, by time due or received.
 *
 * @param versions as `receivedVersions` gives them, oldest first
 * @param asOf instant in milliseconds
 */
export function arrivalsOf(
  vendors: readonly Vendor[],
  study: string,
  versions: readonly ReceivedVersion[],
  asOf: number,
): readonly ArrivalRow[] {
  const files = versions.filter(({ name }) => !isSideFile(name));
  const rows = [...new Set([...vendors.map(({ id }) => id), ...files.map(({ vendor }) => vendor)])].flatMap((id) => {
    const vendor = vendors.find((one) => one.id === id);
    return rowsOfVendor(
      vendor,
      id,
      study,
      files.filter((file) => file.vendor === id),
      asOf,
    );
  });
  const marked = withDuplicates(rows, files);
  return marked.sort((a, b) => timeOf(a) - timeOf(b) || a.vendor.localeCompare(b.vendor, "en"));
}

function timeOf({ due, version }: ArrivalRow): number {
  return version?.receivedAt ?? due ?? 0;
}

function rowsOfVendor(
  vendor: Vendor | undefined,
  id: string,
  study: string,
  files: readonly ReceivedVersion[],
  asOf: number,
): readonly ArrivalRow[] {
  const deliveries = vendor?.studies.find((one) => one.id === study)?.deliveries ?? [];
  const deliveryOf = (name: string) => deliveries.find((delivery) => fitsPattern(delivery.files, name));
  const unexpected = files.filter(({ name }) => deliveryOf(name) === undefined);
  const says = vendor ? "no delivery expects a file of this name" : "the vendor is not in the vendors file";
  return [
    ...deliveries.flatMap((delivery) => {
      const own = files.filter(({ name }) => deliveryOf(name) === delivery);
      return rowsOfDelivery(vendor!, delivery, own, asOf);
    }),
    ...unexpected.map((version) => unexpectedRow(id, null, version, says)),
  ];
}

function rowsOfDelivery(
  vendor: Vendor,
  delivery: Delivery,
  files: readonly ReceivedVersion[],
  asOf: number,
): readonly ArrivalRow[] {
  const slots: Slot[] = occurrences(delivery, vendor, asOf).map((one) => ({ ...one }));
  const ofName = new Map<string, Slot>();
  const came = files.map((version): ArrivalRow => {
    const slot = slotOf(delivery, slots, ofName.get(version.key), version.receivedAt);
    if (!slot) return unexpectedRow(vendor.id, delivery, version, "no file is due when it came, or one came already");
    ofName.set(version.key, slot);
    const row = fileRow(vendor.id, delivery, version, slot, asOf);
    if (counts(version)) slot.met = version;
    return row;
  });
  const open = slots.filter(({ met, closes, due }) => !met && (isEnabled(vendor) || closes < asOf || due <= asOf));
  return [...came, ...open.map((slot) => openRow(vendor.id, delivery, slot, asOf))];
}

/**
 * The time due that a version is for: of those that no file has met the one whose window is open, else the one of an
 * earlier version of the name, else the last one that was missed. Another version of a name that says which file it is
 * (`LAB_20261123.csv`) is the same delivery again, also in the window of the next one.
 */
function slotOf({ files }: Delivery, slots: readonly Slot[], earlier: Slot | undefined, at: number): Slot | undefined {
  if (earlier && /[*?]|\{date\}/.test(files)) return earlier;
  const free = slots.filter(({ met }) => !met);
  const open = free.find(({ opens, closes }) => opens <= at && at <= closes);
  return open ?? earlier ?? free.filter(({ closes }) => closes < at).at(-1);
}

function counts({ refusal, failed }: ReceivedVersion): boolean {
  return refusal === undefined && !failed;
}

function fileRow(vendor: string, delivery: Delivery, version: ReceivedVersion, slot: Slot, asOf: number): ArrivalRow {
  const problems = [...problemsOfFile(delivery, version, slot, asOf)];
  return { vendor, delivery, due: slot.due, status: statusOf(version), version, problems };
}

function statusOf({ failed, refusal, superseded, verified }: ReceivedVersion): ArrivalStatus {
  if (failed) return "failed";
  if (refusal !== undefined) return "refused";
  if (superseded) return "superseded";
  return verified ? "verified" : "arrived";
}

function* problemsOfFile(
  { sizeBytes, manifest, sha256File }: Delivery,
  version: ReceivedVersion,
  slot: Slot,
  asOf: number,
): Generator<ArrivalProblem> {
  const { bytes, receivedAt, refusal, failed, verified, promoted, superseded } = version;
  if (failed) return yield { kind: "failed", says: "the transfer was broken off" };
  if (refusal !== undefined) yield { kind: "refused", says: refusal };
  // A correction of what came in time is not late.
  if (receivedAt > slot.closes && !slot.met)
    yield { kind: "late", says: `${duration(receivedAt - slot.closes)} after its window` };
  if (bytes === undefined || bytes < sizeBytes.min || bytes > sizeBytes.max) {
    const says = `${bytes ?? "unknown"} bytes, expected ${sizeBytes.min} to ${sizeBytes.max}`;
    yield { kind: "out of range", says };
  }
  if (refusal !== undefined || asOf <= Math.max(slot.closes, receivedAt + DAY_MS)) return;
  if (!verified && (manifest === "required" || sha256File === "required")) {
    yield { kind: "not verified", says: "the sender's SHA-256 is required and was not compared" };
  }
  if (!promoted && !superseded)
    yield { kind: "not promoted", says: "it is not in the record bucket a day after receipt" };
}

const DAY_MS = 86_400_000;

function openRow(vendor: string, delivery: Delivery, { due, closes }: Occurrence, asOf: number): ArrivalRow {
  const isOverdue = asOf > closes;
  const problems = isOverdue ? [{ kind: "overdue", says: `for ${duration(asOf - closes)}` } as const] : [];
  return { vendor, delivery, due, status: isOverdue ? "overdue" : "expected", version: null, problems };
}

function unexpectedRow(vendor: string, delivery: Delivery | null, version: ReceivedVersion, says: string): ArrivalRow {
  const status = version.failed ? "failed" : version.refusal === undefined ? "unexpected" : "refused";
  const refused = version.refusal === undefined ? [] : [{ kind: "refused", says: version.refusal } as const];
  return { vendor, delivery, due: null, status, version, problems: [{ kind: "unexpected", says }, ...refused] };
}

/** The same bytes a second time, from whomever and under whatever name. The first one, of those not refused, is not marked. */
function withDuplicates(rows: readonly ArrivalRow[], files: readonly ReceivedVersion[]): ArrivalRow[] {
  const first = new Map<string, ReceivedVersion>();
  for (const file of files) {
    if (file.sha256 !== undefined && counts(file) && !first.has(file.sha256)) first.set(file.sha256, file);
  }
  return rows.map((row) => {
    const { version } = row;
    const origin = version?.sha256 === undefined ? undefined : first.get(version.sha256);
    if (!version || !origin || version.receivedAt < origin.receivedAt || origin === version) return row;
    const of = origin.key === version.key ? "an earlier version of it" : `${origin.vendor} ${origin.name}`;
    return { ...row, problems: [...row.problems, { kind: "duplicate content", says: `the same bytes as ${of}` }] };
  });
}

/** Whole minutes, hours or days, rounded down. */
function duration(ms: number): string {
  const [minutes, hours, days] = [Math.floor(ms / 60_000), Math.floor(ms / 3_600_000), Math.floor(ms / DAY_MS)];
  return days >= 2 ? `${days} days` : hours >= 2 ? `${hours} h` : `${minutes} min`;
}
