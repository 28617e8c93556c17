// SPDX-License-Identifier: Apache-2.0
import type { Link } from "./entry";

/** An event as the table holds it. */
export interface StoredEvent {
  readonly vendor: string;
  readonly sequence: number;
  /** Canonical JSON, the bytes that were hashed. */
  readonly text: string;
}

/** What appending needs of the table and of the locked mirror. Reads are consistent: they see every finished write. */
export interface LedgerStore {
  event(eventId: string): Promise<StoredEvent | undefined>;
  link(vendor: string, sequence: number): Promise<Link | undefined>;
  /** Last link of a vendor's chain. */
  tail(vendor: string): Promise<Link | undefined>;
  /** Puts event and link, both or neither, each only where nothing stands; "taken" when something does or is about to. */
  add(vendor: string, eventText: string, link: Link): Promise<"added" | "taken">;
  /** Puts the locked copy; does nothing where one is. */
  mirror(vendor: string, sequence: number, text: string): Promise<void>;
}
