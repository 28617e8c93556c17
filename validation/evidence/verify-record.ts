// SPDX-License-Identifier: Apache-2.0
import { assertSchema, canonicalJson, parseStrict } from "../json";
import type { BundleFiles } from "./bundle-files";
import type { Commitments } from "./commitments";
import { entriesOf, evidenceRefsOf, type JournalEntry } from "./entries";
import { gateFindingsOf, pendingOf } from "./gate-findings";
import { parseJournal } from "./journal";
import {
  COMMITMENTS_FILE,
  JOURNAL_FILE,
  MANIFEST_FILE,
  OWN_FILES,
  PROTOCOL_FOLDER,
  REPORT_FILE,
  SUMMARY_FILE,
} from "./layout";
import type { Manifest } from "./manifest";
import { assertProtocol, type Protocol, protocolHash } from "./protocol";
import { type Summary, summarize } from "./summary";
import { totalsProblems } from "./totals";
import { attempt, bytesOf, problem, type VerifyProblem } from "./verify-problem";

/** The part of the facts document that ties it to a plan. */
interface FactsView {
  readonly meta?: { readonly digests?: { readonly plan?: string } };
  readonly waivers?: { readonly digest?: string };
}

/** Entries of the journal, when every link holds and its head is the manifest's. */
export function checkJournal(
  found: BundleFiles,
  manifest: Manifest,
  problems: VerifyProblem[],
): JournalEntry[] | undefined {
  return attempt(problems, "JOURNAL_BROKEN", JOURNAL_FILE, () => {
    const entries = parseJournal(bytesOf(found, JOURNAL_FILE), JOURNAL_FILE);
    const head = entries[entries.length - 1]!.hash;
    if (head !== manifest.journalHead) throw new Error(`expected head ${manifest.journalHead}, got ${head}`);
    return entries;
  });
}

/** Protocols that the journal fixed, when each file still is what was fixed. */
export function checkProtocols(
  found: BundleFiles,
  entries: readonly JournalEntry[],
  problems: VerifyProblem[],
): Protocol[] | undefined {
  const before = problems.length;
  const fixed = entriesOf(entries, "protocol-fixed");
  const protocols = fixed.map(({ body }) =>
    attempt(problems, "PROTOCOL_ALTERED", body.file.path, () => {
      const bytes = bytesOf(found, body.file.path);
      const protocol = parseStrict(bytes, body.file.path);
      assertProtocol(protocol, body.file.path);
      if (!bytes.equals(Buffer.from(canonicalJson(protocol)))) throw new Error("not canonical");
      if (protocolHash(protocol) !== body.protocolSha256) throw new Error("not the protocol that the journal fixed");
      if (protocol.id !== body.protocol) throw new Error(`expected protocol ${body.protocol}, got ${protocol.id}`);
      return protocol;
    }),
  );
  const names = new Set(fixed.map(({ body }) => body.file.path));
  for (const at of found.files.keys()) {
    if (at.startsWith(`${PROTOCOL_FOLDER}/`) && !names.has(at)) {
      problems.push(problem("PROTOCOL_ALTERED", at, "no journal entry fixes it"));
    }
  }
  return problems.length === before ? (protocols as Protocol[]) : undefined;
}

