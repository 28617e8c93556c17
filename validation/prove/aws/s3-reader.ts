// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import {
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Part11Error } from "../../error";
import type { DefaultLock, KeyVersion, Lock, Looked, ObjectVersion, StoredVersion } from "../facts";
import { look } from "../look";
import { pooled } from "../pool";
import type { KeptObject, ObjectReader } from "../readers";

/** Metadata of a promoted copy that names the event of its source's receipt (docs/decisions/0017). */
const SOURCE = "part11-received";
const MAX_TEXT_BYTES = 1_048_576;
const PARALLEL = 32;

/** Answers of S3 for a version that has no retention or hold, and for a bucket that gives none. */
const UNLOCKED: readonly string[] = [
  "NoSuchObjectLockConfiguration",
  "ObjectLockConfigurationNotFoundError",
  "ObjectLockConfigurationNotFound",
];
const NOT_THERE: readonly string[] = ["NotFound", "NoSuchKey", "NoSuchVersion"];

interface Listed extends KeyVersion {
  readonly key: string;
}

/**
 * S3 by the credentials of the client. Needs s3:ListBucketVersions, GetObjectVersion, GetObjectRetention, GetObjectLegalHold,
 * GetBucketObjectLockConfiguration, and kms:Decrypt of the bucket's key.
 */
export class S3Reader implements ObjectReader {
  constructor(private readonly s3: S3Client) {}

  async versions(bucket: string, key: string): Promise<readonly KeyVersion[]> {
    const found: Listed[] = [];
    // Keys are listed in order of their bytes, so the key itself comes before every longer one.
    for await (const page of this.pages(bucket, key)) {
      found.push(...page.filter((one) => one.key === key));
      if (page.some((one) => one.key !== key)) break;
    }
    return found.map(({ key: _, ...version }) => version);
  }

  async version({ bucket, key, versionId }: ObjectVersion, recompute: boolean): Promise<StoredVersion | null> {
    const named = { Bucket: bucket, Key: key, VersionId: versionId };
    const head = await orNull(() => this.s3.send(new HeadObjectCommand(named)));
    if (!head) return null;
    const [lock, legalHold, sha256] = await Promise.all([
      look(() => this.retention({ bucket, key, versionId })),
      look(() => this.held({ bucket, key, versionId })),
      recompute ? look(() => this.sha256({ bucket, key, versionId })) : { unseen: "not asked for" },
    ]);
    return {
      versionId,
      bytes: told(head.ContentLength, "HeadObject", "a length"),
      lastModified: told(head.LastModified, "HeadObject", "a time").toISOString(),
      ...{ lock, legalHold, sha256 },
      source: head.Metadata?.[SOURCE] ?? null,
      replication: head.ReplicationStatus ?? null,
    };
  }

  async defaultLock(bucket: string): Promise<DefaultLock | null> {
    const answer = await orUnlocked(() => this.s3.send(new GetObjectLockConfigurationCommand({ Bucket: bucket })));
    const { Mode, Days, Years } = answer?.ObjectLockConfiguration?.Rule?.DefaultRetention ?? {};
    if (!Mode) return null;
    return {
      mode: Mode,
      ...(Days === undefined ? {} : { days: Days }),
      ...(Years === undefined ? {} : { years: Years }),
    };
  }

  async below(bucket: string, prefix: string): Promise<readonly KeptObject[]> {
    const listed: Listed[] = [];
    for await (const page of this.pages(bucket, prefix)) listed.push(...page);
    return pooled(listed, PARALLEL, (one) => this.kept(bucket, one));
  }

  async text(of: ObjectVersion): Promise<string | null> {
    const kept = await orNull(() => this.get(of));
    return kept && (await contentOf(kept.Body as Readable, `${of.bucket}/${of.key}`)).toString("utf8");
  }

  private async kept(bucket: string, { key, versionId, lastModified, deleteMarker }: Listed): Promise<KeptObject> {
    if (deleteMarker) return { key, versionId, lastModified, bytes: null, lock: { seen: null } };
    const of = { bucket, key, versionId };
    const { Body, ObjectLockMode, ObjectLockRetainUntilDate } = await this.get(of);
    const bytes = await contentOf(Body as Readable, `${bucket}/${key}`);
    // Without the right to read retention S3 leaves these out, which must not read as no lock.
    const lock: Looked<Lock | null> =
      ObjectLockMode && ObjectLockRetainUntilDate
        ? { seen: { mode: ObjectLockMode, retainUntil: ObjectLockRetainUntilDate.toISOString() } }
        : await look(() => this.retention(of));
    return { key, versionId, lastModified, bytes, lock };
  }

