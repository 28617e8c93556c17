// SPDX-License-Identifier: Apache-2.0
import { balanceOf, openDeviations, parseDispositions, settleDeviations } from "../deviations";
import { equivalenceOf } from "../equivalence";
import { conclude, Journal, readSealedRun, verifyBundle } from "../evidence";
import { parseJournal } from "../evidence/journal";
import { verifyFiles } from "../evidence/verify-files";
import { openPlan, readFacts } from "../facts";
import { decide, evaluate } from "../gate";
import { policyOf } from "../gate/policy";
import { proven } from "../gate/proof";
import { parseWaivers } from "../gate/waivers";
import { impactOf } from "../impact";
import { checkInventory, checkProviders } from "../iq/installation";
import { liveReader } from "../iq/live/registry";
import { iqRows } from "../iq/readings";
import { readEntry, verifyChains } from "../ledger";
import { expectRefusal } from "../oq/challenge";
import { applyEvents } from "../plan/apply-events";
import { readPlanLog } from "../plan/plan-log";
import { reviewOf } from "../review/review";
import { traceMatrix } from "../traceability";

/** What is tried: the functions by which the tool judges, each a port that a test may blind. */
export interface Harness {
  readonly verifyBundle: typeof verifyBundle;
  readonly verifyFiles: typeof verifyFiles;
  readonly conclude: typeof conclude;
  readonly createJournal: typeof Journal.create;
  readonly parseJournal: typeof parseJournal;
  readonly openPlan: typeof openPlan;
  readonly readFacts: typeof readFacts;
  readonly policyOf: typeof policyOf;
  readonly evaluate: typeof evaluate;
  readonly proven: typeof proven;
  readonly decide: typeof decide;
  readonly parseWaivers: typeof parseWaivers;
  readonly liveReader: typeof liveReader;
  readonly iqRows: typeof iqRows;
  readonly checkInventory: typeof checkInventory;
  readonly checkProviders: typeof checkProviders;
  readonly expectRefusal: typeof expectRefusal;
  readonly applyEvents: typeof applyEvents;
  readonly readPlanLog: typeof readPlanLog;
  readonly readSealedRun: typeof readSealedRun;
  readonly openDeviations: typeof openDeviations;
  readonly parseDispositions: typeof parseDispositions;
  readonly settleDeviations: typeof settleDeviations;
  readonly balanceOf: typeof balanceOf;
  readonly traceMatrix: typeof traceMatrix;
  readonly readLedgerEntry: typeof readEntry;
  readonly verifyChains: typeof verifyChains;
  readonly impactOf: typeof impactOf;
  readonly equivalenceOf: typeof equivalenceOf;
  readonly reviewOf: typeof reviewOf;
}

/** The code that `qualify`, `gate`, `verify`, `trace`, `ledger`, `impact`, `equivalence` and `review` run. */
export const HARNESS: Harness = {
  verifyBundle,
  verifyFiles,
  conclude,
  createJournal: Journal.create,
  parseJournal,
  openPlan,
  readFacts,
  policyOf,
  evaluate,
  proven,
  decide,
  parseWaivers,
  liveReader,
  iqRows,
  checkInventory,
  checkProviders,
  expectRefusal,
  applyEvents,
  readPlanLog,
  readSealedRun,
  openDeviations,
  parseDispositions,
  settleDeviations,
  balanceOf,
  traceMatrix,
  readLedgerEntry: readEntry,
  verifyChains,
  impactOf,
  equivalenceOf,
  reviewOf,
};
