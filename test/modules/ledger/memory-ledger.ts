// SPDX-License-Identifier: Apache-2.0
import { canonical, type Link, sequenceText } from "../../../modules/ledger/entry";
import type { LedgerStore, StoredEvent } from "../../../modules/ledger/store";

/** Thrown where the process is to die. */
export class Crash extends Error {}

/** Table and mirror in memory. A write may be followed by a crash; each call lets other writers go first. */
export class MemoryLedger implements LedgerStore {
  readonly events = new Map<string, StoredEvent>();
  readonly chains = new Map<string, Map<number, Link>>();
  readonly mirrored = new Map<string, string>();
  private readonly last = new Map<string, Link>();

  constructor(private readonly afterWrite: (what: "add" | "mirror") => void = () => undefined) {}

  async event(eventId: string): Promise<StoredEvent | undefined> {
    await Promise.resolve();
    return this.events.get(eventId);
  }

  async link(vendor: string, sequence: number): Promise<Link | undefined> {
    return this.chains.get(vendor)?.get(sequence);
  }

  async tail(vendor: string): Promise<Link | undefined> {
    await Promise.resolve();
    return this.last.get(vendor);
  }

  async add(vendor: string, text: string, link: Link): Promise<"added" | "taken"> {
    await Promise.resolve();
    const chain = this.chains.get(vendor) ?? new Map<number, Link>();
    if (this.events.has(link.eventId) || chain.has(link.sequence)) return "taken";
    this.events.set(link.eventId, { vendor, sequence: link.sequence, text });
    this.chains.set(vendor, chain.set(link.sequence, link));
    this.last.set(vendor, link);
    this.afterWrite("add");
    return "added";
  }

  async mirror(vendor: string, sequence: number, text: string): Promise<void> {
    const key = `ledger/${vendor}/${sequenceText(sequence)}.json`;
    if (!this.mirrored.has(key)) this.mirrored.set(key, text);
    this.afterWrite("mirror");
  }

  /** Entries of a chain in order, as the table has them. */
  entries(vendor: string): string[] {
    return [...(this.chains.get(vendor) ?? new Map<number, Link>()).values()].map((link) =>
      canonical({ event: JSON.parse(this.events.get(link.eventId)!.text), link }),
    );
  }
}
