// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { assertProtocol, type Commitments, type Protocol, protocolHash } from "../evidence";
import { canonicalJson } from "../json";
import { type ProtocolSource, protocolDocument } from "./contents/protocol";
import { checksums, type DocumentFile, filesOf } from "./write";

/** Protocols before any run. */
export interface ProtocolIssueRecord {
  readonly protocols: readonly Protocol[];
  readonly commitments: Commitments;
  readonly system: string;
  readonly environment: string;
  /** Revision of the sources that the protocols were written from. */
  readonly source: ProtocolSource["summary"]["source"];
}

/**
 * Writes protocols as they are approved: `protocols/<id>.json`, whose bytes are what approvals are bound to, their readable
 * forms in `documents/`, and SHA256SUMS over all of it.
 *
 * @param out folder that is empty or not there yet
 * @throws SCHEMA_MISMATCH for a protocol that was not issued
 */
export async function writeProtocols(issue: ProtocolIssueRecord, out: string): Promise<readonly DocumentFile[]> {
  const files: DocumentFile[] = [];
  for (const protocol of issue.protocols) {
    assertProtocol(protocol, `protocol ${protocol.id}`);
    files.push({ name: `protocols/${protocol.id}.json`, bytes: Buffer.from(canonicalJson(protocol)) });
    for (const { name, bytes } of await filesOf(protocolDocument(protocol.kind, sourceOf(issue, protocol)))) {
      files.push({ name: `documents/${name}`, bytes });
    }
  }
  for (const { name, bytes } of [...files, checksums(files)]) {
    const file = path.join(out, ...name.split("/"));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes, { flag: "wx" });
  }
  return files;
}

function sourceOf(
  { commitments, system, environment, source }: ProtocolIssueRecord,
  protocol: Protocol,
): ProtocolSource {
  const { version, issuedAt } = protocol.issue!;
  return {
    protocols: [protocol],
    entries: [],
    commitments,
    summary: {
      bundle: `v${version}-${protocolHash(protocol).slice(0, 12)}`,
      system,
      environment,
      target: commitments.target,
      source,
      finishedAt: new Date(issuedAt).toISOString(),
    },
  };
}
