// SPDX-License-Identifier: Apache-2.0
import type { ExampleNotes } from "./folders";

type Container = Record<string, unknown>;

/** Edits a planned document in place as the notes of its folder say; a pointer into nothing is refused. */
export function edit(plan: object, { set = {}, remove = [] }: ExampleNotes): void {
  for (const [pointer, value] of Object.entries(set)) {
    const [parent, key] = placeOf(plan, pointer);
    parent[key] = value;
  }
  for (const pointer of remove) {
    const [parent, key] = placeOf(plan, pointer);
    if (!(key in parent)) throw new Error(`${pointer}: nothing to remove`);
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
}

function placeOf(plan: object, pointer: string): [Container, string] {
  const segments = pointer.split("/").slice(1).map(unescaped);
  const key = segments.pop();
  if (key === undefined) throw new Error(`${pointer}: not a JSON pointer`);
  let parent: unknown = plan;
  for (const segment of segments) parent = (parent as Container | undefined)?.[segment];
  if (typeof parent !== "object" || parent === null) throw new Error(`${pointer}: its parent is not in the plan`);
  return [parent as Container, key];
}

function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
