// SPDX-License-Identifier: Apache-2.0
import { type Delivery, isEnabled } from "../vendor";
import { fitsPattern, isSideFile } from "./file-name";
import type { ReceivedVersion } from "./received";
import { type Occurrence, occurrences } from "./schedule";
import { type ExpectedDelivery, isScheduled, type Sender, type UndatedDelivery } from "./sender";

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
  readonly delivery: ExpectedDelivery | null;
  readonly due: number | null;
  readonly status: ArrivalStatus;
  readonly version: ReceivedVersion | null;
  /** Whether the file lies in the record bucket, `direct` where its sender put it there; null of one that has not come. */
  readonly record: "promoted" | "not promoted" | "direct" | null;
  readonly problems: readonly ArrivalProblem[];
}

/** An occurrence with the file that meets it. */
interface Slot extends Occurrence {
  met?: ReceivedVersion;
}

/**
 * What was expected of every sender for a study against what came, by time due or received.
 *
 * @param senders vendors, and systems of one's own where the settings were read
 * @param versions as `receivedVersions` gives them, oldest first
 * @param asOf instant in milliseconds
 * @param stranger what is said of a file whose sender is none of them
 */
export function arrivalsOf(
  senders: readonly Sender[],
  study: string,
  versions: readonly ReceivedVersion[],
  asOf: number,
  stranger = "the vendor is not in the vendors file",
): readonly ArrivalRow[] {
  const files = versions.filter(({ name }) => !isSideFile(name));
  const ids = new Set([...senders.map(({ id }) => id), ...files.map(({ vendor }) => vendor)]);
  const rows = [...ids].flatMap((id) => {
    const own = files.filter((file) => file.vendor === id);
    const sender = senders.find((one) => one.id === id);
    return sender ? rowsOfSender(sender, study, own, asOf) : own.map((file) => unexpectedRow(null, file, stranger));
  });
  const marked = withDuplicates(rows, files);
  return marked.sort((a, b) => timeOf(a) - timeOf(b) || a.vendor.localeCompare(b.vendor, "en"));
}

function timeOf({ due, version }: ArrivalRow): number {
  return version?.receivedAt ?? due ?? 0;
}

function rowsOfSender(
  sender: Sender,
  study: string,
  files: readonly ReceivedVersion[],
  asOf: number,
): readonly ArrivalRow[] {
  const deliveries = sender.studies.find((one) => one.id === study)?.deliveries ?? [];
  const isOwnRecord = ({ bucket }: ReceivedVersion) =>
    (sender.writesRecords ?? []).some((place) => place.bucket === bucket && (place.study ?? study) === study);
  const sent = files.filter((file) => !isOwnRecord(file));
  const deliveryOf = (name: string) => deliveries.find((delivery) => fitsPattern(delivery.files, name));
  const unexpected = sent.filter(({ name }) => deliveryOf(name) === undefined);
  return [
    ...deliveries.flatMap((delivery) => {
      const own = sent.filter(({ name }) => deliveryOf(name) === delivery);
      return isScheduled(delivery)
        ? rowsOfDelivery(sender, delivery, own, asOf)
        : own.map((version) => undatedRow(delivery, version, asOf));
    }),
    ...unexpected.map((version) => unexpectedRow(null, version, "no delivery expects a file of this name")),
    ...files.filter(isOwnRecord).map(directRow),
  ];
}

/** Folder that who writes records itself puts before the name, as promotion does. */
const DAY_OF_RECEIPT = /^\d{4}-\d\d-\d\d\/[^/]/;

/** Nobody says what to expect of who writes records itself, so that what it wrote is in order when it is where it belongs. */
function directRow(version: ReceivedVersion): ArrivalRow {
  if (!DAY_OF_RECEIPT.test(version.name)) {
    return unexpectedRow(null, version, "in the record bucket the day of receipt stands before the name");
  }
  const status = statusOf(version);
  return { vendor: version.vendor, delivery: null, due: null, status, version, record: "direct", problems: [] };
}

