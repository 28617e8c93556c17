// SPDX-License-Identifier: Apache-2.0
import { placesOf } from "../../../../validation/gate/mutation/places";
import type { Generated } from "../generated";

type Json = Readonly<Record<string, unknown>>;

/** One place that a mutant changes. */
export interface Changed {
  readonly address: string;
  /** As planned, else as the synth writes it; undefined where nothing is set or known. */
  readonly before: unknown;
  readonly after: unknown;
  /** The resource as planned by the mutant. */
  readonly resource: Json;
}

/** Every place at which a mutant says something else; a place that it does not know any more has no value after. */
export function changedValues({ stack, type, path, documents }: Generated): readonly Changed[] {
  const segments = path.split(".");
  const [old, now] = [stack.documents, documents()].map((all) => placesOf(all, type, segments));
  if (old!.length !== now!.length) return [];
  return now!
    .map(({ address, resource, value }, at) => ({ address, resource, before: old![at]!.value(), after: value() }))
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
}
