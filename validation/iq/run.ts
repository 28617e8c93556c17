// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import type { EvidenceRef, IqRow, StepFinished } from "../evidence";
import { canonicalJson } from "../json";
import { Transcript } from "../target/transcript";
import type { Scope } from "./config-values";
import type { IqInputs } from "./inputs";
import { checkInventory, checkProviders, type DocumentCheck } from "./installation";
import { type LiveConnection, serviceClients } from "./live/clients";
import type { LiveValues } from "./live/reader";
import { liveReader } from "./live/registry";
import { inventoryStepId, leftOutStepId, providerStepId, type ResourceStep, resourceSteps } from "./protocol";
import { iqRows } from "./readings";
import { localsOf, stateValues, variablesOf } from "./resources";
import { withoutSecrets } from "./secrets";
import { TYPES_WITHOUT_READER } from "./types-without-reader";

/** Steps that read at the same time. */
const BATCH = 8;
/** Failed rows that the reason of a step names. */
const NAMED_ROWS = 5;

export interface IqRun extends IqInputs {
  /** `terraform show -json` of the state after the apply. */
  readonly state: unknown;
  /** Addresses that the second plan would change, of a stack that no app synthesized. @default none */
  readonly changedAgain?: readonly string[];
  readonly connection: LiveConnection;
  /** Writes an evidence file of the bundle. */
  readonly evidence: (path: string, content: string) => EvidenceRef;
  /** Called before the first call of a step. */
  readonly onStarted: (step: string) => void;
  /** Called with each result, in the order of the protocol. */
  readonly onFinished: (finished: StepFinished) => void;
  /** Ends the run before its next steps. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Executes an IQ protocol made by `iqProtocol` from the same inputs. Every step gets a result: PASS or FAIL when all
 * four sources were read, BLOCKED with the error when one could not be, NOT RUN for what the target leaves out.
 *
 * @throws PLAN_FORMAT when plan or state are not Terraform's; LOCK_FORMAT; the reason of `signal` when it aborts
 */
export async function runIq(run: IqRun): Promise<void> {
  const { id: protocol = "IQ", state, profile } = run;
  const { values } = stateValues(state);
  const scope: Scope = { state: values, variables: variablesOf(run.plan), locals: localsOf(run.synth) };
  const context = { ...run, protocol, scope, maskKey: randomBytes(32) };
  documentStep(context, providerStepId(run), () => checkProviders(run, state));
  documentStep(context, inventoryStepId(run), () => checkInventory(run, state));
  const steps = resourceSteps(run);
  for (let from = 0; from < steps.length; from += BATCH) {
    run.signal?.throwIfAborted();
    const batch = steps.slice(from, from + BATCH);
    for (const { id } of batch) run.onStarted(id);
    for (const finished of await Promise.all(batch.map((step) => resourceStep(step, context))))
      run.onFinished(finished);
  }
  for (const { type, reason } of profile.leftOut) {
    const step = leftOutStepId(run, type);
    run.onStarted(step);
    run.onFinished({ protocol, step, result: "NOT RUN", actual: "nothing was read", reason, evidence: [] });
  }
}

interface Context extends IqRun {
  readonly protocol: string;
  readonly scope: Scope;
  readonly maskKey: Uint8Array;
}

function documentStep(run: Context, step: string, check: () => DocumentCheck): void {
  run.onStarted(step);
  const { seen, differences } = check();
  const evidence = [run.evidence(evidencePath(run.protocol, step), canonicalJson({ step, seen, differences }))];
  const base = { protocol: run.protocol, step, evidence };
  if (differences.length === 0) run.onFinished({ ...base, result: "PASS", actual: "no difference" });
  else run.onFinished({ ...base, result: "FAIL", actual: differences.join("; "), reason: differences.join("; ") });
}

async function resourceStep(step: ResourceStep, run: Context): Promise<StepFinished> {
  const { address, type, region, config } = step.resource;
  const transcript = new Transcript();
  const reader = liveReader(type);
  const state = run.scope.state.get(address);
  let live: LiveValues | undefined;
  let error: string | undefined;
  if (!reader) error = `no live reader for ${type}: ${TYPES_WITHOUT_READER[type] ?? "no control lists the type"}`;
  else if (config === null) error = notConfigured(run.synth);
  else if (region === null) error = "the region of its provider is not known";
  else if (state !== undefined) {
    try {
      const clients = serviceClients(run.connection, region, transcript);
      live = await reader.read({ address, type, region, state }, clients);
    } catch (cause) {
      error = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    }
  }
  const rows =
    error === undefined
      ? iqRows(step.attributes, {
          resource: step.resource,
          scope: run.scope,
          state,
          live,
          reads: reader!.reads,
          notAvailable: run.profile.notAvailable,
          changedAgain: run.changedAgain?.includes(address) ?? false,
          maskKey: run.maskKey,
        })
      : [];
  const kept = withoutSecrets(
    { step: step.id, address, region, exchanges: transcript.exchanges },
    step.resource,
    state,
  );
  const evidence = [run.evidence(evidencePath(run.protocol, step.id), canonicalJson(kept))];
  const base = { protocol: run.protocol, step: step.id, principal: run.connection.principal, evidence };
  if (error !== undefined) return { ...base, result: "BLOCKED", actual: "not read to the end", reason: error };
  return { ...base, ...verdict(rows, state === undefined, live === undefined) };
}

function notConfigured(synth: unknown): string {
  return `not in the ${synth === null ? "configuration of the plan" : "synthesized stack"}, so that its configuration is not known`;
}

function verdict(
  rows: readonly IqRow[],
  notInState: boolean,
  notLive: boolean,
): Pick<StepFinished, "result" | "actual" | "reason" | "rows"> {
  const failed = rows.filter(({ result }) => result === "FAIL").map(({ attribute }) => attribute);
  const absent = notInState ? "the resource is not in state" : notLive ? "AWS shows no such resource" : undefined;
  if (absent !== undefined) return { result: "FAIL", actual: absent, reason: absent, rows };
  if (rows.length === 0)
    return { result: "FAIL", actual: "no attribute was compared", reason: "no attribute to compare", rows };
  const unseen = rows.filter(({ result }) => result === "NOT AVAILABLE").length;
  const agree = rows.length - failed.length - unseen;
  const actual = `${agree} of ${rows.length} attributes agree${unseen > 0 ? `, ${unseen} not available live` : ""}`;
  if (failed.length === 0) return { result: "PASS", actual, rows };
  const more = failed.length > NAMED_ROWS ? ` and ${failed.length - NAMED_ROWS} more` : "";
  return { result: "FAIL", actual, reason: `differs: ${failed.slice(0, NAMED_ROWS).join(", ")}${more}`, rows };
}

function evidencePath(protocol: string, step: string): string {
  return `iq/${protocol}/${step}.json`;
}
