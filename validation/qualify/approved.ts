// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import {
  type Approval,
  type ApprovalFiles,
  isOf,
  judgeApprovals,
  parseAllowedSigners,
  readApproval,
  type Shortcoming,
} from "../approvals";
import { namedFiles, readApprovalsFolder } from "../approvals/approvals-folder";
import { Part11Error } from "../error";
import {
  assertProtocol,
  type Bundle,
  boundProtocol,
  type EntryBodies,
  type Executor,
  executorNames,
  type Protocol,
  protocolHash,
} from "../evidence";
import { canonicalJson, parseStrict, readCapped } from "../json";

const MAX_PROTOCOL_BYTES = 64_000_000;
const MAX_SIGNERS_BYTES = 1_000_000;

/** What people approved: protocols as issued, the records of the folder, the list that bears them out. */
export interface Approved {
  readonly protocols: readonly Protocol[];
  readonly records: ReadonlyArray<{ readonly files: ApprovalFiles; readonly approval: Approval }>;
  /** Bytes of the list of allowed signers; none was given with a folder that holds no record. */
  readonly signers?: Buffer;
}

/**
 * Reads a folder of `part11 protocol` with its approvals. A record that does not hold by itself is refused, in a provisional
 * run too: it would stand in the bundle as an approval.
 *
 * @param signers list of allowed signers
 * @throws FILE_NOT_FOUND, PROTOCOL_DIFFERS for what is no issued protocol, APPROVAL_REFUSED
 */
export function readApproved(folder: string, signers: string | undefined): Approved {
  const protocols = readProtocols(path.join(folder, "protocols"));
  const bytes = signers === undefined ? undefined : readCapped(signers, { maxBytes: MAX_SIGNERS_BYTES });
  const trust = { signers: bytes ? parseAllowedSigners(bytes, signers!) : [] };
  const records = readApprovalsFolder(path.join(folder, "approvals")).map((files) => ({
    files,
    approval: readApproval(files, trust),
  }));
  return { protocols, records, ...(bytes ? { signers: bytes } : {}) };
}

function readProtocols(folder: string): readonly Protocol[] {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  if (names.length === 0) throw differs(folder, "protocols of part11 protocol", "none");
  return names.map((name) => {
    const file = path.join(folder, name);
    const bytes = readCapped(file, { maxBytes: MAX_PROTOCOL_BYTES });
    const protocol = parseStrict(bytes, file);
    assertProtocol(protocol, file);
    if (!protocol.issue || !bytes.equals(Buffer.from(canonicalJson(protocol)))) {
      throw differs(
        file,
        "a protocol as part11 protocol issued it",
        "one without version and date, or in another spelling",
      );
    }
    return protocol;
  });
}

/**
 * The protocols that are executed: the approved ones where there are any, and those byte for byte.
 *
 * @param generated as the sources and tools of this run make them
 * @throws PROTOCOL_DIFFERS when an approved one is not what would be executed
 */
export function executedProtocols(generated: readonly Protocol[], approved: Approved | undefined): readonly Protocol[] {
  if (!approved) return generated;
  const ids = (all: readonly Protocol[]) =>
    all
      .map(({ id }) => id)
      .sort()
      .join(", ");
  if (ids(generated) !== ids(approved.protocols)) {
    throw differs("protocols", ids(generated), ids(approved.protocols));
  }
  return generated.map((one) => {
    const own = approved.protocols.find(({ id }) => id === one.id)!;
    const again = { ...one, issue: own.issue! };
    if (protocolHash(again) === protocolHash(own)) return own;
    throw differs(
      `protocol ${one.id}`,
      `${protocolHash(own)}, as approved`,
      `${protocolHash(again)}${firstDifference(own, again)}`,
    );
  });
}

function firstDifference(approved: Protocol, generated: Protocol): string {
  if (approved.target !== generated.target) return `, written for ${generated.target} instead of ${approved.target}`;
  const step = generated.steps.find((one, i) => canonicalJson(one) !== canonicalJson(approved.steps[i] ?? null));
  return step
    ? `, first at step ${step.id}`
    : `, of ${generated.steps.length} steps instead of ${approved.steps.length}`;
}

/** Returns when every protocol is approved by everybody who must. @throws APPROVALS_MISSING with all that is missing or wrong */
export function assertApproved(
  protocols: readonly Protocol[],
  approved: Approved | undefined,
  executor: Executor,
  now: Date,
): void {
  const executors = executorNames(executor);
  const found = protocols.flatMap((protocol): readonly Shortcoming[] => {
    const document = boundProtocol(protocol);
    if (!document) return [{ fault: "MISSING", where: protocol.id, what: "was never issued to be approved" }];
    const own = (approved?.records ?? []).map(({ approval }) => approval).filter((one) => isOf(one, document));
    return judgeApprovals(own, { document, until: now.getTime(), executors });
  });
  if (found.length === 0) return;
  throw notApproved(found.map(({ fault, where, what }) => `${fault} ${where}: ${what}`).join("; "));
}

/** @throws APPROVALS_MISSING for a run that is neither approved nor provisional */
export function notApproved(got: string): Part11Error {
  return new Part11Error({
    code: "APPROVALS_MISSING",
    what: "protocols not executed",
    where: "part11 qualify",
    expected:
      "author, reviewer, system owner and quality for each protocol, each another person, over exactly its SHA-256",
    got,
    todo: "issue them with part11 protocol, approve them with part11 approve and give --protocols and --signers, or run --provisional",
  });
}

/** Puts list and records into the bundle and says in the journal what was approved. */
export function journalApprovals(
  bundle: Bundle,
  protocols: readonly Protocol[],
  approved: Approved | undefined,
  provisional: boolean,
): void {
  const add = (name: string, bytes: Buffer) => bundle.addFile(`approvals/${name}`, bytes);
  const signers = approved?.signers && add("allowed_signers", approved.signers);
  const given = (approved?.records ?? []).map(({ files, approval: { statement, logins, made } }) => ({
    statement,
    logins,
    made,
    files: namedFiles(files).map(([name, bytes]) => add(name, bytes)),
  }));
  const body: EntryBodies["approvals"] = {
    provisional,
    protocols: protocols.map((protocol) => ({ protocol: protocol.id, protocolSha256: protocolHash(protocol) })),
    ...(signers ? { signers } : {}),
    given,
  };
  bundle.journal.append("approvals", body);
}

function differs(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "PROTOCOL_DIFFERS",
    what: "protocols not executed",
    where,
    expected,
    got,
    todo: "issue the protocols of these sources with part11 protocol, as a new version, and have that approved",
  });
}
