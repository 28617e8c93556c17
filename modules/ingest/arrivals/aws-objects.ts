// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { ObjectVersion } from "../../ledger/entry";
import { type Copy, type CopySizes, copyByParts, type Made, S3_SIZES } from "./copy-parts";
import type { ObjectStore, RecordCopy, StoredVersion } from "./ports";
import { sourceOf } from "./promote";
import { hashVersion } from "./read-version";

/** Metadata of a record that names the event of its source's receipt. */
const SOURCE = "part11-received";

/** Answers of S3 to a write on a condition that no longer holds, or that another write is about to change. */
const CHANGED: readonly (number | undefined)[] = [404, 409, 412];

interface ListedVersion extends StoredVersion {
  readonly key: string;
}

/**
 * Client for hashing. The SDK would hash a version that has a checksum a second time, which halves the throughput: only what asks
 * for it with `ChecksumMode` is compared, and `sha256` compares by itself.
 */
export function hashingClient(config: S3ClientConfig = {}): S3Client {
  return new S3Client({ maxAttempts: 5, responseChecksumValidation: "WHEN_REQUIRED", ...config });
}

/** S3. */
export class AwsObjects implements ObjectStore {
  constructor(
    private readonly s3: S3Client,
    private readonly sizes: CopySizes = S3_SIZES,
  ) {}

  async versions(bucket: string, key: string): Promise<readonly StoredVersion[]> {
    const found: StoredVersion[] = [];
    // Keys are listed in order of their bytes, so the key itself comes before every longer one.
    for await (const version of this.list(bucket, key)) {
      if (version.key !== key) break;
      found.push(version);
    }
    return found;
  }

  /** Every version of a bucket. */
  async *all(bucket: string): AsyncGenerator<ObjectVersion> {
    for await (const { key, versionId } of this.list(bucket, "")) yield { bucket, key, versionId };
  }

  async sha256(version: ObjectVersion): Promise<string> {
    const { bucket, key, versionId } = version;
    const { ChecksumSHA256 } = await this.s3.send(
      new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, ChecksumMode: "ENABLED" }),
    );
    const hash = createHash("sha256");
    await hashVersion(this.s3, version, hash);
    const computed = hash.digest("base64");
    // Of parts, S3 has the hash of their hashes: it ends with their number.
    if (ChecksumSHA256 && !ChecksumSHA256.includes("-") && ChecksumSHA256 !== computed) {
      throw new Error(`version ${versionId} of ${key} has SHA-256 ${computed}, and S3 says ${ChecksumSHA256} (base64)`);
    }
    return Buffer.from(computed, "base64").toString("hex");
  }

  async text(version: ObjectVersion): Promise<string> {
    const { bucket, key, versionId } = version;
    const { Body } = await this.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, ChecksumMode: "ENABLED" }),
    );
    const chunks: Uint8Array[] = [];
    for await (const chunk of Body as Readable) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks).toString("utf8");
  }

  async copies(bucket: string, key: string): Promise<readonly RecordCopy[]> {
    const versions = await this.versions(bucket, key);
    return Promise.all(
      versions.map(async ({ versionId }) => {
        const { ETag = "", Metadata } = await this.s3.send(
          new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }),
        );
        return { versionId, etag: ETag, source: Metadata?.[SOURCE] };
      }),
    );
  }

  async copy(
    from: ObjectVersion,
    { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
    to: { readonly bucket: string; readonly key: string },
    over: string | undefined,
  ): Promise<string | undefined> {
    const { ContentType, Metadata } = await this.s3.send(
      new HeadObjectCommand({ Bucket: from.bucket, Key: from.key, VersionId: from.versionId }),
    );
    const path = from.key.split("/").map(encodeURIComponent).join("/");
    const copy: Copy = {
      bytes,
      source: `${from.bucket}/${path}?versionId=${encodeURIComponent(from.versionId)}`,
      to: { Bucket: to.bucket, Key: to.key },
      about: { ContentType, Metadata: { ...Metadata, [SOURCE]: sourceOf(from) } },
      condition: over === undefined ? { IfNoneMatch: "*" } : { IfMatch: over },
    };
    try {
      const isWhole = bytes <= this.sizes.singleBytes;
      const made = await (isWhole ? this.copyWhole(copy) : copyByParts(this.s3, copy, this.sizes));
      if (made.versionId === undefined) throw new Error(`${to.bucket} keeps no versions`);
      const computed = made.sha256 ?? (await this.sha256({ ...to, versionId: made.versionId }));
      if (computed !== sha256) throw new Error(`the copy of ${to.key} has SHA-256 ${computed}`);
      return made.versionId;
    } catch (error) {
      const isOurs =
        error instanceof S3ServiceException && error.name !== "NoSuchKey" && error.name !== "NoSuchVersion";
      if (isOurs && CHANGED.includes(error.$metadata.httpStatusCode)) return undefined;
      throw error;
    }
  }

  private async copyWhole({ source, to, about, condition }: Copy): Promise<Made> {
    const { VersionId, CopyObjectResult } = await this.s3.send(
      new CopyObjectCommand({
        ...to,
        ...about,
        CopySource: source,
        MetadataDirective: "REPLACE",
        TaggingDirective: "REPLACE",
        ChecksumAlgorithm: "SHA256",
        ...condition,
      }),
    );
    const given = CopyObjectResult?.ChecksumSHA256;
    return { versionId: VersionId, sha256: given && Buffer.from(given, "base64").toString("hex") };
  }

  private async *list(bucket: string, prefix: string): AsyncGenerator<ListedVersion> {
    let page: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (page) {
      const listed: ListObjectVersionsCommandOutput = await this.s3.send(
        // Some characters of keys have no place in XML.
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, EncodingType: "url", ...page }),
      );
      const plain = (key: string) =>
        listed.EncodingType === "url" ? decodeURIComponent(key.replaceAll("+", " ")) : key;
      for (const { Key, VersionId, Size, LastModified } of listed.Versions ?? []) {
        if (Key === undefined || VersionId === undefined || Size === undefined || !LastModified) {
          throw new Error(`${bucket} lists a version without key, id, size or time`);
        }
        yield { key: plain(Key), versionId: VersionId, bytes: Size, lastModified: LastModified };
      }
      page = listed.IsTruncated
        ? { KeyMarker: plain(listed.NextKeyMarker ?? ""), VersionIdMarker: listed.NextVersionIdMarker }
        : undefined;
    }
  }
}
