// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../facts";
import { type Impact, isSame } from "../impact";
import { item, type ReviewItem } from "./item";

/** What was changed outside of the configuration, or is still to be applied. */
export interface Drift {
  readonly address: string;
  readonly type: string;
  readonly what: string;
}

/** What the new plan changes of the one that was qualified. */
export function ofChanges(impact: Impact): ReviewItem {
  const { changes, notUnderstood, steps } = impact;
  const again = steps.filter((one) => one.again).length;
  return item("changes", {
    open: [
      ...changes.map(({ address, kind, attributes }) => {
        const paths = attributes.map(({ path }) => path).join(", ");
        return paths === "" ? `${address} was ${kind}` : `${address} was ${kind}: ${paths}`;
      }),
      ...notUnderstood.map(({ where, what }) => `${where} ${what}`),
    ],
    seen: [
      isSame(impact)
        ? `plan ${impact.from.plan} is planned as it was qualified`
        : `${again} of ${steps.length} steps are to be executed again at least (part11 impact)`,
    ],
  });
}

/** Drift that plans found. A plan that asked nobody, or that knows of nothing deployed, has found none and shows none. */
export function driftOf(plans: readonly Facts[]): readonly Drift[] {
  const found = plans.flatMap((facts) => [
    ...facts.drift.map(
      ({ address, type, actions }): Drift => ({
        address,
        type,
        what: `drifted from its state (${actions.join(", ")})`,
      }),
    ),
    ...(seesState(facts) ? pendingOf(facts) : []),
  ]);
  return [...new Map(found.map((one) => [`${one.address} ${one.what}`, one])).values()];
}

/** @param deployed plan against the deployed state */
export function ofDrift(drift: readonly Drift[], deployed: Facts): ReviewItem {
  const { target } = deployed.meta;
  const count = Object.values(deployed.resources).filter(({ before, mode }) => mode === "managed" && before).length;
  return item("drift", {
    open: drift.map(({ address, what }) => `${address} ${what}`),
    notLookedAt: seesState(deployed)
      ? []
      : [
          `the plan was made against ${target ?? "nobody knows what"} and knows of ${count} resources that are there: give a refreshed plan of the deployed state with --deployed`,
        ],
    seen: seesState(deployed) ? [`${count} resources compared with their state`] : [],
  });
}

/** An offline plan asks nobody; without a resource that is there, there is nothing to compare. */
function seesState({ meta, resources }: Facts): boolean {
  if (meta.target === "offline" || meta.target === null) return false;
  return Object.values(resources).some(({ before, mode }) => mode === "managed" && before !== null);
}

function pendingOf({ resources }: Facts): Drift[] {
  return Object.entries(resources)
    .filter(([, { mode, actions }]) => mode === "managed" && !actions.every((one) => one === "no-op"))
    .map(([address, { type, actions }]) => ({ address, type, what: `is not as configured (${actions.join(", ")})` }));
}
