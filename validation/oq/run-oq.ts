// SPDX-License-Identifier: Apache-2.0
import type { Bundle, Commitments, Protocol } from "../evidence";
import type { Transcript } from "../target/transcript";
import { interrupted } from "../toolchain";
import type { Challenge, Seen } from "./challenge";
import { accessChallenges } from "./challenges/access";
import { alarmChallenges } from "./challenges/alarm";
import { arrivalStartChallenges } from "./challenges/arrival-start";
import { arrivalToldChallenges } from "./challenges/arrival-told";
import { arrivalsBulkChallenges } from "./challenges/arrivals-bulk";
import { asFound, asLeft } from "./challenges/as-left";
import { deliveryFindingsChallenges } from "./challenges/delivery-findings";
import { deliveryManifestChallenges } from "./challenges/delivery-manifest";
import { deliveryMismatchChallenges } from "./challenges/delivery-mismatch";
import { deliveryOverdueChallenges } from "./challenges/delivery-overdue";
import { deliveryUnhashedChallenges } from "./challenges/delivery-unhashed";
import { largeTaskChallenges } from "./challenges/large-task";
import { ledgerAppendOnlyChallenges } from "./challenges/ledger-append-only";
import { ledgerRootChallenges } from "./challenges/ledger-root";
import { lockChallenges } from "./challenges/lock";
import { logArchiveChallenges } from "./challenges/log-archive";
import { oddNamesChallenges } from "./challenges/odd-names";
import { oddRefusedChallenges } from "./challenges/odd-refused";
import { oddRepeatedChallenges } from "./challenges/odd-repeated";
import { poisonChallenges } from "./challenges/poison";
import { premiseChallenges } from "./challenges/premise";
import { pushAgentsChallenges } from "./challenges/push-agents";
import { pushBatchChallenges } from "./challenges/push-batch";
import { pushDataSyncChallenges } from "./challenges/push-datasync";
import { pushImportChallenges } from "./challenges/push-import";
import { pushPromotedChallenges } from "./challenges/push-promoted";
import { pushRightsChallenges } from "./challenges/push-rights";
import { reconciliationChallenges } from "./challenges/reconciliation";
import { replayedChallenges } from "./challenges/replayed";
import { replicaChallenges } from "./challenges/replica";
import { restoreLedgerChallenges } from "./challenges/restore-ledger";
import { restoreRoleChallenges } from "./challenges/restore-role";
import { restoreVaultChallenges } from "./challenges/restore-vault";
import { scanChallenges } from "./challenges/scan";
import { sftpAlarmsChallenges } from "./challenges/sftp-alarms";
import { sftpDisableChallenges } from "./challenges/sftp-disable";
import { sftpLoginChallenges } from "./challenges/sftp-login";
import { sftpOutsideChallenges } from "./challenges/sftp-outside";
import { sftpPromotedChallenges } from "./challenges/sftp-promoted";
import { sftpProvedChallenges } from "./challenges/sftp-proved";
import { sftpRightsChallenges } from "./challenges/sftp-rights";
import { sftpSecondComponentChallenges } from "./challenges/sftp-second-component";
import { trailChallenges } from "./challenges/trail";
import { trialChallenges } from "./challenges/trial";
import { unblindedPromotedChallenges } from "./challenges/unblinded-promoted";
import { unblindedProvedChallenges } from "./challenges/unblinded-proved";
import { unblindedReadingChallenges } from "./challenges/unblinded-reading";
import { unblindedToldChallenges } from "./challenges/unblinded-told";
import { uploadCutOffChallenges } from "./challenges/upload-cut-off";
import { vendorKeysChallenges } from "./challenges/vendor-keys";
import { writingChallenges } from "./challenges/writing";
import type { Range } from "./range";

/** Files that OQ-arrivals-bulk sends where nobody says otherwise: on the embedded AWS they took 111 s of a qualification of 742 s, on two cores. */
export const ARRIVALS = 500;

