// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { ChangedWhileRead, type Content, type PartSizes, withContent } from "./content";
import type { Answer, Destination } from "./destination";
import type { FileEntry, ImportBodies, ImportRequest } from "./entries";
import { manifestOf } from "./manifest";
import { nameRefusal } from "./name";
import type { ImportRecord } from "./record";
import { inboxPrefix, metadataOf, prefixOf } from "./request";
import { reasonOf, scan } from "./scan";

/** What became of one file. */
export type Outcome =
  | (FileEntry & {
      /** `put-before` by an earlier run; `found` put by one that broke off before it wrote down S3's answer. */
      readonly outcome: "put" | "put-before" | "found" | "would-put";
      readonly versionId: string | null;
    })
  | {
      /** `refused` for good, whatever run comes again; `failed` may be tried again. */
      readonly outcome: "refused" | "failed";
      readonly path: string;
      readonly reason: string;
    };

export interface ImportOptions {
  readonly sizes: PartSizes;
  readonly now: () => Date;
  /** A UUID. */
  readonly newId: () => string;
  readonly onOutcome: (outcome: Outcome) => void;
}

/** How many answers of AWS in a row that are no answers end the run: the rest would fail as well. */
const MOST_FAILURES = 3;

const KEY_TAKEN = "its key is taken by another object, which is not replaced";
const OTHER_THAN_PUT = "has other bytes than those that this import put";

/**
 * Imports a folder: each file is read for its SHA-256, put under a free key with that hash, and written down; the manifest is put
 * last, once nothing is left to try again. Run again with the same record, it goes on where it broke off.
 *
 * @returns the end of the record, or undefined while files failed that may be tried again
 * @throws IMPORT_RECORD for the record of another import or a finished one; SUBJECT_NOT_FOUND for an empty folder; TRANSPORT
 */
export async function importFolder(
  destination: Destination,
  record: ImportRecord,
  request: ImportRequest,
  options: ImportOptions,
): Promise<ImportBodies["finished"] | undefined> {
  refuseEmpty(request.folder);
  await begin(destination, record, request, options);
  const started = record.started!;
  let [failed, inARow] = [false, 0];
  for (const found of scan(request.folder)) {
    const outcome = await settle(destination, record, found, options, started);
    const transport = outcome instanceof Part11Error;
    inARow = transport ? inARow + 1 : 0;
    if (transport && inARow === MOST_FAILURES) throw outcome;
    const told: Outcome = transport ? { outcome: "failed", path: found.path, reason: outcome.parts.got } : outcome;
    failed ||= told.outcome === "failed";
    options.onOutcome(told);
  }
  return failed ? undefined : finish(destination, record, options);
}

/** What an import would do, read and hashed in full; nothing is put and nothing written down. */
export async function tryImport(record: ImportRecord, request: ImportRequest, options: ImportOptions): Promise<void> {
  refuseEmpty(request.folder);
  if (record.started) checkSame(record, request);
  const prefix = record.started?.prefix ?? prefixOf(request, options.now());
  for (const found of scan(request.folder)) {
    const refusal = refusalOf(found, request);
    options.onOutcome(
      refusal ??
        (await reading(found, options.sizes, async (content): Promise<Outcome> => {
          const entry = entryOf(found.path, prefix, content);
          return before(record, entry) ?? { outcome: "would-put", ...entry, versionId: null };
        })),
    );
  }
}

type Found = ReturnType<typeof scan> extends Generator<infer One> ? One : never;

async function settle(
  destination: Destination,
  record: ImportRecord,
  found: Found,
  { sizes, now }: ImportOptions,
  started: ImportBodies["started"],
): Promise<Outcome | Part11Error> {
  const outcome =
    refusalOf(found, started) ??
    (await reading(found, sizes, async (content) => {
      const entry = entryOf(found.path, started.prefix, content);
      return before(record, entry) ?? putOne(destination, record, entry, content, { now });
    }));
  if (outcome instanceof Part11Error || outcome.outcome !== "refused") return outcome;
  if (record.refusalOf(outcome.path) !== outcome.reason)
    record.append("refused", { path: outcome.path, reason: outcome.reason }, now());
  return outcome;
}

async function putOne(
  destination: Destination,
  record: ImportRecord,
  entry: FileEntry,
  content: Content,
  { now }: Pick<ImportOptions, "now">,
): Promise<Outcome | Part11Error> {
  const mine = record.wasPutting(entry);
  if (!mine) record.append("putting", entry, now());
  const started = record.started!;
  const notTaken = (reason: string) => record.append("not-put", { path: entry.path, reason }, now());
  let said: Answer;
  try {
    const metadata = metadataOf(started, entry.path, entry.sha256);
    said = await destination.put(started.bucket, entry.key, content, metadata);
  } catch (error) {
    if (error instanceof ChangedWhileRead) throw error;
    if (isRefusal(error)) notTaken((error as Error).name);
    return notPut(entry.key, error);
  }
  if (said.answer === "other-bytes") {
    notTaken("other bytes");
    return failed(entry.path, "changed while it was read");
  }
  if (said.answer === "taken" && !mine) {
    notTaken("key taken");
    return { outcome: "refused", path: entry.path, reason: KEY_TAKEN };
  }
  const versionId = said.answer === "put" ? said.versionId : null;
  record.append("put", { ...entry, versionId }, now());
  return { outcome: said.answer === "put" ? "put" : "found", ...entry, versionId };
}

