// SPDX-License-Identifier: Apache-2.0
import { assertSchema, canonicalJson, parseStrict } from "../json";
import type { RunStatus } from "./conclusion";
import type { EvidenceRef, Sha256 } from "./entries";
import type { RunTarget } from "./run-target";

/** `manifest.json`: every file of the bundle but the manifest, the seal and its key. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly bundle: string;
  readonly target: RunTarget;
  /** Sorted by path, by code unit. */
  readonly files: readonly EvidenceRef[];
  /** Hash of the last journal entry. */
  readonly journalHead: Sha256;
  readonly status: RunStatus;
  /** Executed without the required approvals. @default - a journal older than approvals */
  readonly provisional?: boolean;
}

/** Canonical bytes of a manifest, files sorted. */
export function manifestBytes(manifest: Manifest): Buffer {
  const files = [...manifest.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return Buffer.from(canonicalJson({ ...manifest, files }));
}

/** Manifest of exactly these bytes. @throws the codes of strict parsing, SCHEMA_MISMATCH */
export function parseManifest(bytes: Buffer, where: string): Manifest {
  const value = parseStrict(bytes, where);
  assertSchema("manifest", value, where);
  return value as Manifest;
}
