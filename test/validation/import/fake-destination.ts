// SPDX-License-Identifier: Apache-2.0
import { buffer } from "node:stream/consumers";
import type { Content } from "../../../validation/import/content";
import type { Answer, Destination } from "../../../validation/import/destination";
import { sha256Hex } from "../../../validation/json";

export interface StoredObject {
  readonly bytes: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  readonly versionId: string;
}

/** A bucket in memory that keeps every version and answers as S3 does. */
export class FakeDestination implements Destination {
  readonly versions = new Map<string, StoredObject[]>();
  /** Called before and after an object is written; throws what the network or S3 would. */
  before: (key: string) => void = () => undefined;
  after: (key: string) => void = () => undefined;
  private count = 0;

  async caller(): Promise<string> {
    return "arn:aws:sts::111122223333:assumed-role/acme-clin-push-import/jane";
  }

  async put(_bucket: string, key: string, content: Content, metadata: Record<string, string>): Promise<Answer> {
    this.before(key);
    const sent = await Promise.all(content.parts.map((part) => buffer(content.open(part))));
    if (sent.some((bytes, i) => sha256Hex(bytes) !== content.parts[i]!.sha256)) return { answer: "other-bytes" };
    if (this.versions.has(key)) return { answer: "taken" };
    this.count += 1;
    const versionId = `v${this.count}`;
    this.versions.set(key, [{ bytes: Buffer.concat(sent), metadata, versionId }]);
    this.after(key);
    return { answer: "put", versionId };
  }

  object(key: string): StoredObject {
    return this.versions.get(key)![0]!;
  }

  /** Keys of files, without manifests. */
  get keys(): string[] {
    return [...this.versions.keys()].filter((key) => !key.includes("/part11-import-")).sort();
  }

  get manifests(): string[] {
    return [...this.versions.keys()].filter((key) => key.includes("/part11-import-"));
  }
}
