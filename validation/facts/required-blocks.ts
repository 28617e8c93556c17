// SPDX-License-Identifier: Apache-2.0
import { isObject } from "./json-object";

/**
 * Blocks that their resource requires, and a control reads as a setting of a bucket. What is required is never computed:
 * where such a block is unknown as a whole, a `dynamic` block whose `for_each` is not known yet writes it, and plan JSON
 * shows no expression of that. Source: schema of hashicorp/aws 5.100.0, min_items of the block at least 1.
 */
const REQUIRED: ReadonlyMap<string, string> = new Map([
  ["aws_s3_bucket_ownership_controls", "rule"],
  ["aws_s3_bucket_server_side_encryption_configuration", "rule"],
  ["aws_s3_bucket_versioning", "versioning_configuration"],
]);

const NONE: readonly string[] = [];

/** Name of the required block of this type that is not known yet as a whole, in a list; empty where there is none. */
export function unknownRequiredBlocks(type: string, afterUnknown: unknown): readonly string[] {
  const block = REQUIRED.get(type);
  return block !== undefined && isObject(afterUnknown) && afterUnknown[block] === true ? [block] : NONE;
}
