// SPDX-License-Identifier: Apache-2.0
import { sha256Hex } from "../../json";
import type { LedgerFacts, ProofFacts, ProvedEvent } from "../facts";
import { placeOf } from "../subject";
import { fails, holds, type Link, link, unseen } from "./link";
import { weakerLock } from "./lock-period";
import { statedIn } from "./manifest";

const REFUSALS: readonly string[] = ["QUARANTINED", "MANIFEST_MISMATCH", "MANIFEST_MISSING"];

/** The event of a type; there is one at most, since its id is that of type and version. */
export function eventOf(events: readonly ProvedEvent[], type: string): ProvedEvent["event"] | undefined {
  return events.find(({ event }) => event.type === type)?.event;
}

/** That the ledger tells of its receipt, of where it came from, and of nothing against it. */
export function ledgerLink({ object, ledger, versions, subject }: ProofFacts): Link {
  if ("unseen" in ledger) return unseen("ledger", ledger.unseen);
  if ("unseen" in object) return unseen("ledger", object.unseen);
  if (object.seen === null) return unseen("ledger", "there is no version to look up");
  const { own, source, entries } = ledger.seen;
  const receipt = eventOf(own, "RECEIVED");
  if (!receipt) return fails("ledger", `no event of its receipt in chain ${ledger.seen.chain}`);
  const refusal = [...own, ...source].find(({ event }) => REFUSALS.includes(event.type));
  if (refusal) {
    const { type, reason } = refusal.event;
    return fails("ledger", `event ${refusal.sequence} is ${type}${reason === undefined ? "" : `: ${reason}`}`);
  }
  const promotion = eventOf(source, "PROMOTED");
  if (object.seen.source !== null && object.seen.source !== eventOf(source, "RECEIVED")?.id) {
    return fails("ledger", "it says that it was promoted, and the ledger does not say from what");
  }
  if (promotion) {
    const first = eventOf(source, "RECEIVED")?.sha256;
    const last = receipt.sha256;
    if (first === undefined) return fails("ledger", "no event of the receipt in the inbox, where it was promoted from");
    if (first !== last || promotion.sha256 !== last) {
      return fails("ledger", `received as ${first}, promoted as ${promotion.sha256}, and lies there as ${last}`);
    }
  }
  const newer = "seen" in versions ? nextNewer(versions.seen, subject.versionId) : undefined;
  if (newer !== undefined && eventOf(own, "SUPERSEDED")?.supersededBy !== newer) {
    return fails("ledger", `version ${newer} followed it, and no event says so`);
  }
  const places = [...source, ...own].map(({ sequence }) => sequence).sort((a, b) => a - b);
  const { receivedAt } = eventOf(source, "RECEIVED") ?? receipt;
  const from = promotion ? `, promoted from ${promotion.bucket} at ${promotion.at}` : "";
  return holds("ledger", `received at ${receivedAt}${from}; places ${places.join(", ")} of ${entries}`);
}

/** The version that took the place of another one as the newest. */
function nextNewer(
  versions: ReadonlyArray<{ readonly versionId: string; readonly deleteMarker: boolean }>,
  versionId: string | undefined,
): string | undefined {
  const kept = versions.filter(({ deleteMarker }) => !deleteMarker);
  const at = versionId === undefined ? 0 : kept.findIndex((one) => one.versionId === versionId);
  return kept[at - 1]?.versionId;
}

