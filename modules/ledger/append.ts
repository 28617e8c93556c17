// SPDX-License-Identifier: Apache-2.0
import { canonical, type EventDraft, eventId, type LedgerEvent, type Link, nextLink, recorded } from "./entry";
import type { LedgerStore, StoredEvent } from "./store";

export interface Appended {
  readonly event: LedgerEvent;
  readonly link: Link;
  /** False when the same event had come before: what stands is what was recorded then. */
  readonly added: boolean;
}

export interface AppendOptions {
  readonly now: () => Date;
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** At least 0, below 1. */
  readonly random: () => number;
}

/** Each lost turn means that another writer had it: so many in a row mean that something else is wrong. */
const MOST_ATTEMPTS = 100;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 500;

/** The ledger could not take or find what it must: the message is to come again. */
export class LedgerError extends Error {
  constructor(
    readonly code: "LEDGER_CONTENDED" | "LEDGER_BROKEN",
    message: string,
  ) {
    super(message);
    this.name = "LedgerError";
  }
}

/**
 * Records an event once: the same one again only has its mirror written where that is missing. The mirror comes last,
 * so that whatever is mirrored stands in the table.
 *
 * @throws LedgerError LEDGER_CONTENDED after a hundred lost turns; LEDGER_BROKEN when an event stands without its link
 */
export async function append(store: LedgerStore, draft: EventDraft, options: AppendOptions): Promise<Appended> {
  const id = eventId(draft);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const stored = await store.event(id);
    if (stored) return finish(store, stored, id);
    const event = recorded(draft, options.now());
    const text = canonical(event);
    const link = nextLink(await store.tail(draft.vendor), id, text);
    if ((await store.add(draft.vendor, text, link)) === "added") {
      await mirror(store, draft.vendor, event, link);
      return { event, link, added: true };
    }
    await options.wait(options.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
  }
  throw new LedgerError("LEDGER_CONTENDED", `no turn in ${MOST_ATTEMPTS} attempts to record event ${id}`);
}

/**
 * Makes good the mirror of an event that stands: a run may have broken off before it was written.
 *
 * @throws LedgerError LEDGER_BROKEN when the event stands without its link
 */
export async function finish(
  store: LedgerStore,
  { vendor, sequence, text }: StoredEvent,
  id: string,
): Promise<Appended> {
  const event = JSON.parse(text) as LedgerEvent;
  const link = await store.link(vendor, sequence);
  if (link?.eventId !== id) throw new LedgerError("LEDGER_BROKEN", `event ${id} stands without its link`);
  await mirror(store, vendor, event, link);
  return { event, link, added: false };
}

async function mirror(store: LedgerStore, vendor: string, event: LedgerEvent, link: Link): Promise<void> {
  await store.mirror(vendor, link.sequence, canonical({ event, link }));
}