/** True for an answer of S3 that nothing was written; without an answer, or with one of its own failures, something may be. */
function isRefusal(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}

/** Runs `use` on the content of a file; what cannot be read, or changes meanwhile, has failed. */
async function reading<T>(
  { path, file }: Found & { readonly file?: string },
  sizes: PartSizes,
  use: (content: Content) => Promise<T>,
): Promise<T | (Outcome & { readonly outcome: "failed" })> {
  try {
    return await withContent(file!, sizes, use);
  } catch (error) {
    if (error instanceof ChangedWhileRead) return failed(path, "changed while it was read");
    if (error instanceof Part11Error || (error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return failed(path, `cannot be read: ${reasonOf(error)}`);
  }
}

function refusalOf(found: Found, request: Pick<ImportRequest, "vendor" | "study">): Outcome | undefined {
  const { path } = found;
  if (found.refusal !== undefined) {
    return { outcome: found.final ? "refused" : "failed", path, reason: found.refusal };
  }
  const reason = nameRefusal(path, `${inboxPrefix(request)}${path}`);
  return reason === undefined ? undefined : { outcome: "refused", path, reason };
}

/** What an earlier run of this import did with the file. */
function before(record: ImportRecord, entry: FileEntry): Outcome | undefined {
  const earlier = record.fileAt(entry.path);
  if (!earlier) return undefined;
  if (earlier.sha256 === entry.sha256) return { outcome: "put-before", ...earlier };
  return { outcome: "refused", path: entry.path, reason: OTHER_THAN_PUT };
}

async function begin(
  destination: Destination,
  record: ImportRecord,
  request: ImportRequest,
  { now, newId }: ImportOptions,
): Promise<void> {
  if (record.started) checkSame(record, request);
  const caller = await destination.caller();
  if (record.started) record.append("resumed", { importer: request.importer, caller }, now());
  else {
    const at = now();
    record.append("started", { ...request, importId: newId(), prefix: prefixOf(request, at), caller }, at);
  }
}

async function finish(destination: Destination, record: ImportRecord, { now }: ImportOptions) {
  const { key, content } = manifestOf(record);
  const started = record.started!;
  const metadata = metadataOf(started, key.slice(started.prefix.length), content.sha256);
  // A key that is taken holds the same bytes: their hash is part of it.
  const said = await destination.put(started.bucket, key, content, metadata).catch((error) => {
    throw notPut(key, error);
  });
  if (said.answer === "other-bytes") throw notPut(key, new Error("S3 received other bytes"));
  const manifest = { manifestKey: key, manifestSha256: content.sha256 };
  const manifestVersionId = said.answer === "put" ? said.versionId : null;
  const counts = { files: record.files.length, refused: record.refused.length };
  record.append("finished", { ...counts, ...manifest, manifestVersionId }, now());
  return record.finished;
}

function checkSame(record: ImportRecord, request: ImportRequest): void {
  const { folder, vendor, study, bucket, landing, reason } = record.started!;
  const names = { folder, vendor, study, bucket, landing, reason };
  const other = Object.entries(names).find(([name, said]) => request[name as keyof ImportRequest] !== said);
  if (other || record.finished) {
    throw new Part11Error({
      code: "IMPORT_RECORD",
      what: "record of the import not usable",
      where: record.file,
      expected: other ? `${other[0]} ${JSON.stringify(other[1])}, as it began` : "an import that is not finished",
      got: other ? JSON.stringify(request[other[0] as keyof ImportRequest]) : "a finished one",
      todo: "name another file for another import",
    });
  }
}

function refuseEmpty(folder: string): void {
  if (!scan(folder).next().done) return;
  throw new Part11Error({
    code: "SUBJECT_NOT_FOUND",
    what: "nothing to import",
    where: folder,
    expected: "at least one file",
    got: "none",
    todo: "name the folder that holds the files",
  });
}

function entryOf(path: string, prefix: string, { bytes, sha256 }: Content): FileEntry {
  return { path, key: `${prefix}${path}`, bytes, sha256 };
}

function failed(path: string, reason: string): Outcome & { readonly outcome: "failed" } {
  return { outcome: "failed", path, reason };
}

function notPut(where: string, cause: unknown): Part11Error {
  const { name, message } = cause as Error;
  return new Part11Error(
    {
      code: "TRANSPORT",
      what: "object not put",
      where,
      expected: "an answer of S3",
      got: `${name}: ${message}`,
      todo: "look at role, bucket and network, and run the same command again: it goes on from the record",
    },
    { cause },
  );
}
