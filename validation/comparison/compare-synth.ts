// SPDX-License-Identifier: Apache-2.0
import { isObject, type JsonObject } from "../facts/json-object";
import type { FactsComparison, OtherDifference } from "./comparison";
import { differingPaths, isWithin } from "./differing-paths";

/** cdktf's own notes (construct path, stack trace): nothing of the configuration. */
const NOTES = "//";

/**
 * Differences of two synthesized stacks that the facts do not show, since no control reads the attribute: of a resource
 * that both have, what differs and is not among its changes; and every other block.
 *
 * @param before cdk.tf.json of the first plan
 * @param shown what the facts of the two plans show
 */
export function unreadDifferences(before: unknown, after: unknown, shown: FactsComparison): OtherDifference[] {
  const [one, other] = [objectOf(before), objectOf(after)];
  const blocks = new Set([...Object.keys(one), ...Object.keys(other)].filter((name) => name !== NOTES));
  blocks.delete("resource");
  return [
    ...[...blocks].sort().flatMap((name) =>
      differingPaths(withoutNotes(one[name]), withoutNotes(other[name]), name).map((where) => ({
        where: `synth ${where}`,
        what: "differs, and is no attribute of a resource",
      })),
    ),
    ...unreadOfResources(objectOf(one.resource), objectOf(other.resource), shown),
  ];
}

function unreadOfResources(before: JsonObject, after: JsonObject, { resources }: FactsComparison): OtherDifference[] {
  const differences: OtherDifference[] = [];
  for (const type of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const [one, other] = [objectOf(before[type]), objectOf(after[type])];
    for (const name of Object.keys(one).filter((each) => Object.hasOwn(other, each))) {
      const address = `${type}.${name}`;
      const seen = resources.filter(({ address: at }) => at === address || at.startsWith(`${address}[`));
      const shown = seen.flatMap(({ attributes }) => attributes.map(({ path }) => path));
      for (const path of differingPaths(withoutNotes(one[name]), withoutNotes(other[name]))) {
        if (shown.some((each) => (each === "*" ? META_ARGUMENTS.has(path.split(".", 1)[0]!) : isWithin(each, path))))
          continue;
        differences.push({ where: `${address} ${path}`, what: "differs, and no control reads it" });
      }
    }
  }
  return differences;
}

/** What the facts of a resource hold beside its attributes. */
const META_ARGUMENTS: ReadonlySet<string> = new Set(["lifecycle", "provider", "provisioner"]);

function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== NOTES)
      .map(([name, inner]) => [name, withoutNotes(inner)]),
  );
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
