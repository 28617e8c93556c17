// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { assertSchema, canonicalJson, sha256Hex } from "../json";
import type { Commitments } from "./commitments";
import { type EntryBodies, type EvidenceRef, evidenceRefsOf } from "./entries";
import { type Clock, GENESIS, Journal, readJournal } from "./journal";
import {
  assertBundlePath,
  COMMITMENTS_FILE,
  JOURNAL_FILE,
  MANIFEST_FILE,
  OWN_FILES,
  PROTOCOL_FOLDER,
  PUBLIC_KEY_FILE,
  REPORT_FILE,
  SEAL_FILE,
  SUMMARY_FILE,
} from "./layout";
import { manifestBytes } from "./manifest";
import { assertProtocol, type Protocol, protocolHash } from "./protocol";
import { seal, sealBy } from "./seal";
import { ephemeralSealKey, keyId, publicKeyPem, type RemoteSealKey, type SealKey } from "./seal-key";
import { type RunRecord, type Summary, summarize } from "./summary";

export interface CloseOptions {
  /** `stopped` when the run could not go to its end. */
  readonly outcome: "finished" | "stopped";
  /** @default an ephemeral Ed25519 key, gone after the call */
  readonly key?: SealKey;
  /** Text of `report.html`. */
  readonly render: (record: RunRecord) => string;
}

/** Where the key of the seal comes from, as the journal says it. */
type KeyOrigin = Pick<EntryBodies["run-finished"], "sealKey" | "sealKeyArn">;

export interface SealedBy extends KeyOrigin {
  /** SHA-256 of the public key: who keeps it elsewhere can tell this seal from any other. */
  readonly keyId: string;
}

/** Evidence bundle in the making: a folder that becomes a bundle in the moment `close` writes its manifest. */
export class Bundle {
  readonly journal: Journal;
  private readonly files = new Map<string, EvidenceRef>();
  private readonly protocols: Protocol[] = [];
  private sealer: SealedBy | undefined;

  private constructor(
    readonly folder: string,
    private readonly commitments: Commitments,
    clock: Clock,
  ) {
    this.journal = Journal.create(path.join(folder, JOURNAL_FILE), clock);
  }

  /**
   * Starts a bundle in a folder that does not exist yet, with the target's commitments as its first file.
   *
   * @throws BUNDLE_EXISTS, SCHEMA_MISMATCH
   */
  static create(folder: string, commitments: Commitments, clock: Clock = () => new Date()): Bundle {
    assertSchema("commitments", commitments, "commitments");
    fs.mkdirSync(path.dirname(folder), { recursive: true });
    try {
      fs.mkdirSync(folder);
    } catch (cause) {
      throw exists(folder, cause);
    }
    const bundle = new Bundle(folder, commitments, clock);
    bundle.addJson(COMMITMENTS_FILE, commitments);
    return bundle;
  }

  /** The key of a closed bundle; undefined before. */
  get sealedBy(): SealedBy | undefined {
    return this.sealer;
  }

  /** Name and digest of the committed lists: for the journal entry `target`. */
  get commitmentsRef(): EvidenceRef {
    return this.files.get(COMMITMENTS_FILE.toLowerCase())!;
  }

  /**
   * Writes one evidence file, on disk when the call returns, so that a journal entry may refer to it.
   *
   * @throws BUNDLE_PATH for a path that is not portable; BUNDLE_EXISTS for one that is taken, letter case apart
   */
  addFile(relative: string, content: string | Uint8Array): EvidenceRef {
    assertBundlePath(relative);
    const folded = relative.toLowerCase();
    const reserved = OWN_FILES.includes(folded);
    if (reserved || this.files.has(folded)) throw exists(relative);
    return this.write(relative, content);
  }

  /** Writes a value as canonical JSON. @throws as `addFile`, NOT_CANONICAL */
  addJson(relative: string, value: unknown): EvidenceRef {
    return this.addFile(relative, canonicalJson(value));
  }

  /** Writes a protocol and fixes its hash in the journal: before any of its steps. @throws SCHEMA_MISMATCH */
  fixProtocol(protocol: Protocol): void {
    assertProtocol(protocol, `protocol ${protocol.id}`);
    const file = this.addJson(`${PROTOCOL_FOLDER}/${protocol.id}.json`, protocol);
    const { id, kind, steps } = protocol;
    const body = { protocol: id, kind, protocolSha256: protocolHash(protocol), file, steps: steps.length };
    this.journal.append("protocol-fixed", body);
    this.protocols.push(protocol);
  }

