// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { HeldObjects, ObjectVersion } from "../../../validation/hold";

export const CALLER = "arn:aws:sts::111122223333:assumed-role/acme-custodian/mara@example.org";

/** One bucket whose versions are held or not; `calls` lists what was set. */
export class Bucket implements HeldObjects {
  readonly held = new Set<string>();
  readonly calls: string[] = [];
  /** Keys whose hold S3 refuses to set. */
  readonly refused = new Set<string>();
  /** Keys whose hold S3 takes without effect. */
  readonly deaf = new Set<string>();

  constructor(readonly content: ObjectVersion[]) {}

  async caller(): Promise<string> {
    return CALLER;
  }

  async *versions(_: string, prefix: string): AsyncGenerator<ObjectVersion> {
    for (const version of this.content) if (version.key.startsWith(prefix)) yield version;
  }

  async isHeld(_: string, { key, versionId }: ObjectVersion): Promise<boolean> {
    return this.held.has(`${key} ${versionId}`);
  }

  async setHold(_: string, { key, versionId }: ObjectVersion, held: boolean): Promise<void> {
    this.calls.push(`${held ? "on" : "off"} ${key} ${versionId}`);
    if (this.refused.has(key)) throw Object.assign(new Error("not allowed"), { name: "AccessDenied" });
    if (this.deaf.has(key)) return;
    if (held) this.held.add(`${key} ${versionId}`);
    else this.held.delete(`${key} ${versionId}`);
  }
}

/** Two versions of one file, one of another, and one whose name begins alike. */
export function bucket(): Bucket {
  return new Bucket([
    { key: "st-101/lab.csv", versionId: "v1" },
    { key: "st-101/lab.csv", versionId: "v2" },
    { key: "st-101/lab.csv.sha256", versionId: "v3" },
    { key: "st-102/lab.csv", versionId: "v4" },
  ]);
}

/** A folder for records, gone with `remove`. */
export function folder(): { readonly record: string; remove(): void } {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "part11-hold-"));
  return { record: path.join(made, "holds.jsonl"), remove: () => fs.rmSync(made, { recursive: true }) };
}
