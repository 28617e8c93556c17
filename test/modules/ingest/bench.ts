// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { Arrivals } from "../../../modules/ingest/arrivals/arrival";
import type { Delivery } from "../../../modules/ingest/arrivals/delivery";
import { History } from "../../../modules/ingest/arrivals/history";
import type { ObjectStore, Verdict } from "../../../modules/ingest/arrivals/ports";
import type { EventType, ObjectVersion, TransferSession } from "../../../modules/ledger/entry";
import { MemoryLedger } from "../ledger/memory-ledger";
import { MemoryObjects } from "./memory-objects";

export const MINUTE = 60_000;
/** 2026-11-22T00:00:00Z. */
export const MIDNIGHT = Date.UTC(2026, 10, 22);
export const FOLDER = "clinical/inbound/raw/acme/abc-1/";

export const delivery: Delivery = {
  vendor: "acme",
  study: "abc-1",
  name: "lab",
  files: "lab*",
  sizeBytes: { min: 1, max: 100 },
  manifest: "none",
  sha256File: "none",
  finishedBy: "object",
  windowMinutes: 60,
  blinding: "blinded",
};

/** Ingest on S3 and a ledger in memory, with a clock that the test sets. */
export class Bench {
  now = MIDNIGHT;
  deliveries: readonly Delivery[];
  scanned: Verdict = { verdict: "CLEAN" };
  /** Id of a version on which there is no verdict. */
  undecided: string | undefined;
  readonly objects: MemoryObjects;
  readonly ledger: MemoryLedger;
  readonly arrivals: Arrivals;

  /** @param store S3 in the place of the one in memory */
  constructor(
    change: Partial<Delivery> = {},
    crash: () => void = () => undefined,
    private readonly store?: ObjectStore,
    largestBytes = 1000,
    private readonly largestTrialBytes = 10,
  ) {
    this.deliveries = [{ ...delivery, ...change }];
    this.objects = new MemoryObjects(crash);
    this.ledger = new MemoryLedger(crash);
    this.arrivals = this.process(largestBytes);
  }

  /** Ingest as another process on the same S3 and ledger. */
  process(largestBytes: number, handOver?: (version: ObjectVersion) => Promise<void>): Arrivals {
    const options = { now: () => new Date(this.now), wait: async () => undefined, random: () => 0.5 };
    return new Arrivals({
      inbox: "inbox",
      raw: "raw",
      unblinded: "unblinded",
      largestBytes,
      handOver,
      objects: this.store ?? this.objects,
      history: new History(this.ledger, options),
      deliveries: { of: async (vendor) => this.deliveries.filter((one) => one.vendor === vendor) },
      largestTrialBytes: this.largestTrialBytes,
      scan: {
        look: async ({ versionId }) =>
          versionId === this.undecided ? { verdict: "UNKNOWN", reason: "no answer" } : this.scanned,
      },
    });
  }

  /** Puts an object without a word to ingest. */
  put(name: string, content = name, bucket = "inbox"): ObjectVersion {
    return this.objects.put(bucket, name.startsWith("/") ? name.slice(1) : FOLDER + name, content, this.now);
  }

  async arrive(name: string, content = name, bucket = "inbox"): Promise<ObjectVersion> {
    const version = this.put(name, content, bucket);
    await this.arrivals.take({ kind: "object", version });
    return version;
  }

  async upload(
    kind: "upload-completed" | "upload-failed",
    name: string,
    change: Partial<TransferSession> = {},
    failure?: string,
  ) {
    const transfer = { ...sessionAt(this.now, name), ...change };
    await this.arrivals.take({ kind, bucket: "inbox", key: FOLDER + name, transfer, failure });
  }

  /** Types of the events of a version, in the order of the chain. */
  typesOf(version: ObjectVersion): EventType[] {
    return this.events()
      .filter(
        ({ bucket, key, versionId }) =>
          bucket === version.bucket && key === version.key && versionId === version.versionId,
      )
      .map(({ type }) => type);
  }

  events() {
    return [...this.ledger.events.values()].map(({ text }) => JSON.parse(text));
  }

  records(bucket = "raw"): string[] {
    return [...this.objects.all(bucket)].map(({ key }) => key);
  }
}

export function sessionAt(at: number, content: string): TransferSession {
  const time = new Date(at).toISOString();
  return {
    server: "s-1",
    session: `session-${at}`,
    user: "acme",
    clientIp: "192.0.2.1",
    startedAt: time,
    endedAt: time,
    bytes: Buffer.byteLength(content),
    status: "COMPLETED",
  };
}

export function sha256Of(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
