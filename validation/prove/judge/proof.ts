// SPDX-License-Identifier: Apache-2.0
import type { ProofFacts } from "../facts";
import { chainLink, ledgerLink, mirrorLink, senderLink } from "./ledger-links";
import type { Link } from "./link";
import { trailLink, transferLink } from "./log-links";
import { bytesLink, lockLink, replicaLink, versionLink } from "./object-links";

export type VerdictKind = "unmodified-since-manifest" | "unmodified-since-receipt" | "fails" | "not-looked-at";

export interface Verdict {
  readonly kind: VerdictKind;
  readonly sentence: string;
}

/** What was seen, what it means link by link, and one verdict. */
export interface Proof {
  readonly verdict: Verdict;
  readonly links: readonly Link[];
  readonly facts: ProofFacts;
}

/** Judges what was seen. What was not seen is never taken for good. */
export function judge(facts: ProofFacts): Proof {
  const links = [
    versionLink(facts),
    lockLink(facts),
    bytesLink(facts),
    senderLink(facts),
    ledgerLink(facts),
    chainLink(facts),
    mirrorLink(facts),
    trailLink(facts),
    transferLink(facts),
    replicaLink(facts),
  ];
  return { verdict: verdictOf(links), links, facts };
}

function verdictOf(links: readonly Link[]): Verdict {
  const titles = (state: Link["state"]) => links.filter((link) => link.state === state).map(({ title }) => title);
  const [failing, unseen] = [titles("fails"), titles("not-looked-at")];
  const also = unseen.length === 0 ? "" : ` Could not be looked at: ${unseen.join(", ")}.`;
  if (failing.length > 0) {
    return { kind: "fails", sentence: `Not shown to be unmodified. What fails: ${failing.join(", ")}.${also}` };
  }
  if (unseen.length > 0) return { kind: "not-looked-at", sentence: `Not shown to be unmodified.${also}` };
  if (links.some(({ id, state }) => id === "sender" && state === "holds")) {
    return { kind: "unmodified-since-manifest", sentence: "Unmodified since the sender's manifest." };
  }
  return {
    kind: "unmodified-since-receipt",
    sentence: "Unmodified since receipt. The sender stated no SHA-256, so what came before is not shown.",
  };
}