function undatedRow(delivery: UndatedDelivery, version: ReceivedVersion, asOf: number): ArrivalRow {
  const closes = version.receivedAt + delivery.windowMinutes * 60_000;
  return fileRow(version.vendor, delivery, version, { due: null, closes, isMet: false }, asOf);
}

function rowsOfDelivery(
  sender: Sender,
  delivery: Delivery,
  files: readonly ReceivedVersion[],
  asOf: number,
): readonly ArrivalRow[] {
  const slots: Slot[] = occurrences(delivery, sender, asOf).map((one) => ({ ...one }));
  const ofName = new Map<string, Slot>();
  const came = files.map((version): ArrivalRow => {
    const slot = slotOf(delivery, slots, ofName.get(version.key), version.receivedAt);
    if (!slot) return unexpectedRow(delivery, version, "no file is due when it came, or one came already");
    ofName.set(version.key, slot);
    const row = fileRow(sender.id, delivery, version, { ...slot, isMet: slot.met !== undefined }, asOf);
    if (counts(version)) slot.met = version;
    return row;
  });
  const open = slots.filter(({ met, closes, due }) => !met && (isEnabled(sender) || closes < asOf || due <= asOf));
  return [...came, ...open.map((slot) => openRow(sender.id, delivery, slot, asOf))];
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

/** Until when a file is in time, and whether one came before it. */
interface TimeDue {
  readonly due: number | null;
  readonly closes: number;
  readonly isMet: boolean;
}

function fileRow(
  vendor: string,
  delivery: ExpectedDelivery,
  version: ReceivedVersion,
  time: TimeDue,
  asOf: number,
): ArrivalRow {
  const problems = [...problemsOfFile(delivery, version, time, asOf)];
  const status = statusOf(version);
  return { vendor, delivery, due: time.due, status, version, record: recordOf(version), problems };
}

function recordOf({ promoted }: ReceivedVersion): ArrivalRow["record"] {
  return promoted ? "promoted" : "not promoted";
}

function statusOf({ failed, refusal, superseded, verified }: ReceivedVersion): ArrivalStatus {
  if (failed) return "failed";
  if (refusal !== undefined) return "refused";
  if (superseded) return "superseded";
  return verified ? "verified" : "arrived";
}

function* problemsOfFile(
  { sizeBytes, manifest, sha256File }: ExpectedDelivery,
  version: ReceivedVersion,
  { closes, isMet }: TimeDue,
  asOf: number,
): Generator<ArrivalProblem> {
  const { bytes, receivedAt, refusal, failed, verified, promoted, superseded } = version;
  if (failed) return yield { kind: "failed", says: "the transfer was broken off" };
  if (refusal !== undefined) yield { kind: "refused", says: refusal };
  // A correction of what came in time is not late.
  if (receivedAt > closes && !isMet) yield { kind: "late", says: `${duration(receivedAt - closes)} after its window` };
  if (bytes === undefined || bytes < sizeBytes.min || bytes > sizeBytes.max) {
    const says = `${bytes ?? "unknown"} bytes, expected ${sizeBytes.min} to ${sizeBytes.max}`;
    yield { kind: "out of range", says };
  }
  if (refusal !== undefined || asOf <= Math.max(closes, receivedAt + DAY_MS)) return;
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
  return { vendor, delivery, due, status: isOverdue ? "overdue" : "expected", version: null, record: null, problems };
}

function unexpectedRow(delivery: Delivery | null, version: ReceivedVersion, says: string): ArrivalRow {
  const status = version.failed ? "failed" : version.refusal === undefined ? "unexpected" : "refused";
  const refused = version.refusal === undefined ? [] : [{ kind: "refused", says: version.refusal } as const];
  const problems = [{ kind: "unexpected", says } as const, ...refused];
  return { vendor: version.vendor, delivery, due: null, status, version, record: recordOf(version), problems };
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
