// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { sha256Hex } from "../json";
import type { ImportBodies, ImportRequest } from "./entries";

const RECORDS = "clinical/inbound/raw/";
/** Of the 2 KB that S3 keeps beside an object (S3 user guide, "User-defined object metadata"), what texts may take. */
const LONGEST_TEXTS_BYTES = 1_500;

/** The request with its folder resolved. @throws USAGE, FILE_NOT_FOUND */
export function checkedRequest(request: ImportRequest, recordFile: string): ImportRequest {
  const { vendor, study, bucket, importer, reason } = request;
  for (const [option, text] of Object.entries({ importer, reason })) {
    if (!/\S/.test(text)) throw usage(`--${option}`, "a text", "nothing", "say it in words that are understood later");
  }
  check(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/.test(vendor), "--vendor", "a vendor's id of 3-32 letters and digits", vendor);
  check(/^[a-z0-9][a-z0-9-]{1,31}$/.test(study) && study !== "test", "--study", "a study's id, not test", study);
  check(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket), "--bucket", "the name of a bucket", bucket);
  const texts = encoded(importer).length + encoded(reason).length;
  check(texts <= LONGEST_TEXTS_BYTES, "--reason", `${LONGEST_TEXTS_BYTES} bytes with the importer`, `${texts}`);
  const folder = realFolder(request.folder);
  const record = path.join(realFolder(path.dirname(recordFile)), path.basename(recordFile));
  check(!record.startsWith(folder + path.sep), "--record", "a file outside the folder that is imported", record);
  return { ...request, folder };
}

/** Prefix of the objects: in raw, the day of receipt stands in it (docs/decisions/0017). */
export function prefixOf({ vendor, study, landing }: ImportRequest, received: Date): string {
  const inbox = inboxPrefix({ vendor, study });
  return landing === "inbox" ? inbox : `${inbox}${received.toISOString().slice(0, 10)}/`;
}

/** Prefix below which names are checked for their length, whichever bucket they go to. */
export function inboxPrefix({ vendor, study }: Pick<ImportRequest, "vendor" | "study">): string {
  return `${RECORDS}${vendor}/${study}/`;
}

/** What an object keeps of its import. Metadata and no tags, since a writer has no right to tag. */
export function metadataOf(
  { importId, importer, reason, folder }: ImportBodies["started"],
  file: string,
  sha256: string,
): Record<string, string> {
  return {
    "part11-import-id": importId,
    "part11-importer": encoded(importer),
    "part11-reason": encoded(reason),
    "part11-sha256": sha256,
    "part11-source-path-sha256": sha256Hex(`${folder}/${file}`),
  };
}

/** Metadata travels in headers, which are ASCII. */
function encoded(text: string): string {
  return encodeURIComponent(text);
}

function realFolder(folder: string): string {
  const found = fs.statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return fs.realpathSync(folder);
  throw new Part11Error({
    code: "FILE_NOT_FOUND",
    what: "folder not there",
    where: folder,
    expected: "a folder",
    got: found ? "something else" : "nothing",
    todo: "name the folder to import",
  });
}

function check(sound: boolean, option: string, expected: string, got: string): void {
  if (!sound) throw usage(option, expected, JSON.stringify(got), "see part11 import --help");
}

function usage(option: string, expected: string, got: string, todo: string): Part11Error {
  const where = `part11 import ${option}`;
  return new Part11Error({ code: "USAGE", what: "wrong usage", where, expected, got, todo });
}
