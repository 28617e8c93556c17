// SPDX-License-Identifier: Apache-2.0

/** What is judged apart. In the order in which a page shows it. */
export type LinkId =
  | "version"
  | "lock"
  | "bytes"
  | "sender"
  | "ledger"
  | "chain"
  | "mirror"
  | "trail"
  | "transfer"
  | "replica";

/** `not-looked-at` and `fails` both keep the verdict from being "unmodified". */
export type LinkState = "holds" | "fails" | "not-looked-at" | "not-applicable";

/** One link between what was sent and what lies there. */
export interface Link {
  readonly id: LinkId;
  readonly title: string;
  readonly state: LinkState;
  /** Why, in a sentence. */
  readonly says: string;
}

const TITLES: Readonly<Record<LinkId, string>> = {
  version: "Version",
  lock: "Lock",
  bytes: "Checksum",
  sender: "Sender's manifest",
  ledger: "Ledger events",
  chain: "Ledger chain",
  mirror: "Ledger mirror",
  trail: "CloudTrail",
  transfer: "Transfer log",
  replica: "Replica",
};

export function link(id: LinkId, state: LinkState, says: string): Link {
  return { id, title: TITLES[id], state, says };
}

export function holds(id: LinkId, says: string): Link {
  return link(id, "holds", says);
}

export function fails(id: LinkId, says: string): Link {
  return link(id, "fails", says);
}

export function unseen(id: LinkId, why: string): Link {
  return link(id, "not-looked-at", why);
}
