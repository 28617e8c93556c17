// SPDX-License-Identifier: Apache-2.0
import { isObject, type JsonObject, recordOf } from "./json-object";
import type { Change, ResourceChange, ResourceConfig } from "./plan-document";
import { dynamicTypes } from "./synth";

/** A deprecated block of `aws_s3_bucket` and the split resource that says the same since provider 4. */
interface Inline {
  readonly block: string;
  readonly type: string;
  /** Attribute of the split resource that holds the block; null = its members are the resource's own. */
  readonly within: string | null;
  /** Attributes of the split resource that are not known when the whole block is not. */
  readonly attributes: readonly string[];
  /** Member of the block, its blocks included -> name in the split resource. */
  readonly names: Readonly<Record<string, string>>;
  /** The same within one block only. */
  readonly namesIn?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** New name -> words for true and false. */
  readonly words?: Readonly<Record<string, readonly [string, string]>>;
}

const NONCURRENT = { days: "noncurrent_days" };

/** Source: guide "Terraform AWS Provider Version 4 Upgrade", S3 bucket refactor; plans of 5.100.0. */
const INLINE: readonly Inline[] = [
  {
    block: "versioning",
    type: "aws_s3_bucket_versioning",
    within: "versioning_configuration",
    attributes: ["versioning_configuration"],
    names: { enabled: "status" },
    words: { status: ["Enabled", "Suspended"], mfa_delete: ["Enabled", "Disabled"] },
  },
  {
    block: "object_lock_configuration",
    type: "aws_s3_bucket_object_lock_configuration",
    within: null,
    attributes: ["object_lock_enabled", "rule"],
    names: {},
  },
  {
    block: "server_side_encryption_configuration",
    type: "aws_s3_bucket_server_side_encryption_configuration",
    within: null,
    attributes: ["rule"],
    names: {},
  },
  {
    block: "lifecycle_rule",
    type: "aws_s3_bucket_lifecycle_configuration",
    within: "rule",
    attributes: ["rule"],
    names: { enabled: "status" },
    namesIn: { noncurrent_version_expiration: NONCURRENT, noncurrent_version_transition: NONCURRENT },
    words: { status: ["Enabled", "Disabled"] },
  },
  {
    block: "logging",
    type: "aws_s3_bucket_logging",
    within: null,
    attributes: ["target_bucket", "target_prefix"],
    names: {},
  },
  {
    block: "website",
    type: "aws_s3_bucket_website_configuration",
    within: "website",
    attributes: ["website"],
    names: {},
  },
  {
    block: "cors_rule",
    type: "aws_s3_bucket_cors_configuration",
    within: "cors_rule",
    attributes: ["cors_rule"],
    names: {},
  },
  {
    block: "grant",
    type: "aws_s3_bucket_acl",
    within: "access_control_policy",
    attributes: ["access_control_policy"],
    names: {},
  },
  {
    block: "acl",
    type: "aws_s3_bucket_acl",
    within: "acl",
    attributes: ["acl"],
    names: {},
  },
  {
    block: "replication_configuration",
    type: "aws_s3_bucket_replication_configuration",
    within: null,
    attributes: ["role", "rule"],
    names: { rules: "rule" },
  },
];

/** A split resource that nobody wrote: what a bucket says of it inline. */
export interface InlinePart {
  readonly entry: ResourceChange;
  readonly config: ResourceConfig | undefined;
  /** Arguments as the synth writes them, where there is one. */
  readonly body: JsonObject | undefined;
}

/**
 * The deprecated blocks of a bucket as the split resources that say the same, so that every control judges both styles.
 * A computed block, which only mirrors split resources, is left alone.
 *
 * @param body of the bucket in the synth
 */
export function inlineParts(
  entry: ResourceChange,
  config: ResourceConfig | undefined,
  body: JsonObject | undefined,
): readonly InlinePart[] {
  if (entry.type !== "aws_s3_bucket" || entry.mode !== "managed" || !isObject(entry.change.after)) return [];
  return INLINE.filter((inline) => isWritten(inline, entry.change, config, body)).map((inline) => ({
    entry: {
      ...entry,
      address: `${entry.address} (inline ${inline.block})`,
      type: inline.type,
      change: changeOf(inline, entry.change),
    },
    config: config && {
      ...config,
      type: inline.type,
      expressions: { bucket: {}, ...split(inline, config.expressions?.[inline.block], false) },
    },
    body: body && { ...body, ...split(inline, body[inline.block], false) },
  }));
}

function isWritten(
  { block }: Inline,
  { actions, after }: Change,
  config: ResourceConfig | undefined,
  body: JsonObject | undefined,
): boolean {
  if (config?.expressions?.[block] !== undefined || (body && dynamicTypes(body).includes(block))) return true;
  // What nobody wrote is not known on creation; elements come from a dynamic block, which plan JSON does not show.
  const planned = isObject(after) ? after[block] : undefined;
  return actions.includes("create") && Array.isArray(planned) && planned.length > 0;
}

function changeOf(inline: Inline, change: Change): Change {
  const { after, before, after_unknown, after_sensitive, before_sensitive } = change;
  const of = (values: unknown) => (isObject(values) ? values : recordOf([]));
  return {
    ...change,
    before: isObject(before) ? { bucket: before.bucket, ...split(inline, before[inline.block], true) } : before,
    after: { bucket: of(after).bucket, ...split(inline, of(after)[inline.block], true) },
    after_unknown: { bucket: of(after_unknown).bucket, ...mirrored(inline, after_unknown) },
    after_sensitive: mirrored(inline, after_sensitive),
    before_sensitive: mirrored(inline, before_sensitive),
  };
}

/** Marks of the block as marks of the split resource; one mark for the whole block covers all of it. */
function mirrored(inline: Inline, marks: unknown): JsonObject {
  const mark = isObject(marks) ? marks[inline.block] : marks;
  if (mark === true) return recordOf(inline.attributes.map((name) => [name, true] as const));
  return split(inline, mark, false);
}

function split(inline: Inline, block: unknown, isValue: boolean): JsonObject {
  // An argument and no block: `acl`.
  if (typeof block === "string" && inline.within !== null) return recordOf([[inline.within, block]]);
  const blocks = (Array.isArray(block) ? block : [block]).filter(isObject);
  const renamed = blocks.map((one) => reshaped(inline, one, inline.names, isValue));
  if (inline.within !== null) return renamed.length === 0 ? recordOf([]) : recordOf([[inline.within, renamed]]);
  return renamed[0] ?? recordOf([]);
}

function reshaped(
  inline: Inline,
  block: JsonObject,
  names: Readonly<Record<string, string>>,
  isValue: boolean,
): JsonObject {
  return recordOf(
    Object.keys(block).map((key) => {
      const name = Object.hasOwn(names, key) ? names[key]! : key;
      const value = block[key];
      const words = isValue ? inline.words?.[name] : undefined;
      if (words && typeof value === "boolean") return [name, words[value ? 0 : 1]] as const;
      const inner = inline.namesIn?.[key] ?? {};
      if (Array.isArray(value)) {
        return [name, value.map((item) => (isObject(item) ? reshaped(inline, item, inner, isValue) : item))] as const;
      }
      return [name, isObject(value) ? reshaped(inline, value, inner, isValue) : value] as const;
    }),
  );
}
