// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import type { ObjectStore, RecordCopy, StoredVersion } from "../../../modules/ingest/arrivals/ports";
import { sourceOf } from "../../../modules/ingest/arrivals/promote";
import type { ObjectVersion } from "../../../modules/ledger/entry";

interface Held extends StoredVersion {
  readonly content: string;
  readonly source?: string;
}

/** Buckets with versions, in memory. A copy may be followed by a crash. */
export class MemoryObjects implements ObjectStore {
  private readonly held = new Map<string, Held[]>();
  private count = 0;

  constructor(private readonly afterCopy: () => void = () => undefined) {}

  put(bucket: string, key: string, content: string, at: number, source?: string): ObjectVersion {
    const versionId = `v${++this.count}`;
    const version = { versionId, bytes: Buffer.byteLength(content), lastModified: new Date(at), content };
    const versions = this.held.get(`${bucket} ${key}`) ?? [];
    this.held.set(`${bucket} ${key}`, [{ ...version, ...(source === undefined ? {} : { source }) }, ...versions]);
    return { bucket, key, versionId };
  }

  async versions(bucket: string, key: string): Promise<readonly StoredVersion[]> {
    return this.held.get(`${bucket} ${key}`) ?? [];
  }

  async sha256(version: ObjectVersion): Promise<string> {
    return createHash("sha256")
      .update(await this.text(version))
      .digest("hex");
  }

  async text({ bucket, key, versionId }: ObjectVersion): Promise<string> {
    return this.held.get(`${bucket} ${key}`)!.find((version) => version.versionId === versionId)!.content;
  }

  async copies(bucket: string, key: string): Promise<readonly RecordCopy[]> {
    const versions = this.held.get(`${bucket} ${key}`) ?? [];
    return versions.map(({ versionId, source }) => ({ versionId, etag: versionId, source }));
  }

  async copy(
    from: ObjectVersion,
    { sha256 }: { readonly sha256: string },
    to: { readonly bucket: string; readonly key: string },
    over: string | undefined,
  ): Promise<string | undefined> {
    const content = await this.text(from);
    if (sha256 !== (await this.sha256(from))) throw new Error("the copy is another");
    if (this.held.get(`${to.bucket} ${to.key}`)?.[0]?.versionId !== over) return undefined;
    const at = this.held.get(`${from.bucket} ${from.key}`)!.find((v) => v.versionId === from.versionId)!.lastModified;
    const made = this.put(to.bucket, to.key, content, at.getTime(), sourceOf(from));
    this.afterCopy();
    return made.versionId;
  }

  /** Every version of a bucket. */
  *all(bucket: string): Generator<ObjectVersion> {
    for (const [place, versions] of this.held) {
      if (!place.startsWith(`${bucket} `)) continue;
      for (const { versionId } of versions) yield { bucket, key: place.slice(bucket.length + 1), versionId };
    }
  }
}
