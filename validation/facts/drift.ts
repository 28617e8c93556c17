// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from "node:util";
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
   * By address. An attribute that the plan keeps as it was found is none of it: the provider computes it, or the configuration
   * leaves it open, and the controls judge its value.
   */
  finish(): readonly DriftFacts[] {
    return this.found
      .map(({ address, type, change }) => {
        return { address, type, actions: change.actions, undone: undone(change, this.planned.get(address)) };
      })
      .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  }
}

/** Names at the top level, sorted; null where the plan does not tell what was found. */
function undone({ before, after }: Change, planned: Change | undefined): readonly string[] | null {
  if (!isObject(before) || !isObject(after)) return null;
  const [wanted, unknown] = [members(planned?.after), members(planned?.after_unknown)];
  const isKept = (name: string) => unknown[name] === undefined && isDeepStrictEqual(wanted[name], after[name]);
  const changed = Object.keys({ ...before, ...after }).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return changed.filter((name) => !isKept(name)).sort();
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
