// SPDX-License-Identifier: Apache-2.0
import type { Rule } from "./rule";

/** Types whose tags an inventory of GxP systems is made of (META-06). */
const INVENTORIED = new Set([
  "aws_backup_vault",
  "aws_cloudtrail",
  "aws_cloudwatch_log_group",
  "aws_dynamodb_table",
  "aws_kms_key",
  "aws_s3_bucket",
]);
/** Keys whose words are the owner's own. */
const OWN_WORDS = ["ChangeRef", "DataType", "GxP", "Owner", "Retention", "SystemId"];
/** Keys that decide something about a bucket alone. */
const OF_BUCKETS = ["BucketRole", "RecordClass"];
/** What an inventory must hold of a resource that it lists. */
const ASKED = [...OWN_WORDS, "Environment", "RecordClass"];

const isTags = (path: string) => path === "tags" || path === "tags_all";

export const TAG_RULES: readonly Rule[] = [
  {
    of: (type, path) => isTags(path) && INVENTORIED.has(type),
    accepts: ({ before, after, resource }, { type }) => {
      const words = type === "aws_s3_bucket" ? OWN_WORDS : [...OWN_WORDS, ...OF_BUCKETS];
      const merged = tagsOf(resource.tags_all);
      return (
        isTold(after) &&
        keysChanged(before, after).every((key) => words.includes(key)) &&
        ASKED.every((key) => isWord(merged[key]))
      );
    },
    because: "every tag that an inventory asks for is there, in other words of the owner's",
  },
  {
    of: (type, path) => isTags(path) && !INVENTORIED.has(type),
    accepts: ({ before, after }) => isTold(after) && keysChanged(before, after).every((key) => key !== "Part11Role"),
    because: "no control asks for this tag on this type: it says nothing of what the resource is for",
  },
];

const isTold = (tags: unknown) => typeof tags === "object";
const isWord = (value: unknown) => typeof value === "string" && value.trim() !== "";

function tagsOf(tags: unknown): Readonly<Record<string, unknown>> {
  return typeof tags === "object" && tags !== null ? (tags as Record<string, unknown>) : {};
}

function keysChanged(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [tagsOf(before), tagsOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => old[key] !== now[key]);
}
