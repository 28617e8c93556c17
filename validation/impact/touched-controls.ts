// SPDX-License-Identifier: Apache-2.0
import { type AttributeChange, isWithin, type OtherDifference, type ResourceChange } from "../comparison";
import { CARRIERS } from "../facts/policy-carriers";
import type { ControlMetadata, Policy } from "../gate";
import { attributesRead } from "../gate/policy";

export interface TouchedControl {
  readonly id: string;
  readonly requirements: readonly string[];
  /** The first change that touches it. */
  readonly because: string;
}

/**
 * Controls that read something that changed: by the attributes of their METADATA, and what tells a bucket's role where they
 * ask for it. A policy that changed touches every control that reads policies, since it may be about anything; a control
 * without attributes reads the whole plan. A change that no other control reads is not understood.
 */
export function touchedControls(
  changes: readonly ResourceChange[],
  policy: Policy,
): { readonly touched: readonly TouchedControl[]; readonly unread: readonly OtherDifference[] } {
  const readers = policy.sidecar.controls.map((control) => ({ control, reads: attributesRead(policy, [control]) }));
  const because = new Map<string, string>();
  const unread: OtherDifference[] = [];
  for (const change of changes) {
    for (const { where, what, touches } of partsOf(change)) {
      const read = readers.filter((reader) => touches(reader));
      for (const { control } of read) if (!because.has(control.id)) because.set(control.id, `${where} ${what}`);
      if (read.every(({ control }) => isOfWholePlan(control)))
        unread.push({ where, what: `${what}, and no control reads it` });
    }
  }
  const touched = policy.sidecar.controls.flatMap(({ id, requirements }) => {
    const why = because.get(id);
    return why === undefined ? [] : [{ id, requirements, because: why }];
  });
  return { touched, unread };
}

interface Reader {
  readonly control: ControlMetadata;
  readonly reads: readonly { readonly type: string; readonly path: string }[];
}

interface Part {
  readonly where: string;
  readonly what: string;
  readonly touches: (reader: Reader) => boolean;
}

function partsOf({ address, type, kind, attributes }: ResourceChange): readonly Part[] {
  const carries = CARRIERS.has(type);
  if (kind !== "changed") {
    return [{ where: address, what: kind, touches: (one) => readsType(one, type) || (carries && readsPolicies(one)) }];
  }
  return attributes.map((change) => ({
    where: `${address} ${change.path}`,
    what: "changed",
    touches: (one) => readsAttribute(one, type, change) || (change.aspects.includes("policy") && readsPolicies(one)),
  }));
}

function readsAttribute(reader: Reader, type: string, { path, aspects }: AttributeChange): boolean {
  if (isOfWholePlan(reader.control)) return true;
  if (aspects.includes("resource")) return readsType(reader, type);
  return reader.reads.some((one) => one.type === type && isWithin(one.path, path));
}

function readsType({ control, reads }: Reader, type: string): boolean {
  return isOfWholePlan(control) || control.resources.includes(type) || reads.some((one) => one.type === type);
}

function readsPolicies({ control, reads }: Reader): boolean {
  return (
    isOfWholePlan(control) ||
    reads.some(({ type, path }) => CARRIERS.get(type)?.some(({ attribute }) => isWithin(attribute, path)))
  );
}

function isOfWholePlan({ resources, attributes }: ControlMetadata): boolean {
  return resources.length === 0 && attributes.length === 0;
}