  private get({ bucket, key, versionId }: ObjectVersion) {
    return this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  }

  private async retention({ bucket, key, versionId }: ObjectVersion): Promise<Lock | null> {
    const command = new GetObjectRetentionCommand({ Bucket: bucket, Key: key, VersionId: versionId });
    const { Mode, RetainUntilDate } = (await orUnlocked(() => this.s3.send(command)))?.Retention ?? {};
    return Mode && RetainUntilDate ? { mode: Mode, retainUntil: RetainUntilDate.toISOString() } : null;
  }

  private async held({ bucket, key, versionId }: ObjectVersion): Promise<boolean> {
    const command = new GetObjectLegalHoldCommand({ Bucket: bucket, Key: key, VersionId: versionId });
    return (await orUnlocked(() => this.s3.send(command)))?.LegalHold?.Status === "ON";
  }

  private async sha256(of: ObjectVersion): Promise<string> {
    const { Body } = await this.get(of);
    const hash = createHash("sha256");
    for await (const chunk of Body as Readable) hash.update(chunk as Uint8Array);
    return hash.digest("hex");
  }

  private async *pages(bucket: string, prefix: string): AsyncGenerator<readonly Listed[]> {
    let markers: { KeyMarker?: string; VersionIdMarker?: string } = {};
    for (;;) {
      const page: ListObjectVersionsCommandOutput = await this.s3.send(
        // XML cannot carry every key that S3 takes (S3 API, ListObjectVersions, encoding-type).
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, EncodingType: "url", ...markers }),
      );
      yield listedOf(page);
      if (!page.IsTruncated) return;
      const next = told(page.NextKeyMarker, "ListObjectVersions", "where the next page begins");
      markers = { KeyMarker: plain(next, page), VersionIdMarker: page.NextVersionIdMarker };
    }
  }
}

/** Versions and delete markers of a page in one order: by key, and of one key the newest first. */
function listedOf(page: ListObjectVersionsCommandOutput): readonly Listed[] {
  const listed = [
    ...(page.Versions ?? []).map((one) => ({ ...one, deleteMarker: false })),
    ...(page.DeleteMarkers ?? []).map((one) => ({ ...one, Size: 0, deleteMarker: true })),
  ].map(({ Key, VersionId, LastModified, IsLatest, deleteMarker, Size }) => ({
    key: plain(told(Key, "ListObjectVersions", "a key"), page),
    versionId: told(VersionId, "ListObjectVersions", "a version id"),
    lastModified: told(LastModified, "ListObjectVersions", "a time").toISOString(),
    bytes: told(Size, "ListObjectVersions", "a size"),
    deleteMarker,
    latest: IsLatest === true,
  }));
  // Versions keep the order that S3 gave them; a marker has its place among them by time, and before them at the same second.
  const newer = (a: (typeof listed)[number], b: (typeof listed)[number]) =>
    Number(b.latest) - Number(a.latest) ||
    Date.parse(b.lastModified) - Date.parse(a.lastModified) ||
    Number(b.deleteMarker) - Number(a.deleteMarker);
  return listed
    .sort((a, b) => (a.key === b.key ? newer(a, b) : Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))))
    .map(({ latest: _, ...one }) => one);
}

async function contentOf(body: Readable, where: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
    if (size > MAX_TEXT_BYTES) {
      throw notUnderstood(where, `at most ${MAX_TEXT_BYTES} bytes`, "more");
    }
  }
  return Buffer.concat(chunks);
}

async function orNull<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  return unless(NOT_THERE, ask);
}

async function orUnlocked<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  return unless(UNLOCKED, ask);
}

async function unless<Answer>(names: readonly string[], ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    if (names.includes((error as Error).name)) return null;
    throw error;
  }
}

function plain(key: string, { EncodingType }: ListObjectVersionsCommandOutput): string {
  return EncodingType === "url" ? decodeURIComponent(key.replaceAll("+", " ")) : key;
}

function told<Value>(value: Value | undefined, where: string, expected: string): Value {
  if (value === undefined) throw notUnderstood(where, expected, "none");
  return value;
}

function notUnderstood(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "TRANSPORT",
    what: "answer of AWS not understood",
    where,
    expected,
    got,
    todo: "try again; if it stays, look at the object with the AWS CLI",
  });
}
