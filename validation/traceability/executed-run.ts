// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import {
  assertProtocol,
  type Commitments,
  type EvidenceRef,
  entriesOf,
  type Protocol,
  type RunRecord,
  readJournal,
  verifyBundle,
} from "../evidence";
import { parseStrict, sha256Hex } from "../json";

/** What the gate said of one control on one plan. */
export interface ControlAnswer {
  readonly control: string;
  readonly plan: string;
  readonly status: string;
}

/** One execution, as a bundle records it. */
export interface ExecutedRun {
  readonly record: RunRecord;
  /** Answers about the plans that the gate had to pass. */
  readonly answers: readonly ControlAnswer[];
  /** Construct path of each resource address, over all plans. */
  readonly constructs: ReadonlyMap<string, string>;
  /** SHA-256 of the public key of the seal. */
  readonly keyId: string;
  /** Whether that is the key that the auditor gave. */
  readonly isPinned: boolean;
}

interface FactsView {
  readonly resources?: Readonly<Record<string, { readonly construct?: string | null }>>;
}

interface DecisionsView {
  readonly controls?: ReadonlyArray<{ readonly id: string; readonly status: string }>;
}

/**
 * Reads a bundle that is intact: every file is held against the journal, whose head the verification gave.
 *
 * @param signer public key that the auditor got by another way than the bundle
 * @throws FILE_NOT_FOUND where there is no bundle, EVIDENCE_ALTERED for one that is not intact
 */
export function readExecutedRun(folder: string, signer?: KeyObject): ExecutedRun {
  const { exit, problems, summary, keyId } = verifyBundle(folder, signer);
  if (exit === 2) throw refused("FILE_NOT_FOUND", folder, "the folder of a bundle", problems[0]!.what);
  if (!summary || !keyId) {
    const [first] = problems;
    throw refused("EVIDENCE_ALTERED", folder, "an intact bundle", `${first!.code} ${first!.path}: ${first!.what}`);
  }
  const entries = readJournal(path.join(folder, "journal.jsonl"));
  if (entries[entries.length - 1]?.hash !== summary.journalHead) {
    throw refused(
      "EVIDENCE_ALTERED",
      folder,
      `journal head ${summary.journalHead}`,
      "another one since it was verified",
    );
  }
  const protocols = entriesOf(entries, "protocol-fixed").map(({ body }) => protocolOf(folder, body.file));
  const commitments = readRef(folder, entriesOf(entries, "target")[0]!.body.commitments) as Commitments;
  const judged = entriesOf(entries, "gate-decided");
  return {
    record: { summary, protocols, entries, commitments },
    answers: judged
      .filter(({ body }) => mustPass(commitments, body.plan))
      .flatMap(({ body }) => answersOf(body.plan, readRef(folder, body.decisions) as DecisionsView)),
    constructs: new Map(judged.flatMap(({ body }) => constructsOf(readRef(folder, body.facts) as FactsView))),
    keyId,
    isPinned: exit === 0,
  };
}

/** A plan with committed findings is not what is qualified: it leaves out what the target cannot make, or takes protection off. */
function mustPass({ plans }: Commitments, plan: string): boolean {
  return plans.some((one) => one.plan === plan && one.findings.length === 0);
}

function answersOf(plan: string, { controls = [] }: DecisionsView): ControlAnswer[] {
  return controls.map(({ id, status }) => ({ control: id, plan, status }));
}

function constructsOf({ resources = {} }: FactsView): Array<[string, string]> {
  return Object.entries(resources).flatMap(([address, { construct }]) => (construct ? [[address, construct]] : []));
}

function protocolOf(folder: string, ref: EvidenceRef): Protocol {
  const protocol = readRef(folder, ref);
  assertProtocol(protocol, ref.path);
  return protocol;
}

function readRef(folder: string, { path: name, sha256 }: EvidenceRef): unknown {
  const bytes = fs.readFileSync(path.join(folder, ...name.split("/")));
  if (sha256Hex(bytes) !== sha256) {
    throw refused(
      "EVIDENCE_ALTERED",
      path.join(folder, name),
      `SHA-256 ${sha256}`,
      "another one since it was verified",
    );
  }
  return parseStrict(bytes, name);
}

function refused(
  code: "FILE_NOT_FOUND" | "EVIDENCE_ALTERED",
  where: string,
  expected: string,
  got: string,
): Part11Error {
  const todo = "take the bundle as part11 qualify wrote it; part11 verify names every problem";
  return new Part11Error({ code, what: "bundle not read", where, expected, got, todo });
}
