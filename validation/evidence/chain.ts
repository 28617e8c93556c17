// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { sha256Hex } from "../json";
import { type EntryBodies, entriesOf } from "./entries";
import { readSealedRun } from "./sealed-run";
import type { VerifyExit } from "./verify-files";
import { problem, type VerifyProblem } from "./verify-problem";

/** A bundle in its chain. */
export interface ChainLink {
  readonly run: string;
  readonly system: string;
  /** SHA-256 of its manifest.json. */
  readonly manifestSha256: string;
  /** UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The bundle that it follows; the first follows none. */
  readonly after?: EntryBodies["run-started"]["after"];
}

export interface ChainVerification {
  readonly exit: VerifyExit;
  /** Bundles of the folder that were intact. */
  readonly bundles: number;
  /** The one that nobody follows; absent with problems. */
  readonly last?: ChainLink;
  readonly problems: readonly VerifyProblem[];
}

export interface ChainTrust {
  /** Public key that every bundle must be sealed by. @default - the signer is not pinned */
  readonly signer?: KeyObject;
  /** SHA-256 of the manifest of the last bundle, kept elsewhere: without it nobody sees what was cut off. @default - the end is not pinned */
  readonly last?: string;
}

/** Verifies every bundle of a folder, and that each follows the one before by its bytes: none is left out, doubled, or slipped in. */
export function verifyChain(folder: string, { signer, last }: ChainTrust = {}): ChainVerification {
  const links: ChainLink[] = [];
  const problems: VerifyProblem[] = [];
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []) {
    try {
      links.push(linkOf(path.join(folder, name), signer));
    } catch (error) {
      if (!(error instanceof Part11Error)) throw error;
      problems.push(problem("CHAIN_BROKEN", name, error.message));
    }
  }
  if (links.length === 0 && problems.length === 0) {
    return { exit: 2, bundles: 0, problems: [problem("NO_BUNDLE", folder, "no such folder, or nothing in it")] };
  }
  problems.push(...chainProblems(links, last));
  if (problems.length > 0) return { exit: 1, bundles: links.length, problems };
  return { exit: signer && last ? 0 : 3, bundles: links.length, last: ends(links)[0]!, problems };
}

/** What is wrong with bundles that are said to be a whole chain. */
export function chainProblems(links: readonly ChainLink[], last?: string): readonly VerifyProblem[] {
  const byRun = new Map(links.map((link) => [link.run, link]));
  const followed = new Set<string>();
  const problems: VerifyProblem[] = [];
  for (const link of links) {
    const { run, after } = link;
    problems.push(...faultsOf(link, after && byRun.get(after.run)).map((what) => problem("CHAIN_BROKEN", run, what)));
    if (after && followed.has(after.run))
      problems.push(problem("CHAIN_BROKEN", run, `a second one follows ${after.run}`));
    if (after) followed.add(after.run);
  }
  const whole = (what: string) => problems.push(problem("CHAIN_BROKEN", "chain", what));
  const firsts = links.filter(({ after }) => !after).length;
  if (byRun.size < links.length) whole("a run has two bundles");
  if (firsts !== 1) whole(`${firsts} bundles follow none; expected one, the first`);
  const [end] = ends(links);
  if (last !== undefined && end?.manifestSha256 !== last) {
    whole(`ends with ${end ? `${end.run}, manifest ${end.manifestSha256}` : "none"}; expected manifest ${last}`);
  }
  return problems;
}

function faultsOf({ system, after, startedAt }: ChainLink, before: ChainLink | undefined): readonly string[] {
  if (!after) return [];
  if (!before) return [`follows ${after.run}, which is not there`];
  const { manifestSha256, finishedAt } = before;
  return [
    ...(system === before.system ? [] : [`is of ${system}, behind one of ${before.system}`]),
    ...(manifestSha256 === after.manifestSha256 ? [] : [`follows other bytes of ${after.run} than are there`]),
    ...(after.sequence === sequenceOf(before) + 1
      ? []
      : [`is number ${after.sequence}, behind number ${sequenceOf(before)}`]),
    ...(startedAt >= finishedAt ? [] : [`began before ${after.run} was over`]),
  ];
}

/** Number of a bundle in its chain, from 1. */
export function sequenceOf({ after }: Pick<ChainLink, "after">): number {
  return after?.sequence ?? 1;
}

/** Bundles that nobody follows. */
function ends(links: readonly ChainLink[]): readonly ChainLink[] {
  const followed = new Set(links.map(({ after }) => after?.run));
  return links.filter(({ run }) => !followed.has(run));
}

/** @throws FILE_NOT_FOUND, BUNDLE_ALTERED */
export function linkOf(folder: string, signer?: KeyObject): ChainLink {
  const { record, manifest } = readSealedRun(folder, signer);
  const { bundle: run, system, startedAt, finishedAt } = record.summary;
  const after = entriesOf(record.entries, "run-started")[0]?.body.after;
  return { run, system, manifestSha256: sha256Hex(manifest), startedAt, finishedAt, ...(after && { after }) };
}
