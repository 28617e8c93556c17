// SPDX-License-Identifier: Apache-2.0
import { type AppendOptions, append, finish } from "../../ledger/append";
import { type EventFacts, type EventType, eventId, type LedgerEvent, type ObjectVersion } from "../../ledger/entry";
import type { LedgerStore } from "../../ledger/store";
import { chainOf, placeOf } from "./key";

/** What decides on the fate of a version; SUPERSEDED and TRANSFER_FAILED do not. */
const DECIDING: readonly EventType[] = [
  "RECEIVED",
  "ATTRIBUTED",
  "MANIFEST_OK",
  "MANIFEST_MISMATCH",
  "MANIFEST_MISSING",
  "PROMOTED",
  "QUARANTINED",
];

/** So many events are remembered before they are forgotten all at once. */
const MOST_REMEMBERED = 50_000;

/** Reads and writes what the ledger says of versions. */
export class History {
  /** Events that this process knows to stand, mirrored: what stands never changes. */
  private readonly known = new Map<string, LedgerEvent>();

  constructor(
    private readonly ledger: LedgerStore,
    private readonly options: AppendOptions,
    /** Told of every event that is new. */
    private readonly recorded: (event: LedgerEvent) => void = () => undefined,
  ) {}

  /** Records an event, once: the same one again only has its mirror made good. */
  async record(type: EventType, version: ObjectVersion, facts: EventFacts): Promise<LedgerEvent> {
    const { bucket, key, versionId } = version;
    const known = this.known.get(nameOf({ type, bucket, key, versionId }));
    if (known) return known;
    const place = placeOf(key);
    const study = place.lane === "record" ? { study: place.study } : {};
    const draft = { type, vendor: chainOf(key), bucket, key, versionId, ...study, ...facts };
    const { event, added } = await append(this.ledger, draft, this.options);
    this.remember(event);
    if (added) this.recorded(event);
    return event;
  }

  /** An event that stands, with its mirror made good: whoever acts on it may be the last to look at it. */
  async find(type: EventType, { bucket, key, versionId }: ObjectVersion): Promise<LedgerEvent | undefined> {
    const known = this.known.get(nameOf({ type, bucket, key, versionId }));
    if (known) return known;
    const id = eventId({ type, bucket, key, versionId });
    const stored = await this.ledger.event(id);
    if (!stored) return undefined;
    const { event } = await finish(this.ledger, stored, id);
    this.remember(event);
    return event;
  }

  /** Events that decide on a version, by type. */
  async of(version: ObjectVersion): Promise<ReadonlyMap<EventType, LedgerEvent>> {
    const found = await Promise.all(DECIDING.map((type) => this.find(type, version)));
    return new Map(found.flatMap((event) => (event ? [[event.type, event] as const] : [])));
  }

  private remember(event: LedgerEvent): void {
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(nameOf(event), event);
  }

  now(): Date {
    return this.options.now();
  }
}

function nameOf({ type, bucket, key, versionId }: ObjectVersion & { readonly type: EventType }): string {
  return JSON.stringify([type, bucket, versionId, key]);
}
