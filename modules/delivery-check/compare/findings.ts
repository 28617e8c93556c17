// SPDX-License-Identifier: Apache-2.0
import { blindingOf } from "../../ingest/arrivals/blinding";
import { type Delivery, deliveryOf } from "../../ingest/arrivals/delivery";
import { canonical, sha256 } from "../../ledger/entry";
import type { Received } from "./received";
import { type Due, timesDue } from "./schedule";

export type FindingKind = "OVERDUE" | "UNEXPECTED" | "DUPLICATE_CONTENT" | "OUT_OF_RANGE";

/** Something that is not as expected. */
export interface Finding {
  readonly kind: FindingKind;
  readonly vendor: string;
  readonly study: string;
  /** Name of the delivery; undefined where none expects the file. */
  readonly delivery?: string;
  /** The file that it is about. */
  readonly file?: Received;
  /** The time due that it is about, in milliseconds since 1970. */
  readonly due?: number;
  readonly says: string;
}

/** The same in every run that finds the same. */
export function findingId({ kind, vendor, study, delivery = "", file, due }: Finding): string {
  return sha256(canonical([kind, vendor, study, delivery, file?.key ?? "", file?.versionId ?? "", String(due ?? "")]));
}

/** A time due, with whether a file has met it. */
interface Slot extends Due {
  met: boolean;
}

/**
 * What is overdue, unexpected, the same bytes again, or too small or large.
 *
 * @param received by time, as `receivedOf` gives it
 * @param since nothing is known of what was received before; what was due before is not asked for. Milliseconds since 1970
 * @param asOf the present, in milliseconds since 1970
 */
export function findingsOf(
  deliveries: readonly Delivery[],
  received: readonly Received[],
  since: number,
  asOf: number,
): readonly Finding[] {
  const expected = deliveries.flatMap((delivery) => {
    const own = received.filter((file) => expecting(deliveries, file) === delivery);
    return ofDelivery(delivery, own, since, asOf);
  });
  const strangers = received.filter((file) => expecting(deliveries, file) === undefined);
  return [
    ...expected,
    ...strangers.map((file) => unexpected(file, undefined, "no delivery expects a file of this name")),
    ...duplicates(deliveries, received),
  ];
}

/** Whether everybody may read what files of a vendor and study are called: only where the deliveries say so. */
export function mayBeNamed(
  deliveries: readonly Delivery[],
  { vendor, study }: { readonly vendor: string; readonly study: string },
): boolean {
  return blindingOf(deliveries, vendor, study) === "blinded";
}

function expecting(deliveries: readonly Delivery[], { vendor, study, name }: Received): Delivery | undefined {
  const own = deliveries.filter((delivery) => delivery.vendor === vendor);
  return deliveryOf(own, study, name);
}

function ofDelivery(delivery: Delivery, files: readonly Received[], since: number, asOf: number): readonly Finding[] {
  const { vendor, study, name, schedule, sizeBytes } = delivery;
  const slots = schedule && timesDue(schedule, asOf).map((due): Slot => ({ ...due, met: false }));
  const slotOfKey = new Map<string, Slot>();
  const found: Finding[] = [];
  for (const file of files) {
    if (slots) {
      const slot = slotFor(delivery, slots, slotOfKey.get(file.key), file.at);
      if (!slot) {
        found.push(unexpected(file, name, "no file is due when it came, or one came already"));
        continue;
      }
      slotOfKey.set(file.key, slot);
      slot.met ||= !file.refused && !file.failed;
    }
    if (file.failed || (file.bytes !== undefined && file.bytes >= sizeBytes.min && file.bytes <= sizeBytes.max))
      continue;
    const says = `${file.bytes ?? "unknown"} bytes, expected ${sizeBytes.min} to ${sizeBytes.max}`;
    found.push({ kind: "OUT_OF_RANGE", vendor, study, delivery: name, file, says });
  }
  const missed = (slots ?? []).filter(({ met, closes }) => !met && closes < asOf && closes >= since);
  for (const { at, closes } of missed) {
    const what = delivery.blinding === "blinded" ? delivery.files : "a file";
    const says = `${what} was due until ${new Date(closes).toISOString()}`;
    found.push({ kind: "OVERDUE", vendor, study, delivery: name, due: at, says });
  }
  return found;
}

/**
 * The time due that a file is for: of those that none has met the one whose window is open, else the one of an earlier
 * version of its name, else the last that was missed. A name that says which file it is (`LAB_20261123.csv`) stays with the
 * time of its first version, also in the window of the next one.
 */
function slotFor({ files }: Delivery, slots: readonly Slot[], earlier: Slot | undefined, at: number): Slot | undefined {
  if (earlier && /[*?]|\{date\}/.test(files)) return earlier;
  const free = slots.filter(({ met }) => !met);
  const open = free.find(({ opens, closes }) => opens <= at && at <= closes);
  return open ?? earlier ?? free.filter(({ closes }) => closes < at).at(-1);
}

function unexpected(file: Received, delivery: string | undefined, says: string): Finding {
  const { vendor, study } = file;
  return { kind: "UNEXPECTED", vendor, study, ...(delivery === undefined ? {} : { delivery }), file, says };
}

/** The same bytes a second time in a study, from whomever and under whatever name; the first of those not refused is none. */
function duplicates(deliveries: readonly Delivery[], received: readonly Received[]): readonly Finding[] {
  const first = new Map<string, Received>();
  const place = ({ study, sha256: hash }: Received) => `${study} ${hash}`;
  for (const file of received) {
    if (file.sha256 !== undefined && !file.refused && !first.has(place(file))) first.set(place(file), file);
  }
  return received.flatMap((file) => {
    const origin = first.get(place(file));
    if (!origin || origin === file || file.at < origin.at) return [];
    const other = mayBeNamed(deliveries, origin) ? `${origin.vendor} ${origin.name}` : `a file of ${origin.vendor}`;
    const of = origin.key === file.key ? "an earlier version of it" : other;
    const { vendor, study } = file;
    return { kind: "DUPLICATE_CONTENT" as const, vendor, study, file, says: `the same bytes as ${of}` };
  });
}
