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

/**
 * @param deployed plan against the deployed state
 * @param planned what is configured now: of each of its resources the other plan must speak
 */
export function ofDrift(drift: readonly Drift[], deployed: Facts, planned: Facts): ReviewItem {
  const count = Object.values(deployed.resources).filter(({ before, mode }) => mode === "managed" && before).length;
  const notLookedAt = unseen(deployed, planned, count);
  return item("drift", {
    open: drift.map(({ address, what }) => `${address} ${what}`),
    notLookedAt,
    seen: seesState(deployed) ? [`${count} resources compared with their state`] : [],
  });
}

/** What a plan leaves out that was made with `-target`, broke off, or asked nobody. */
function unseen(deployed: Facts, planned: Facts, count: number): readonly string[] {
  const { target, complete, errored } = deployed.meta;
  const give = "give a refreshed plan of the deployed state with --deployed";
  if (!seesState(deployed))
    return [
      `the plan was made against ${target ?? "nobody knows what"} and knows of ${count} resources that are there: ${give}`,
    ];
  const managed = Object.entries(planned.resources).filter(([, { mode }]) => mode === "managed");
  return [
    ...(complete === true && errored === false
      ? []
      : [`what the plan leaves out, for it does not say that it is whole: ${give}`]),
    ...managed
      .filter(([address]) => !deployed.resources[address])
      .map(([address]) => `${address}, of which the plan of the deployed state does not speak`),
  ];
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