/** Every file that the journal refers to is that file, and gate decisions say what the journal says of them. */
export function checkEvidence(found: BundleFiles, entries: readonly JournalEntry[], problems: VerifyProblem[]): void {
  for (const ref of entries.flatMap(evidenceRefsOf)) {
    const file = found.files.get(ref.path);
    if (file?.sha256 !== ref.sha256 || file.bytes.length !== ref.size) {
      problems.push(problem("EVIDENCE_DIFFERS", ref.path, "not the file that the journal refers to"));
    }
  }
  for (const { body } of entriesOf(entries, "plan-made")) {
    for (const { path, sha256 } of body.evidence) {
      // Names in a bundle do not begin with a dot, and that of Terraform's lock file does.
      const name = path.slice(path.lastIndexOf("/") + 1);
      if ((body.digests[name] ?? body.digests[`.${name}`]) !== sha256)
        problems.push(problem("EVIDENCE_DIFFERS", path, `not a file of plan ${body.plan}`));
    }
  }
  const plans = new Map(entriesOf(entries, "plan-made").map(({ body }) => [body.plan, Object.values(body.digests)]));
  for (const { body } of entriesOf(entries, "gate-decided")) {
    attempt(problems, "DECISIONS_DIFFER", body.decisions.path, () => {
      const decisions = parseStrict(bytesOf(found, body.decisions.path), body.decisions.path) as Parameters<
        typeof gateFindingsOf
      >[0];
      const judged = decisions.digests?.plan ?? null;
      const facts = parseStrict(bytesOf(found, body.facts.path), body.facts.path) as FactsView;
      if ((facts.meta?.digests?.plan ?? null) !== judged)
        throw new Error(`${body.facts.path} is of another plan than the one judged`);
      if ((facts.waivers?.digest ?? null) !== (decisions.digests?.waivers ?? null))
        throw new Error(`${body.facts.path} holds other waivers than those that were judged`);
      if (decisions.verdict !== body.verdict)
        throw new Error(`expected verdict ${body.verdict}, got ${decisions.verdict}`);
      if (canonicalJson(gateFindingsOf(decisions)) !== canonicalJson(body.findings)) throw new Error("findings differ");
      if (canonicalJson(pendingOf(decisions)) !== canonicalJson(body.pending))
        throw new Error("controls that decided nothing differ");
      if (judged !== null && !plans.get(body.plan)?.includes(judged))
        throw new Error(`judged ${judged}, which is no file of plan ${body.plan}`);
    });
  }
}

/** No file is there that neither every bundle has nor an entry refers to: the seal would speak for it, and nobody else. */
export function checkOrigin(found: BundleFiles, entries: readonly JournalEntry[], problems: VerifyProblem[]): void {
  const known = new Set([...OWN_FILES, ...entries.flatMap(evidenceRefsOf).map((ref) => ref.path)]);
  for (const at of found.files.keys()) {
    if (!known.has(at)) problems.push(problem("FILE_UNREFERENCED", at, "no journal entry refers to it"));
  }
}

/** Summary computed again from protocols, journal and commitments, when it equals the recorded one. */
export function checkConclusion(
  found: BundleFiles,
  manifest: Manifest,
  entries: readonly JournalEntry[],
  protocols: readonly Protocol[],
  problems: VerifyProblem[],
): Summary | undefined {
  const commitments = attempt(problems, "CONCLUSION_DIFFERS", COMMITMENTS_FILE, () => {
    const value = parseStrict(bytesOf(found, COMMITMENTS_FILE), COMMITMENTS_FILE);
    assertSchema("commitments", value, COMMITMENTS_FILE);
    const named = entriesOf(entries, "target").every(({ body }) => body.commitments.path === COMMITMENTS_FILE);
    if (!named) throw new Error("the journal names another file as the target's commitments");
    return value as Commitments;
  });
  if (!commitments) return undefined;
  return attempt(problems, "CONCLUSION_DIFFERS", SUMMARY_FILE, () => {
    const summary = summarize(protocols, entries, commitments);
    if (!bytesOf(found, SUMMARY_FILE).equals(Buffer.from(canonicalJson(summary)))) {
      throw new Error(`recomputed: ${summary.status}: ${summary.conclusion}`);
    }
    const { bundle, target, status, execution } = summary;
    const { files: _, journalHead: __, schemaVersion: ___, ...recorded } = manifest;
    const computed = { bundle, target, status, ...(execution ? { provisional: execution.provisional } : {}) };
    if (canonicalJson(recorded) !== canonicalJson(computed)) {
      throw new Error(
        `${MANIFEST_FILE} says ${manifest.status} of ${manifest.bundle}, recomputed: ${status} of ${bundle}`,
      );
    }
    return summary;
  });
}

/** The totals a person reads are those of the summary. */
export function checkReport(found: BundleFiles, summary: Summary, problems: VerifyProblem[]): void {
  attempt(problems, "REPORT_DIFFERS", REPORT_FILE, () => {
    const faults = totalsProblems(bytesOf(found, REPORT_FILE).toString("utf8"), summary);
    for (const what of faults) problems.push(problem("REPORT_DIFFERS", REPORT_FILE, what));
  });
}
