// SPDX-License-Identifier: Apache-2.0
import type { Delivery, Vendor } from "../vendor";

/** A delivery of the stack's settings: it is never due, and what comes is in time. */
export interface UndatedDelivery
  extends Pick<Delivery, "name" | "files" | "sizeBytes" | "manifest" | "sha256File" | "blinding"> {
  /** Minutes from receipt in which it is promoted or refused. */
  readonly windowMinutes: number;
}

export type ExpectedDelivery = Delivery | UndatedDelivery;

/** Who may send, a vendor or a system of one's own, and what is expected of it. */
export interface Sender extends Pick<Vendor, "id" | "enabled" | "until"> {
  readonly studies: ReadonlyArray<{ readonly id: string; readonly deliveries?: readonly ExpectedDelivery[] }>;
  /** Where it writes records itself; `study` undefined: of every study. @default - nowhere: its files are promoted */
  readonly writesRecords?: ReadonlyArray<{ readonly bucket: string; readonly study?: string }>;
}

export function isScheduled(delivery: ExpectedDelivery): delivery is Delivery {
  return "cadence" in delivery;
}

/** Senders of the settings and of the vendors file as one list; what both name is one sender, the settings' deliveries first. */
export function together(settled: readonly Sender[], vendors: readonly Sender[]): readonly Sender[] {
  const ids = [...new Set([...vendors, ...settled].map(({ id }) => id))];
  return ids.map((id) => {
    const vendor = vendors.find((one) => one.id === id);
    const own = settled.find((one) => one.id === id);
    if (!vendor || !own) return (vendor ?? own)!;
    const studies = [...new Set([...own.studies, ...vendor.studies].map((study) => study.id))].map((study) => ({
      id: study,
      deliveries: [...own.studies, ...vendor.studies].flatMap((one) =>
        one.id === study ? (one.deliveries ?? []) : [],
      ),
    }));
    return { ...vendor, ...own, until: vendor.until, enabled: vendor.enabled, studies };
  });
}
