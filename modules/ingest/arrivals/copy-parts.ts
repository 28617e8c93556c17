// SPDX-License-Identifier: Apache-2.0
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  type S3Client,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";

/** How versions are copied. */
export interface CopySizes {
  /** Largest version that is copied by one call, in bytes; S3 takes 5 GB. */
  readonly singleBytes: number;
  /** Smallest part of a larger one, in bytes; S3 takes 5 MiB to 5 GB. */
  readonly partBytes: number;
  /** Parts that S3 copies at the same time. */
  readonly atOnce: number;
}

/** S3 user guide, "Amazon S3 multipart upload limits", and API CopyObject, read 2026-11-22. */
export const S3_SIZES: CopySizes = { singleBytes: 5_000_000_000, partBytes: 256 * 1024 * 1024, atOnce: 16 };
const MOST_PARTS = 10_000;

/** A version, and what becomes of it. */
export interface Copy {
  readonly bytes: number;
  /** Bucket, key and version, as `x-amz-copy-source` has them. */
  readonly source: string;
  readonly to: Pick<CreateMultipartUploadCommandInput, "Bucket" | "Key">;
  readonly about: Pick<CreateMultipartUploadCommandInput, "Metadata" | "ContentType">;
  readonly condition: Pick<CompleteMultipartUploadCommandInput, "IfMatch" | "IfNoneMatch">;
}

export interface Made {
  /** Undefined when the bucket keeps no versions. */
  readonly versionId: string | undefined;
  /** Hexadecimal, as S3 computed it; undefined when S3 computed none of the whole. */
  readonly sha256?: string;
}

/**
 * Copies a version of any size within S3. There is no version before the last call, so a run that breaks off leaves none;
 * what it leaves of parts ends by the bucket's rule `abort-incomplete-uploads`. Key and lock are the bucket's defaults, as for
 * a copy by one call: the bucket refuses requests that name another key or a shorter lock.
 *
 * @throws what S3 throws; the upload is aborted then
 */
export async function copyByParts(
  s3: S3Client,
  { bytes, source, to, about, condition }: Copy,
  { partBytes, atOnce }: CopySizes,
): Promise<Made> {
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ ...to, ...about, ChecksumAlgorithm: "SHA256", ChecksumType: "COMPOSITE" }),
  );
  const upload = { ...to, UploadId };
  try {
    const done: CompletedPart[] = [];
    const waiting = ranges(bytes, Math.max(partBytes, Math.ceil(bytes / MOST_PARTS)));
    const copying = Array.from({ length: atOnce }, async () => {
      // A part that fails leaves this loop, which ends the common generator: no further part is begun.
      for (const { PartNumber, CopySourceRange } of waiting) {
        const part = { ...upload, PartNumber, CopySource: source, CopySourceRange };
        const { CopyPartResult } = await s3.send(new UploadPartCopyCommand(part));
        const { ETag, ChecksumSHA256 } = CopyPartResult ?? {};
        if (ETag === undefined) throw new Error(`part ${PartNumber} of ${to.Key} has no ETag`);
        done.push({ PartNumber, ETag, ChecksumSHA256 });
      }
    });
    // All of them: a part that ends after the abort would be kept.
    for (const ended of await Promise.allSettled(copying)) if (ended.status === "rejected") throw ended.reason;
    const Parts = done.sort((a, b) => a.PartNumber! - b.PartNumber!);
    const complete = { ...upload, MultipartUpload: { Parts }, MpuObjectSize: bytes, ...condition };
    const { VersionId } = await s3.send(new CompleteMultipartUploadCommand(complete));
    return { versionId: VersionId };
  } catch (error) {
    // The reason of the failure counts; what cannot be aborted ends by the bucket's rule.
    await s3.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}

function* ranges(bytes: number, partBytes: number): Generator<{ PartNumber: number; CopySourceRange: string }> {
  for (let start = 0, PartNumber = 1; start < bytes; start += partBytes, PartNumber += 1) {
    yield { PartNumber, CopySourceRange: `bytes=${start}-${Math.min(start + partBytes, bytes) - 1}` };
  }
}
