// SPDX-License-Identifier: Apache-2.0
import { atPath, type Documents, plannedValues } from "./documents";
import { placesOf } from "./places";
import { MUTANT, type Transform, transformsFor } from "./transforms";

type Json = Record<string, unknown>;

/** Resources tried one after the other as the new target of a reference. */
const MAX_NAMES = 12;

/** A key that AWS holds and nobody else governs. */
const AWS_KEY = "alias/aws/s3";

/** One weakening of one attribute on all resources of a type. */
export interface Mutant {
  readonly name: string;
  /** Changes the documents in place; false when there was nothing to change. */
  readonly apply: (documents: Documents) => boolean;
}

/** Ways to weaken an attribute in plan and synth alike, as a changed program would. */
export function mutantsOf(original: Documents, type: string, path: string): readonly Mutant[] {
  const segments = path.split(".");
  if (segments[0] === "lifecycle") return lifecycleMutants(type, segments[1]!);
  if (path === "tags_all") return tagMutants(original, type).map(throughDefaultTags(type));
  if (path === "tags") return tagMutants(original, type).map(mergedTags(type));
  return mutantsAt(original, type, path);
}

function tagMutants(original: Documents, type: string): readonly Mutant[] {
  return mutantsAt(original, type, "tags");
}

function mutantsAt(original: Documents, type: string, path: string): readonly Mutant[] {
  const segments = path.split(".");
  const buckets = segments.at(-1) === "bucket" ? plannedValues(original, "aws_s3_bucket", ["bucket"]) : [];
  const seen = [...plannedValues(original, type, segments), ...writtenValues(original, type, segments), ...buckets];
  return [
    { name: "removed", apply: (documents) => remove(documents, type, segments) },
    { name: "not known until apply", apply: (documents) => hide(documents, type, segments) },
    { name: "referring to no resource of the plan", apply: (documents) => rewire(documents, type, segments, MUTANT) },
    ...referredNames(original, type, segments).map((name) => ({
      name: `all referring to ${name}`,
      apply: (documents: Documents) => rewire(documents, type, segments, name),
    })),
    ...(/kms/.test(segments.at(-1)!) ? [AWS_KEY] : []).map((text) => ({
      name: `no reference but ${text}`,
      apply: (documents: Documents) => pin(documents, type, segments, text),
    })),
    ...transformsFor(seen, roleArns(original)).map((transform) => ({
      name: transform.name,
      apply: (documents: Documents) => change(documents, type, segments, transform),
    })),
  ];
}

// Tags of provider and resource meet in tags_all; as long as a resource writes its own, tags_all repeats them.
function throughDefaultTags(type: string): (mutant: Mutant) => Mutant {
  return ({ name, apply }) => ({
    name: `tags_all: ${name}`,
    apply: (documents) => {
      const changed = apply(documents);
      for (const { after } of changes(documents, type)) {
        after.tags_all = after.tags ?? {};
        after.tags = null;
      }
      for (const body of [...configured(documents, type), ...written(documents, type)]) delete body.tags;
      return changed;
    },
  });
}

// What the provider shows as merged follows from what the resource writes.
function mergedTags(type: string): (mutant: Mutant) => Mutant {
  return ({ name, apply }) => ({
    name,
    apply: (documents) => {
      const defaults = changes(documents, type).map(({ after }) =>
        without(after.tags_all, Object.keys(after.tags ?? {})),
      );
      const changed = apply(documents);
      changes(documents, type).forEach(({ after, after_unknown }, i) => {
        if (after_unknown.tags === true) {
          delete after.tags_all;
          after_unknown.tags_all = true;
        } else after.tags_all = { ...defaults[i], ...(after.tags as Json | null) };
      });
      return changed;
    },
  });
}

function without(map: unknown, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => !keys.includes(key)));
}

function lifecycleMutants(type: string, argument: string): readonly Mutant[] {
  const values = argument === "prevent_destroy" ? [false, undefined] : [["all"], ["*"], undefined];
  return values.map((value) => ({
    name: value === undefined ? "removed" : `set to ${JSON.stringify(value)}`,
    apply: ({ synth }) => {
      const bodies = Object.values(synth.resource[type] ?? {});
      for (const body of bodies) body.lifecycle = { ...(body.lifecycle as Json), [argument]: value };
      return bodies.length > 0;
    },
  }));
}

function change(documents: Documents, type: string, segments: readonly string[], { apply }: Transform): boolean {
  let changed = false;
  for (const place of placesOf(documents, type, segments)) changed = place.change(apply) || changed;
  return changed;
}

