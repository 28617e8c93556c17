// SPDX-License-Identifier: Apache-2.0
// For each port of the harness a twin that notices nothing: what a broken harness would be.
import type { Harness } from "../../../validation/self-test";
import { HARNESS } from "../../../validation/self-test";

// biome-ignore lint/suspicious/noExplicitAny: a blind twin returns as little as its callers read
type Blind = any;

const intact = { exit: 0, problems: [], summary: { status: "COMPLETE" } };
const agreed = { seen: {}, differences: [] };

const TWINS: { readonly [Port in keyof Harness]: Blind } = {
  verifyBundle: () => intact,
  verifyFiles: () => intact,
  conclude: () => ({ status: "COMPLETE", problems: [] }),
  createJournal: () => ({ append: () => undefined, close: () => undefined }),
  parseJournal: () => [],
  openPlan: (bytes: Buffer) => JSON.parse(bytes.toString()),
  readFacts: (input: Blind) => HARNESS.readFacts({ ...input, synth: null }),
  policyOf: ({ wasm, sidecar }: Blind) => ({ wasm, sidecar: JSON.parse(sidecar.toString()), digest: "0".repeat(64) }),
  evaluate: (_facts: Blind, { sidecar }: Blind) => ({
    controls: Object.fromEntries(sidecar.controls.map(({ id }: Blind) => [id, { answers: [], not_applicable: "no" }])),
    evaluated: [],
  }),
  proven: () => ({ controls: {}, evaluated: [] }),
  decide: (...judged: Parameters<Harness["decide"]>) => {
    const decisions = HARNESS.decide(...judged);
    return { ...decisions, verdict: "pass", controls: decisions.controls.map((one) => ({ ...one, status: "pass" })) };
  },
  parseWaivers: (_: Blind, file: string) => ({ file, digest: "0".repeat(64), asOf: "2026-11-21", entries: [] }),
  liveReader: (type: string) => {
    const { reads } = HARNESS.liveReader(type)!;
    return { reads, read: async ({ state }: Blind) => state };
  },
  iqRows: () => [{ result: "PASS" }],
  checkInventory: () => agreed,
  checkProviders: () => agreed,
  expectRefusal: async () => ({ result: "PASS" }),
  applyEvents: () => ({ applied: ["aws_kms_key.raw"], failed: [] }),
  readPlanLog: () => ({ nothingDiffers: true }),
  readSealedRun: (folder: string) => HARNESS.readSealedRun(folder.replace(/path-\d+$/, "whole")),
  openDeviations: () => [],
  parseDispositions: (bytes: Buffer, file: string) => {
    const { run, dispositions = [], notApplicable = [] } = JSON.parse(bytes.toString());
    return { file, sha256: "0".repeat(64), run, dispositions, notApplicable, outOfScope: [] };
  },
  settleDeviations: (all: Blind) => all.map((one: Blind) => ({ ...one, state: "closed", because: "said so" })),
  balanceOf: () => ({ equation: "planned 3 = executed 2 + blocked 0 + not run 1 + not applicable 0" }),
  traceMatrix: () => ({ blockers: [], deviations: [], orphans: [] }),
  readLedgerEntry: (...given: Parameters<Harness["readLedgerEntry"]>) => ({
    ...HARNESS.readLedgerEntry(...given),
    problems: [],
  }),
  verifyChains: () => ({ problems: [], chains: [] }),
  impactOf: () => ({ steps: [] }),
  equivalenceOf: () => ({ problems: [] }),
  reviewOf: () => ({ items: [] }),
};

/** A fault that a harness with this port alone blind must miss. */
const MISSED: { readonly [Port in keyof Harness]: string } = {
  verifyBundle: "bundle.file-became-a-link",
  verifyFiles: "bundle.verdict-inverted",
  conclude: "conclusion.step-dropped",
  createJournal: "journal.clock-set-back",
  parseJournal: "journal.times-out-of-order",
  openPlan: "gate.member-twice",
  readFacts: "gate.synth-of-another-stack",
  policyOf: "gate.wasm-changed",
  evaluate: "gate.control-missing-from-the-wasm",
  proven: "gate.resource-not-seen",
  decide: "gate.verdict-of-a-finding",
  parseWaivers: "waiver.expired",
  liveReader: "installation.live-differs",
  iqRows: "installation.state-differs",
  checkInventory: "installation.resource-missing",
  checkProviders: "installation.state-of-another-terraform",
  expectRefusal: "operation.twin-refused",
  applyEvents: "operation.apply-failed",
  readPlanLog: "operation.plan-log-not-understood",
  readSealedRun: "deviation.bundle-altered",
  openDeviations: "deviation.failure-without-deviation",
  parseDispositions: "deviation.approved-by-who-recorded",
  settleDeviations: "deviation.retest-missing",
  balanceOf: "deviation.out-of-balance",
  traceMatrix: "deviation.not-run-called-not-applicable",
  readLedgerEntry: "ledger.event-edited",
  verifyChains: "ledger.link-dropped",
  impactOf: "requalification.change-overlooked",
  equivalenceOf: "requalification.production-differs",
  reviewOf: "requalification.drift-overlooked",
};

/** Each port with the fault that is missed and the harness that is blind there. */
export const BLIND = (Object.keys(HARNESS) as (keyof Harness)[]).map(
  (port) => [port, MISSED[port], { ...HARNESS, [port]: TWINS[port] } as Harness] as const,
);
