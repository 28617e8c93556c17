// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { ObjectVersion } from "../../ledger/entry";
import type { ObjectStore, RecordCopy, StoredVersion } from "./ports";
import { sourceOf } from "./promote";

/** Metadata of a record that names the event of its source's receipt. */
const SOURCE = "part11-received";

/** Answers of S3 to a write on a condition that no longer holds, or that another write is about to change. */
const CHANGED: readonly (number | undefined)[] = [404, 409, 412];

interface ListedVersion extends StoredVersion {
  readonly key: string;
}

/** S3. A copy is one call, so of at most 5 GB (S3 API CopyObject). */
export class AwsObjects implements ObjectStore {
  constructor(private readonly s3: S3Client) {}

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
    const hash = createHash("sha256");
    for await (const chunk of await this.body(version)) hash.update(chunk as Uint8Array);
    return hash.digest("hex");
  }

  async text(version: ObjectVersion): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await this.body(version)) chunks.push(chunk as Uint8Array);
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
    { sha256 }: { readonly bytes: number; readonly sha256: string },
    to: { readonly bucket: string; readonly key: string },
    over: string | undefined,
  ): Promise<string | undefined> {
    const { ContentType, Metadata } = await this.s3.send(
      new HeadObjectCommand({ Bucket: from.bucket, Key: from.key, VersionId: from.versionId }),
    );
    const path = from.key.split("/").map(encodeURIComponent).join("/");
    try {
      const { VersionId, CopyObjectResult } = await this.s3.send(
        new CopyObjectCommand({
          Bucket: to.bucket,
          Key: to.key,
          CopySource: `${from.bucket}/${path}?versionId=${encodeURIComponent(from.versionId)}`,
          MetadataDirective: "REPLACE",
          Metadata: { ...Metadata, [SOURCE]: sourceOf(from) },
          ContentType,
          TaggingDirective: "REPLACE",
          ChecksumAlgorithm: "SHA256",
          ...(over === undefined ? { IfNoneMatch: "*" } : { IfMatch: over }),
        }),
      );
      if (VersionId === undefined) throw new Error(`${to.bucket} keeps no versions`);
      const given = CopyObjectResult?.ChecksumSHA256;
      const computed = given
        ? Buffer.from(given, "base64").toString("hex")
        : await this.sha256({ ...to, versionId: VersionId });
      if (computed !== sha256) throw new Error(`the copy of ${to.key} has SHA-256 ${computed}`);
      return VersionId;
    } catch (error) {
      const isOurs =
        error instanceof S3ServiceException && error.name !== "NoSuchKey" && error.name !== "NoSuchVersion";
      if (isOurs && CHANGED.includes(error.$metadata.httpStatusCode)) return undefined;
      throw error;
    }
  }

  private async body({ bucket, key, versionId }: ObjectVersion): Promise<Readable> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    return Body as Readable;
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
