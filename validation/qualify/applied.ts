// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { Bundle } from "../evidence";
import { applyPlan, secondPlan } from "../plan";
import { allEnded } from "../toolchain";
import type { JudgedPlan } from "./judged-plan";
import { readState } from "./state";

/** Resources that Terraform works on at a time; with its default of ten it waits longer than the emulator needs. */
const PARALLELISM = 40;

/** What applying asks of a run. */
interface Applying {
  readonly bundle: Bundle;
  readonly signal: AbortSignal;
}

/** What Terraform holds of an applied stack. */
export interface ReadBack {
  readonly state: unknown;
  /** Addresses that it would change now; none, as it must be. */
  readonly changes: readonly string[];
}

/** Applies a judged plan, and says in the journal what came of it. @throws APPLY_FAILED unless it is whole */
export async function apply(course: Applying, { name, artifacts }: JudgedPlan, env: NodeJS.ProcessEnv): Promise<void> {
  const { journal } = course.bundle;
  journal.append("apply-started", { plan: name, planSha256: artifacts.digests["plan.bin"]! });
  const done = await applyPlan(artifacts, { env, parallelism: PARALLELISM, signal: course.signal });
  const { applied, failed, notReached } = done;
  journal.append("apply-finished", {
    plan: name,
    status: done.complete ? "complete" : done.partial ? "partial" : "failed",
    exitCode: done.code,
    resources: applied.length,
    evidence: [course.bundle.addJson(`apply/${name}.json`, { applied, failed, notReached })],
  });
  if (done.complete) return;
  throw new Part11Error({
    code: "APPLY_FAILED",
    what: "apply is not whole",
    where: `plan ${name}`,
    expected: "every planned resource applied",
    got: `exit code ${done.code}, ${failed.length} failed, ${notReached.length} not reached; ${failed[0]?.address ?? ""} ${failed[0]?.message ?? ""}`.trim(),
    todo: `see apply/${name}.json in the bundle`,
  });
}

/** What Terraform holds of an applied stack, and what it would change now. */
export async function readBack(course: Applying, plan: JudgedPlan, env: NodeJS.ProcessEnv): Promise<ReadBack> {
  const [state, changes] = await allEnded([readState(plan.artifacts), planAgain(course, plan, env)]);
  return { state, changes };
}

async function planAgain(
  course: Applying,
  { name, artifacts }: JudgedPlan,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const again = await secondPlan(artifacts, { env, signal: course.signal });
  const changes = again.changes.map(({ address }) => address);
  course.bundle.journal.append("second-plan", {
    plan: name,
    exitCode: again.empty ? 0 : 2,
    changes,
    drift: again.drift.map(({ address, type, attributes }) => ({ address, type, attributes })),
    evidence: [course.bundle.addJson(`second-plan/${name}.json`, again)],
  });
  return changes;
}
