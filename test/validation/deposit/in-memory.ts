// SPDX-License-Identifier: Apache-2.0
import type { Archive, ArchiveFacts, KeptVersion } from "../../../validation/deposit";

export const NOW = new Date("2026-11-22T12:00:00.000Z");

export const DEVELOPMENT: ArchiveFacts = { versioning: true, tags: { Environment: "development" } };
export const PRODUCTION: ArchiveFacts = {
  versioning: true,
  lock: { mode: "COMPLIANCE", years: 25 },
  tags: { Environment: "production" },
};

/** A bucket in memory, whose versions carry the lock of its facts. */
export class InMemoryArchive implements Archive {
  readonly objects = new Map<string, Buffer>();
  /** Keys in the order in which they were put. */
  readonly order: string[] = [];

  constructor(private readonly said: ArchiveFacts) {}

  async caller(): Promise<string> {
    return "arn:aws:sts::111122223333:assumed-role/depositor/one";
  }

  async facts(): Promise<ArchiveFacts> {
    return this.said;
  }

  async put(_bucket: string, key: string, bytes: Buffer): Promise<string | undefined> {
    if (this.objects.has(key)) return undefined;
    this.objects.set(key, bytes);
    this.order.push(key);
    return `version-of-${key}`;
  }

  async newest(_bucket: string, key: string): Promise<string | undefined> {
    return this.objects.has(key) ? `version-of-${key}` : undefined;
  }

  async read(_bucket: string, key: string, versionId: string): Promise<KeptVersion> {
    if (versionId !== `version-of-${key}`) throw new Error(`no version ${versionId} of ${key}`);
    const { lock } = this.said;
    const retainUntil = new Date(NOW);
    retainUntil.setUTCFullYear(retainUntil.getUTCFullYear() + (lock?.years ?? 0));
    return { bytes: this.objects.get(key)!, ...(lock ? { mode: lock.mode, retainUntil } : {}) };
  }
}