  /** Ends the run: concludes from what is on disk, writes summary and report, seals, and puts the manifest in place last. */
  close({ key: given, ...ending }: CloseOptions): Summary {
    const key = given ?? ephemeralSealKey();
    const origin: KeyOrigin = { sealKey: given ? "given" : "ephemeral" };
    const { summary, manifest } = this.conclude(ending, origin);
    this.place(manifest, seal(manifest, key), key.publicKey, origin);
    return summary;
  }

  /**
   * As `close`, by a key that may lie elsewhere.
   *
   * @param key undefined for an ephemeral one
   * @throws SEAL_NOT_MADE: the folder then has no manifest and is no bundle
   */
  async closeBy(key: SealKey | RemoteSealKey | undefined, ending: Omit<CloseOptions, "key">): Promise<Summary> {
    if (!key || !("arn" in key)) return this.close(key ? { ...ending, key } : ending);
    const origin: KeyOrigin = { sealKey: "kms", sealKeyArn: key.arn };
    const { summary, manifest } = this.conclude(ending, origin);
    this.place(manifest, await sealBy(manifest, key), key.publicKey, origin);
    return summary;
  }

  private conclude({ outcome, render }: Omit<CloseOptions, "key">, origin: KeyOrigin) {
    const evidence = this.strays();
    this.journal.append("run-finished", { outcome, ...origin, ...(evidence.length > 0 ? { evidence } : {}) });
    const entries = readJournal(this.journal.file);
    const { protocols, commitments } = this;
    const summary = summarize(protocols, entries, commitments);
    assertSchema("summary", summary, SUMMARY_FILE);
    this.record(JOURNAL_FILE, fs.readFileSync(this.journal.file));
    this.write(SUMMARY_FILE, canonicalJson(summary));
    this.write(REPORT_FILE, render({ summary, protocols, entries, commitments }));
    const { bundle, target, journalHead, status, execution } = summary;
    const manifest = manifestBytes({
      schemaVersion: 1,
      bundle,
      target,
      files: [...this.files.values()],
      journalHead,
      status,
      ...(execution ? { provisional: execution.provisional } : {}),
    });
    return { summary, manifest };
  }

  private place(manifest: Buffer, sealed: Buffer, publicKey: KeyObject, origin: KeyOrigin): void {
    writeThrough(path.join(this.folder, PUBLIC_KEY_FILE), publicKeyPem(publicKey));
    writeThrough(path.join(this.folder, SEAL_FILE), sealed);
    const pending = path.join(this.folder, `${MANIFEST_FILE}.pending`);
    writeThrough(pending, manifest);
    fs.renameSync(pending, path.join(this.folder, MANIFEST_FILE));
    this.sealer = { keyId: keyId(publicKey), ...origin };
  }

  /** Files that what broke off left without an entry. */
  private strays(): EvidenceRef[] {
    const entries = this.journal.head === GENESIS ? [] : readJournal(this.journal.file);
    const named = new Set(entries.flatMap(evidenceRefsOf).map((ref) => ref.path));
    return [...this.files.values()].filter((ref) => !named.has(ref.path));
  }

  private write(relative: string, content: string | Uint8Array): EvidenceRef {
    const bytes = Buffer.from(content as Uint8Array);
    const file = path.join(this.folder, ...relative.split("/"));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    writeThrough(file, bytes);
    return this.record(relative, bytes);
  }

  private record(relative: string, bytes: Uint8Array): EvidenceRef {
    const ref = { path: relative, sha256: sha256Hex(bytes), size: bytes.length };
    this.files.set(relative.toLowerCase(), ref);
    return ref;
  }
}

function writeThrough(file: string, content: string | Uint8Array): void {
  const fd = fs.openSync(file, "wx", 0o644);
  try {
    fs.writeFileSync(fd, content);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function exists(where: string, cause?: unknown): Part11Error {
  return new Part11Error(
    {
      code: "BUNDLE_EXISTS",
      what: "evidence not written",
      where,
      expected: "a name that is free",
      got: (cause as NodeJS.ErrnoException | undefined)?.code ?? "a name that is taken or reserved",
      todo: "give each run a folder of its own and each file a name of its own",
    },
    { cause },
  );
}
