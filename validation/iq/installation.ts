// SPDX-License-Identifier: Apache-2.0
import { readLock } from "../facts/lock";
import type { IqInputs } from "./inputs";
import { member, plannedResources, stateValues } from "./resources";

/** A comparison of whole documents: what was seen, and what is wrong with it. */
export interface DocumentCheck {
  readonly seen: Readonly<Record<string, unknown>>;
  /** Empty: no difference. */
  readonly differences: readonly string[];
}

/** Whether state holds exactly the managed resources of the plan. @throws PLAN_FORMAT */
export function checkInventory({ plan, synth }: IqInputs, state: unknown): DocumentCheck {
  const planned = plannedResources(plan, synth).map(({ address }) => address);
  const { managed } = stateValues(state);
  const missing = planned.filter((address) => !managed.includes(address));
  const more = managed.filter((address) => !planned.includes(address));
  return {
    seen: { planned, inState: managed },
    differences: [
      ...missing.map((address) => `${address} is not in state`),
      ...more.map((address) => `${address} is in state and not in the plan`),
      ...(planned.length === 0 ? ["the plan holds no managed resource"] : []),
    ],
  };
}

/** Whether lock file, plan and state name the same Terraform and the same providers. @throws PLAN_FORMAT, LOCK_FORMAT */
export function checkProviders({ plan, synth, lock }: IqInputs, state: unknown): DocumentCheck {
  const locked = readLock(lock, ".terraform.lock.hcl");
  const used = [...new Set(plannedResources(plan, synth).map(({ provider }) => provider))].sort();
  const constraints = providerConstraints(plan);
  const inState = [...stateValues(state).providers].sort();
  const versions = { plan: member(plan, "terraform_version"), state: member(state, "terraform_version") };
  const differences = used.flatMap((source) => {
    const pin = locked[source];
    if (!pin) return [`${source} is not in the lock file`];
    const wanted = constraints.get(source);
    return [
      ...(pin.hashes === 0 ? [`${source} is locked without a checksum`] : []),
      // A folder's own lock file is held by Terraform itself against what the files ask for (`-lockfile=readonly`).
      ...(synth === null || wanted?.replace(/^=\s*/, "") === pin.version
        ? []
        : [`${source} is locked at ${pin.version}, configured ${wanted ?? "not at all"}`]),
    ];
  });
  for (const source of inState)
    if (!used.includes(source)) differences.push(`${source} is in state and not in the plan`);
  if (used.length === 0) differences.push("the plan uses no provider");
  if (typeof versions.plan !== "string" || versions.plan !== versions.state) {
    differences.push(`Terraform ${String(versions.plan)} planned, ${String(versions.state)} wrote the state`);
  }
  return {
    seen: {
      locked,
      configured: Object.fromEntries([...constraints].map(([source, wanted]) => [source, wanted ?? null])),
      inState,
      terraform: versions,
    },
    differences,
  };
}

function providerConstraints(plan: unknown): Map<string, string | undefined> {
  const configured = member(member(plan, "configuration"), "provider_config");
  const blocks = typeof configured === "object" && configured !== null ? Object.values(configured) : [];
  return new Map(
    blocks.map((block) => {
      const version = member(block, "version_constraint");
      return [String(member(block, "full_name")), typeof version === "string" ? version : undefined];
    }),
  );
}