function remove(documents: Documents, type: string, segments: readonly string[]): boolean {
  let changed = false;
  const drop = (holder: Json, key: string) => {
    changed ||= key in holder;
    delete holder[key];
  };
  for (const { after, after_unknown } of changes(documents, type)) {
    atPath(after, segments, (holder, key) => {
      changed ||= (holder[key] ?? null) !== null;
      holder[key] = Array.isArray(holder[key]) ? [] : null;
    });
    atPath(after_unknown, segments, drop);
  }
  for (const expressions of configured(documents, type)) atPath(expressions, segments, drop);
  for (const body of written(documents, type)) atPath(body, segments, drop);
  return changed;
}

function hide(documents: Documents, type: string, segments: readonly string[]): boolean {
  let changed = false;
  for (const { after, after_unknown } of changes(documents, type))
    changed = hideIn(after, after_unknown, segments) || changed;
  for (const expressions of configured(documents, type)) {
    atPath(
      expressions,
      segments,
      (holder, key) => {
        holder[key] = { references: [`random_id.${MUTANT}.hex`, `random_id.${MUTANT}`] };
      },
      true,
    );
  }
  for (const body of written(documents, type)) {
    atPath(
      body,
      segments,
      (holder, key) => {
        holder[key] = `\${random_id.${MUTANT}.hex}`;
      },
      true,
    );
  }
  return changed;
}

// after_unknown mirrors the shape of after: `true` at what is not known.
function hideIn(after: unknown, unknown: unknown, [head, ...rest]: readonly string[]): boolean {
  if (head === undefined || typeof after !== "object" || after === null) return false;
  const holder = after as Json;
  const mirror = unknown as Json;
  if (rest.length === 0) {
    delete holder[head];
    mirror[head] = true;
    return true;
  }
  const blocks = holder[head];
  if (!Array.isArray(blocks)) return false;
  const mirrored = Array.isArray(mirror[head]) ? (mirror[head] as Json[]) : [];
  mirror[head] = blocks.map((_, i) => mirrored[i] ?? {});
  return blocks.map((block, i) => hideIn(block, (mirror[head] as Json[])[i], rest)).some(Boolean);
}

function rewire(documents: Documents, type: string, segments: readonly string[], name: string): boolean {
  let changed = false;
  for (const place of placesOf(documents, type, segments)) changed = place.refer(name) || changed;
  return changed;
}

/** A text in place of every reference, planned, configured and synthesized. */
function pin(documents: Documents, type: string, segments: readonly string[], text: string): boolean {
  let changed = false;
  for (const expressions of configured(documents, type)) {
    atPath(expressions, segments, (holder, key) => {
      changed ||= holder[key] !== undefined && "references" in (holder[key] as Json);
      holder[key] = { constant_value: text };
    });
  }
  const set = (holder: Json, key: string) => {
    holder[key] = text;
  };
  for (const { after, after_unknown } of changes(documents, type)) {
    atPath(after, segments, set);
    atPath(after_unknown, segments, (holder, key) => {
      delete holder[key];
    });
  }
  for (const body of written(documents, type)) atPath(body, segments, set);
  return changed;
}

function roleArns({ plan }: Documents): readonly string[] {
  const account = /arn:aws:iam::(\d{12}):/.exec(JSON.stringify(plan))?.[1];
  return plan.resource_changes
    .filter(({ type, change }) => type === "aws_iam_role" && change.after !== null)
    .map(({ change }) => `arn:aws:iam::${account}:role${change.after.path ?? "/"}${change.after.name}`);
}

/** Names of the resources that the attribute refers to somewhere in the plan. */
function referredNames(original: Documents, type: string, segments: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const expressions of configured(original, type)) {
    atPath(expressions, segments, (holder, key) => {
      const references = (holder[key] as { references?: string[] } | undefined)?.references ?? [];
      for (const reference of references) names.add(reference.split(".")[1] ?? "");
    });
  }
  return [...names].filter((name) => name !== "").slice(0, MAX_NAMES);
}

function changes({ plan }: Documents, type: string) {
  return plan.resource_changes
    .filter((resource) => resource.type === type && resource.change.after !== null)
    .map(({ change }) => change);
}

function configured({ plan }: Documents, type: string): readonly Json[] {
  const resources = plan.configuration.root_module?.resources ?? [];
  return resources.filter((r) => r.type === type).map(({ expressions }) => expressions ?? {});
}

function written({ synth }: Documents, type: string): readonly Json[] {
  return Object.values(synth.resource[type] ?? {});
}

function writtenValues(documents: Documents, type: string, segments: readonly string[]): readonly unknown[] {
  const values: unknown[] = [];
  for (const body of written(documents, type))
    atPath(body, segments, (holder, key) => values.push(holder[key] ?? null));
  return values;
}
