// SPDX-License-Identifier: Apache-2.0
import type { LedgerEvent, ObjectVersion } from "../../ledger/entry";
import type { Statement } from "./decide";
import type { Delivery } from "./delivery";
import type { History } from "./history";
import type { ObjectStore } from "./ports";
import { isSideFile, LARGEST_SIDE_FILE_BYTES, MANIFESTS, statements } from "./side-file";

/** Finds and reads the side files of a folder. */
export class SideFiles {
  constructor(
    private readonly objects: ObjectStore,
    private readonly history: History,
  ) {}

  /** Whether a received version is a side file, and one that can be read. */
  async kind(received: LedgerEvent): Promise<"no" | "readable" | "malformed"> {
    if (!isSideFile(received.key)) return "no";
    return (await this.read(received)) ? "readable" : "malformed";
  }

  /** Keys of the files that a received side file speaks of. */
  async subjects(received: LedgerEvent): Promise<readonly string[]> {
    const stated = isSideFile(received.key) ? await this.read(received) : undefined;
    return [...(stated?.keys() ?? [])].map((name) => `${folderOf(received.key)}${name}`).filter((k) => !isSideFile(k));
  }

  /** What the newest finished version of each side file says of a key. */
  async statementsOn(bucket: string, key: string, delivery: Delivery): Promise<readonly Statement[]> {
    const folder = folderOf(key);
    const places = [
      { kind: "sha256File" as const, at: `${key}.sha256` },
      ...MANIFESTS.map((name) => ({ kind: "manifest" as const, at: `${folder}${name}` })),
    ].filter(({ kind }) => delivery[kind] !== "none");
    const found = await Promise.all(places.map(({ kind, at }) => this.statement(kind, bucket, at, key, delivery)));
    return found.filter((statement) => statement !== undefined);
  }

  private async statement(
    kind: Statement["kind"],
    bucket: string,
    at: string,
    key: string,
    delivery: Delivery,
  ): Promise<Statement | undefined> {
    for (const { versionId } of await this.objects.versions(bucket, at)) {
      const received = await this.finished({ bucket, key: at, versionId }, delivery);
      const sha256 = received && (await this.read(received))?.get(key.slice(folderOf(key).length));
      if (sha256) return { kind, sha256, key: at, versionId };
    }
    return undefined;
  }

  /** A side file of which half has come would say half. */
  private async finished(version: ObjectVersion, delivery: Delivery): Promise<LedgerEvent | undefined> {
    const [received, attributed] = await Promise.all([
      this.history.find("RECEIVED", version),
      delivery.finishedBy === "transfer" ? this.history.find("ATTRIBUTED", version) : "not asked",
    ]);
    return attributed ? received : undefined;
  }

  private async read(received: LedgerEvent): Promise<ReadonlyMap<string, string> | undefined> {
    const { bytes = 0, key } = received;
    if (bytes === 0 || bytes > LARGEST_SIDE_FILE_BYTES) return undefined;
    return statements(key.slice(folderOf(key).length), await this.objects.text(received));
  }
}

function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/") + 1);
}