/** Every challenge, in the order of execution. @param arrivals files that OQ-arrivals-bulk sends, at least 1 */
export function challengesWith(arrivals: number): readonly Challenge[] {
  return [
    asFound,
    ...writingChallenges,
    ...accessChallenges,
    ...premiseChallenges,
    ...lockChallenges,
    ...replicaChallenges,
    ...sftpLoginChallenges,
    ...sftpDisableChallenges,
    ...sftpSecondComponentChallenges,
    ...vendorKeysChallenges,
    ...sftpRightsChallenges,
    ...sftpOutsideChallenges,
    ...sftpPromotedChallenges,
    ...sftpProvedChallenges,
    ...arrivalToldChallenges,
    ...ledgerAppendOnlyChallenges,
    ...oddNamesChallenges,
    ...oddRefusedChallenges,
    ...oddRepeatedChallenges,
    ...trialChallenges,
    ...unblindedPromotedChallenges,
    ...unblindedReadingChallenges,
    ...unblindedProvedChallenges,
    ...unblindedToldChallenges,
    ...pushPromotedChallenges,
    ...pushRightsChallenges,
    ...pushBatchChallenges,
    ...pushImportChallenges,
    ...pushDataSyncChallenges,
    ...pushAgentsChallenges,
    ...arrivalStartChallenges,
    ...largeTaskChallenges,
    ...deliveryOverdueChallenges,
    ...deliveryFindingsChallenges,
    ...deliveryUnhashedChallenges,
    ...deliveryMismatchChallenges,
    ...deliveryManifestChallenges,
    ...uploadCutOffChallenges,
    ...scanChallenges,
    ...poisonChallenges,
    ...replayedChallenges,
    // The root of the day before an entry that is taken out again: no root may name it.
    ...ledgerRootChallenges,
    ...reconciliationChallenges,
    ...logArchiveChallenges,
    ...sftpAlarmsChallenges,
    ...restoreLedgerChallenges,
    ...restoreRoleChallenges,
    ...restoreVaultChallenges,
    ...arrivalsBulkChallenges(arrivals),
    ...trailChallenges,
    ...alarmChallenges,
    asLeft,
  ];
}

/** Every challenge, as many files as usual. */
export const challenges: readonly Challenge[] = challengesWith(ARRIVALS);

/** The operational qualification as it will be executed. */
export function oqProtocol(target: string, planned: readonly Challenge[] = challenges): Protocol {
  return {
    schemaVersion: 1,
    id: "oq",
    kind: "OQ",
    title: "Operational qualification of the landing zone",
    target,
    steps: planned.map(({ step }) => step),
  };
}

/** Where challenges are run, as far as their execution asks. */
interface Ground {
  readonly transcript: Transcript;
  /** Makes what only the run itself needs. */
  open(): Promise<void>;
  /** Removes it again. */
  close(): Promise<void>;
}

export interface OqRun<On extends Ground = Range> {
  readonly bundle: Bundle;
  readonly range: On;
  /** The challenges that the protocol was made of. */
  readonly planned: ReadonlyArray<Challenge<On>>;
  /** Steps that the target's profile commits as not run, with the reason. */
  readonly notRun: Commitments["notRun"];
  readonly onProgress: (line: string) => void;
  /** Ends the run in the midst of a step, which then has no result. */
  readonly signal: AbortSignal;
}

/**
 * Executes every step but the committed ones; a step that cannot be observed is BLOCKED, and the rest goes on.
 *
 * @throws INTERRUPTED
 */
export async function runOq<On extends Ground>(run: OqRun<On>): Promise<void> {
  const { bundle, range, planned, notRun, onProgress, signal } = run;
  await range.open();
  for (const challenge of planned) {
    const { id: step, title } = challenge.step;
    bundle.journal.append("step-started", { protocol: "oq", step });
    const from = range.transcript.exchanges.length;
    const left = notRun.find((one) => one.step === step);
    const { observed, remark, ...seen }: Executed = left
      ? { result: "NOT RUN", actual: "not observed", reason: left.reason }
      : await unlessInterrupted(execute(challenge, range, onProgress), signal, step);
    const exchanges = range.transcript.exchanges.slice(from);
    const evidence = [
      ...(exchanges.length === 0 ? [] : [bundle.addJson(`transcripts/oq/${step}.json`, exchanges)]),
      ...(observed === undefined ? [] : [bundle.addJson(`observed/oq/${step}.json`, observed)]),
    ];
    bundle.journal.append("step-finished", { protocol: "oq", step, ...seen, evidence });
    onProgress(`${seen.result}  ${step}  ${title}${remark === undefined ? "" : `: ${remark}`}`);
  }
  await range.close();
}

/** What is under way is left behind: some steps wait for minutes, and the target is taken down meanwhile. */
function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal, where: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(interrupted(where));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

type Executed = Omit<Seen, "result"> & { readonly result: Seen["result"] | "BLOCKED" | "NOT RUN" };

async function execute<On>(challenge: Challenge<On>, range: On, onProgress: OqRun["onProgress"]): Promise<Executed> {
  try {
    return await challenge.run(range, (line) => onProgress(`...  ${challenge.step.id}  ${line}`));
  } catch (error) {
    return {
      result: "BLOCKED",
      actual: "not observed",
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}
