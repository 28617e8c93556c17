// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from "node:util";
import { markedAt } from "./attribute-path";
import type { DriftFacts } from "./facts";
import { isObject } from "./json-object";
import type { Change, ResourceChange } from "./plan-document";

/** What refreshing found to be otherwise than Terraform left it, of a plan whose changes are read once and one by one. */
export class DriftReader {
  private readonly planned = new Map<string, Change | undefined>();

  /** @param found `resource_drift` of the plan */
  constructor(private readonly found: readonly Pick<ResourceChange, "address" | "type" | "change">[] = []) {
    for (const { address } of found) this.planned.set(address, undefined);
  }

  /** Takes note of one planned change. */
  see({ address, deposed, change }: ResourceChange): void {
    if (deposed === undefined && this.planned.has(address)) this.planned.set(address, change);
  }

  /**
   * In the order of the plan. An attribute that the plan keeps as it was found is none of it: the provider computes it, or the configuration
   * leaves it open, and the controls judge its value.
   */
  finish(): readonly DriftFacts[] {
    return this.found.map(({ address, type, change }) => {
      return { address, type, actions: change.actions, undone: undone(change, this.planned.get(address)) };
    });
  }
}

/** Names at the top level, sorted; null where the plan does not tell what was found. */
function undone({ before, after }: Change, planned: Change | undefined): readonly string[] | null {
  if (!isObject(before) || !isObject(after)) return null;
  const wanted = isObject(planned?.after) ? planned.after : {};
  // The mask has the shape of every block and list, so that a member of it alone says nothing.
  const isUnknown = (name: string) => markedAt(planned?.after_unknown, [name]);
  const isKept = (name: string) => !isUnknown(name) && isDeepStrictEqual(wanted[name], after[name]);
  const changed = Object.keys({ ...before, ...after }).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return changed.filter((name) => !isKept(name)).sort();
}
