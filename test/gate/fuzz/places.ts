// SPDX-License-Identifier: Apache-2.0

export type Json = Record<string, unknown>;

/** Where a value stands: the list or object around it, and its key there. */
export interface Place {
  readonly holder: Json;
  readonly key: string;
  /** From the start of the search. */
  readonly path: readonly string[];
}

/** Every place below a value, front to back. */
export function placesIn(root: unknown, path: readonly string[] = []): readonly Place[] {
  if (typeof root !== "object" || root === null) return [];
  const holder = root as Json;
  return Object.keys(holder).flatMap((key) => [
    { holder, key, path: [...path, key] },
    ...placesIn(holder[key], [...path, key]),
  ]);
}

/** The one that a drawn number means; undefined when there is none. */
export function chosen<T>(from: readonly T[], draw: number): T | undefined {
  return from[draw % from.length];
}

/** Takes a value out of its list or object. */
export function drop({ holder, key }: Pick<Place, "holder" | "key">): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** Marks a path in a mirror of the values, as Terraform marks what is unknown or sensitive. */
export function mark(mirror: Json, [head, ...rest]: readonly string[], value: unknown): void {
  if (head === undefined) return;
  if (rest.length === 0) {
    mirror[head] = true;
    return;
  }
  const inner = (value as Json | undefined)?.[head];
  if (typeof mirror[head] !== "object" || mirror[head] === null) mirror[head] = Array.isArray(inner) ? [] : {};
  if (Array.isArray(mirror[head])) for (let i = 0; i < Number(rest[0]); i++) (mirror[head] as unknown[])[i] ??= {};
  mark(mirror[head] as Json, rest, inner);
}
