// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import type { ControlMetadata } from "../../../validation/gate";
import { atPath } from "../../../validation/gate/mutation/documents";
import { mutantsOf } from "../../../validation/gate/mutation/mutants";
import { argumentType, holds } from "./argument-types";
import type { Documents } from "./documents";
import { takes } from "./formats";
import type { PlannedStack } from "./stacks";

/** A change of one attribute on all resources of its type, in one stack. */
export interface Generated {
  readonly stack: PlannedStack;
  readonly type: string;
  readonly path: string;
  readonly name: string;
  /** The changed documents, made anew each time. */
  readonly documents: () => Documents;
}

/**
 * Every mutant of every attribute that a control lists, of a type that the stack has, each once: without what changes
 * nothing, what another one does too, and values that the argument cannot hold or AWS cannot take.
 *
 * @param stacks with the controls that apply to each
 * @param order of the candidates; a draw takes the first of them
 */
export function* generated(
  stacks: readonly { readonly stack: PlannedStack; readonly controls: readonly ControlMetadata[] }[],
  order: <T>(all: readonly T[]) => readonly T[],
): Generator<Generated> {
  const seen = new Set<string>();
  for (const { stack, type, path, mutant } of order(stacks.flatMap(candidates))) {
    const documents = () => {
      const copy = withOwn(stack.documents, type);
      return { copy, changed: mutant.apply(copy) };
    };
    const { copy, changed } = documents();
    if (!changed || !isHeld(copy, type, path.split("."))) continue;
    const before = digestOf(stack, stack.documents, type);
    const after = digestOf(stack, copy, type);
    if (after === before || seen.has(after)) continue;
    seen.add(after);
    yield { stack, type, path, name: mutant.name, documents: () => documents().copy };
  }
}

function candidates({ stack, controls }: Parameters<typeof generated>[0][number]) {
  const types = new Set(stack.documents.plan.resource_changes.map(({ type }) => type));
  const listed = new Map(
    controls.flatMap(({ attributes }) => attributes.map((one) => [`${one.type} ${one.path}`, one])),
  );
  return [...listed.values()]
    .filter(({ type, path }) => types.has(type) && isWritten(type, path))
    .flatMap(({ type, path }) =>
      mutantsOf(stack.documents, type, path).map((mutant) => ({ stack, type, path, mutant })),
    );
}

/** What the provider gives no program writes; the bindings name `id`, which the provider's SDK refuses. */
function isWritten(type: string, path: string): boolean {
  return path.startsWith("lifecycle.") || (path !== "id" && argumentType(type, path.split(".")) !== undefined);
}

function isHeld({ plan }: Documents, type: string, segments: readonly string[]): boolean {
  let all = true;
  for (const { change } of plan.resource_changes.filter((one) => one.type === type && one.change.after !== null)) {
    atPath(change.after, segments, (holder, key) => {
      all &&= holds(type, segments, holder[key]) && takes(type, segments.join("."), holder[key]);
    });
  }
  return all;
}

/** Tells apart what documents of a stack say of one type. */
function digestOf({ name }: PlannedStack, { plan, synth }: Documents, type: string): string {
  const changes = plan.resource_changes.filter((one) => one.type === type);
  const configured = plan.configuration.root_module!.resources!.filter((one) => one.type === type);
  return createHash("sha256")
    .update(JSON.stringify([name, type, changes, configured, synth.resource[type]]))
    .digest("hex");
}

/** Documents that share all with the given ones but what they hold of one type. */
function withOwn(all: Documents, type: string): Documents {
  const own = <T extends { readonly type: string }>(some: readonly T[]) =>
    some.map((one) => (one.type === type ? structuredClone(one) : one));
  const { plan, synth } = all;
  const root = plan.configuration.root_module!;
  const configuration = { ...plan.configuration, root_module: { ...root, resources: own(root.resources!) } };
  const resource = { ...synth.resource, [type]: structuredClone(synth.resource[type]!) };
  return {
    ...all,
    plan: { ...plan, resource_changes: own(plan.resource_changes), configuration },
    synth: { ...synth, resource },
  };
}