/** That the hash that the sender stated is the one of what was received, and that the statement still lies there. */
export function senderLink({ ledger, manifest, subject }: ProofFacts): Link {
  if ("unseen" in ledger) return unseen("sender", ledger.unseen);
  const { own, source, manifestSha256 } = ledger.seen;
  const receipt = eventOf(own, "RECEIVED");
  const stated = eventOf([...source, ...own], "MANIFEST_OK");
  if (!stated) return link("sender", "not-applicable", "no manifest states a SHA-256 of it");
  if (!receipt) return fails("sender", "the ledger has no hash of its receipt to compare with");
  if (stated.senderSha256 !== receipt.sha256 || stated.sha256 !== receipt.sha256) {
    return fails("sender", `the sender stated ${stated.senderSha256}, and ${receipt.sha256} was received`);
  }
  if (manifest === undefined) return unseen("sender", "the manifest was not looked at");
  if ("unseen" in manifest) return unseen("sender", manifest.unseen);
  if (manifestSha256 === undefined) return fails("sender", "the ledger has no event of the manifest's receipt");
  if (sha256Hex(manifest.seen) !== manifestSha256) {
    return fails("sender", "the manifest has other bytes than those that the ledger has a receipt of");
  }
  const says = statedIn(manifest.seen, stated.manifest!.key, placeOf(subject.key).name);
  if (says !== receipt.sha256) {
    return fails("sender", `the manifest states ${says ?? "nothing"}, and ${receipt.sha256} was received`);
  }
  return holds("sender", `${stated.manifest!.key} states the SHA-256 that was received`);
}

/** That every link of the vendor's chain holds, from the first to the last, and agrees with the daily roots. */
export function chainLink({ ledger }: ProofFacts): Link {
  if ("unseen" in ledger) return unseen("chain", ledger.unseen);
  const { chain, entries, head, problems, roots } = ledger.seen;
  if (entries === 0) return fails("chain", `chain ${chain} has no entries`);
  if (problems.length > 0) return fails("chain", firstOf(problems));
  if ("unseen" in roots) return unseen("chain", `daily roots: ${roots.unseen}`);
  if (roots.seen.problems.length > 0) return fails("chain", `a daily root differs: ${roots.seen.problems[0]}`);
  const { count } = roots.seen;
  const agreed = ["no daily root names it yet", "1 daily root agrees"][count] ?? `${count} daily roots agree`;
  return holds("chain", `all ${entries} links of chain ${chain} hold, the last ${head}; ${agreed}`);
}

/** That every entry lies in the audit bucket as the same bytes, once, and that the copies of these events are locked. */
export function mirrorLink(facts: ProofFacts): Link {
  const { ledger } = facts;
  if ("unseen" in ledger) return unseen("mirror", ledger.unseen);
  const { mirror, own, source, entries } = ledger.seen;
  if ("unseen" in mirror) return unseen("mirror", mirror.unseen);
  const { problems, copies } = mirror.seen;
  if (problems.length > 0) return fails("mirror", firstOf(problems));
  if (own.length === 0) return fails("mirror", "there is no event whose copy could lie there");
  const weak = locksOf(facts, ledger.seen, copies);
  if (weak) return weak;
  return holds(
    "mirror",
    `${entries} of ${entries} entries as the same bytes; the ${own.length + source.length} of this file are locked`,
  );
}

function locksOf(
  { auditLock, asOf }: ProofFacts,
  { own, source }: LedgerFacts,
  copies: ReadonlyArray<Extract<LedgerFacts["mirror"], { seen: unknown }>["seen"]["copies"][number]>,
): Link | undefined {
  if ("unseen" in auditLock) return unseen("mirror", auditLock.unseen);
  if (auditLock.seen === null) return fails("mirror", "the audit bucket gives no lock");
  for (const { sequence } of [...own, ...source]) {
    const copy = copies.find((one) => one.sequence === sequence);
    if (!copy) return fails("mirror", `event ${sequence} has no copy`);
    if ("unseen" in copy.lock) return unseen("mirror", copy.lock.unseen);
    const { lastModified } = copy;
    const weaker = weakerLock(copy.lock.seen, { given: auditLock.seen, lastModified, asOf, held: false });
    if (weaker !== undefined) return fails("mirror", `copy of event ${sequence}: ${weaker}`);
  }
  return undefined;
}

function firstOf(problems: readonly string[]): string {
  return problems.length === 1 ? problems[0]! : `${problems.length} problems, the first: ${problems[0]}`;
}
