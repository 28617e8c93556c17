// SPDX-License-Identifier: Apache-2.0
import type { Referring } from "./expressions";
import { longestOnly, traversalOf } from "./traversal";

/**
 * Arguments with `each.value` read as what the resource repeats over: with `for_each = aws_s3_bucket.b` it is the
 * instance of `b` with the same key. Over anything else it names nothing.
 *
 * @param repeated references of the resource's `for_each`
 */
export function throughEach(referring: readonly Referring[], repeated: readonly string[]): readonly Referring[] {
  const [only, ...others] = longestOnly(repeated);
  if (only === undefined || others.length > 0) return referring;
  const traversal = traversalOf(only);
  if (traversal.kind !== "resource" || traversal.key !== undefined || traversal.attribute !== null) return referring;
  return referring.map(({ path, references }) => {
    const rest = references.filter((reference) => !isEachValue(reference));
    return { path, references: rest.length === references.length ? references : [...rest, "each.key", only] };
  });
}

function isEachValue(reference: string): boolean {
  return reference === "each.value" || reference.startsWith("each.value.");
}
