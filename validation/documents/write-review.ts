// SPDX-License-Identifier: Apache-2.0
import type { RunRecord } from "../evidence";
import { canonicalJson } from "../json";
import type { PeriodicReview } from "../review";
import { periodicReviewRecord } from "./contents/periodic-review";
import { checksums, type DocumentFile, filesOf } from "./write";

/** A periodic review as data, `<id>.review.json`, as a document in every format, and SHA256SUMS over them. */
export async function reviewFiles(record: RunRecord, review: PeriodicReview): Promise<readonly DocumentFile[]> {
  const model = periodicReviewRecord(record, review);
  const data = { name: `${model.head.id}.review.json`, bytes: Buffer.from(`${canonicalJson(review)}\n`) };
  const files = [data, ...(await filesOf(model))];
  return [...files, checksums(files)];
}
