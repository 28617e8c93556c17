// SPDX-License-Identifier: Apache-2.0
import type { Bundle } from "../../evidence";
import { type LiveConnection, serviceClients } from "../../iq";
import { challenges, type Seen, type StackState } from "../../oq";
import { Transcript } from "../../target/transcript";
import type { Observation } from "./observation";
import { notRunReadOnly } from "./protocols";

export interface ObservationRun {
  readonly bundle: Bundle;
  readonly connection: LiveConnection;
  readonly region: string;
  readonly zone: StackState;
  readonly observations: readonly Observation[];
  readonly onProgress: (line: string) => void;
}

/** Executes what only reads, and says of every other step that it was not run and why. */
export async function runObservations(run: ObservationRun): Promise<void> {
  const { bundle, observations, onProgress } = run;
  for (const observation of observations) {
    const { id: step, title } = observation.step;
    bundle.journal.append("step-started", { protocol: "oq", step });
    const transcript = new Transcript();
    const { result, ...seen } = await look(observation, run, transcript);
    const evidence = [bundle.addJson(`transcripts/oq/${step}.json`, transcript.exchanges)];
    bundle.journal.append("step-finished", { protocol: "oq", step, result, ...seen, evidence });
    onProgress(`${result}  ${step}  ${title}`);
  }
  for (const { step, reason } of notRunReadOnly()) {
    const body = { protocol: "oq", step, result: "NOT RUN", actual: "not observed", reason, evidence: [] } as const;
    bundle.journal.append("step-finished", body);
  }
  onProgress(`NOT RUN  ${challenges.length} steps, each by name in the report: read-only run`);
}

type Looked = Omit<Seen, "result" | "remark" | "observed"> & { readonly result: Seen["result"] | "BLOCKED" };

async function look(observation: Observation, run: ObservationRun, transcript: Transcript): Promise<Looked> {
  const { connection, region, zone } = run;
  const clients = (of: string) => serviceClients(connection, of, transcript);
  try {
    return await observation.run({ arn: connection.principal, clients, region, zone, now: () => new Date() });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { result: "BLOCKED", actual: "not observed", reason };
  }
}
