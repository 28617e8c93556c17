// SPDX-License-Identifier: Apache-2.0
import { atPath } from "../../validation/gate/mutation/documents";
import { type Documents, goldenDocuments } from "./mutation/documents";

/** What is changed: an argument of the one resource of a type whose address holds `part`, to another value, or to none. */
export interface Written {
  readonly type: string;
  readonly path: string;
  readonly value: (before: unknown) => unknown;
  readonly part?: string;
}

/** A planned folder with one argument as its code would say otherwise: in plan, configuration and synth alike. */
export function written(planned: string, { type, path, value, part = "" }: Written): Documents {
  const documents = JSON.parse(planned) as Documents;
  const segments = path.split(".");
  const meant = documents.plan.resource_changes.filter((one) => one.type === type && one.address.includes(part));
  if (meant.length !== 1) throw new Error(`${meant.length} of ${type} with ${JSON.stringify(part)}`);
  const { name, change } = meant[0]!;
  const own = documents.plan.configuration.root_module!.resources!.find(
    (one) => one.type === type && one.name === name,
  )!;
  let [now, places]: [unknown, number] = [undefined, 0];
  atPath(change.after, segments, (holder, key) => {
    now = value(holder[key]);
    if (now === holder[key]) throw new Error(`${path} is what it was`);
    holder[key] = now ?? null;
    places += 1;
  });
  const text = documents.synth.resource[type]![name]!;
  for (const [root, by] of [
    [text, now],
    [own.expressions, { constant_value: now }],
  ] as const) {
    atPath(root, segments, (holder, key) => {
      if (now === undefined) delete holder[key];
      else holder[key] = by;
      places += 1;
    });
  }
  if (places !== 3) throw new Error(`${path} stands at ${places} places`);
  return documents;
}

/** A planned folder as text, so that each change begins with a copy of its own. */
export function plannedText(folder: string): string {
  return JSON.stringify(goldenDocuments(folder));
}
