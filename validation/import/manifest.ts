// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from "../json";
import { type Content, contentOf } from "./content";
import type { ImportRecord } from "./record";

/**
 * What an import put and refused, as one object that is put last: RFC 8785, with the hash of the record's last line, under a key
 * that holds its own hash. The bucket's lock seals it.
 */
export function manifestOf(record: ImportRecord): { readonly key: string; readonly content: Content } {
  const { folder: _, ...started } = record.started!;
  const files = record.files.map(({ path, key, bytes, sha256, versionId }) => ({
    path,
    key,
    bytes,
    sha256,
    versionId,
  }));
  const text = canonicalJson({
    schemaVersion: 1,
    ...started,
    startedAt: record.startedAt!,
    files,
    refused: record.refused,
    recordLastHash: record.lastHash,
  });
  const content = contentOf(Buffer.from(text));
  return { key: `${started.prefix}part11-import-${started.importId}-${content.sha256.slice(0, 12)}.json`, content };
}
