// SPDX-License-Identifier: Apache-2.0
import { type BoundDocument, isOf, judgeApprovals } from "../approvals";
import type { Problem } from "./conclusion";
import { type EntryBodies, entriesOf, type JournalEntry } from "./entries";
import { type Protocol, protocolHash } from "./protocol";

/** Journals of this version say who executes, which attempt it is, and what was approved before. */
export const APPROVALS_SINCE = 2;

/** A protocol as approvals are bound to it; undefined of one that was never issued. */
export function boundProtocol(protocol: Protocol): BoundDocument | undefined {
  if (!protocol.issue) return undefined;
  const { version, issuedAt } = protocol.issue;
  return { id: protocol.id, version, issuedAt, sha256: protocolHash(protocol) };
}

/** Names of whoever executes: a reviewer must bear none of them. */
export function executorNames(executor: EntryBodies["run-started"]["executor"]): readonly string[] {
  return executor ? [executor.login.name] : [];
}

/** How a run was allowed to execute; undefined of a journal that is older than approvals. */
export function executionOf(entries: readonly JournalEntry[]): { provisional: boolean; attempt: number } | undefined {
  const start = entriesOf(entries, "run-started")[0]?.body;
  if (!start || start.schemaVersion < APPROVALS_SINCE) return undefined;
  // Without an entry nothing was approved.
  const provisional = entriesOf(entries, "approvals")[0]?.body.provisional ?? true;
  return { provisional, attempt: start.attempt?.number ?? 1 };
}

/**
 * What is wrong with the approvals that a run was begun with: they stand once, before anything is fixed or applied, speak of
 * the protocols that were executed, and, unless the run is provisional, approve each of them.
 *
 * @param kind of the target: evidence of AWS is never older than approvals
 */
export function checkApprovals(
  protocols: readonly Protocol[],
  entries: readonly JournalEntry[],
  kind: "emulator" | "aws",
): Problem[] {
  const start = entriesOf(entries, "run-started")[0];
  const given = entriesOf(entries, "approvals");
  if (!start) return [];
  if (start.body.schemaVersion < APPROVALS_SINCE) {
    return kind === "aws" || given.length > 0 ? [failed("run-started", "its version knows no approvals")] : [];
  }
  const [entry] = given;
  if (!entry) return [{ status: "INCOMPLETE", where: "approvals", what: "no entry says what was approved before" }];
  if (given.length > 1) return [failed("approvals", "stand more than once")];
  const first = entries.find(({ type }) => type === "protocol-fixed" || type === "apply-started");
  const problems = first && first.seq < entry.seq ? [failed("approvals", `stand after ${first.type}`)] : [];
  const { body, at } = entry;
  const fixed = entriesOf(entries, "protocol-fixed").map(({ body: { protocol, protocolSha256 } }) => ({
    protocol,
    protocolSha256,
  }));
  for (const { protocol, protocolSha256 } of fixed) {
    const named = body.protocols.find((one) => one.protocol === protocol);
    if (named?.protocolSha256 === protocolSha256) continue;
    problems.push(failed(`protocol ${protocol}`, "is not the one that the run was begun with"));
  }
  if (body.provisional) return problems;
  for (const protocol of protocols) {
    const document = boundProtocol(protocol);
    if (!document) {
      problems.push(failed(`protocol ${protocol.id}`, "was never issued to be approved"));
      continue;
    }
    const own = body.given.map((one) => ({ ...one, name: one.files[0]!.path })).filter((one) => isOf(one, document));
    const judged = { document, until: Date.parse(at), executors: executorNames(start.body.executor) };
    for (const { fault, where, what } of judgeApprovals(own, judged)) {
      problems.push(failed(`protocol ${protocol.id}`, `${fault} ${where}: ${what}`));
    }
  }
  return problems;
}

function failed(where: string, what: string): Problem {
  return { status: "FAILED", where, what };
}
