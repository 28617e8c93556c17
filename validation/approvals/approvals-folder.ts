// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { readCapped } from "../json";
import type { ApprovalFiles } from "./read-approval";

const MAX_STATEMENT_BYTES = 64_000;
const MAX_ATTACHED_BYTES = 32_000_000;
const MAX_RECORDS = 1000;

const STATEMENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}\.json$/;
/** What may stand beside `<name>.json`. */
const BESIDE = { signature: ".sig", attached: ".attached" } as const;

/**
 * Every record of a folder: `<name>.json`, with `<name>.json.sig` and `<name>.json.attached` where there are any. Sorted by
 * name; a folder that is not there holds none.
 *
 * @throws APPROVAL_REFUSED for a file that belongs to no record; FILE_TOO_LARGE
 */
export function readApprovalsFolder(folder: string): readonly ApprovalFiles[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).sort();
  const statements = names.filter((name) => STATEMENT.test(name));
  const known = new Set(statements.flatMap((name) => [name, ...Object.values(BESIDE).map((end) => name + end)]));
  const stray = names.find((name) => !known.has(name));
  if (stray !== undefined) throw refused(path.join(folder, stray), "a file that belongs to no record");
  if (statements.length > MAX_RECORDS) throw refused(folder, `more than ${MAX_RECORDS} records`);
  const read = (name: string, maxBytes: number) => readCapped(path.join(folder, name), { maxBytes });
  return statements.map((name) => ({
    name,
    statement: read(name, MAX_STATEMENT_BYTES),
    ...(names.includes(name + BESIDE.signature)
      ? { signature: read(name + BESIDE.signature, MAX_STATEMENT_BYTES) }
      : {}),
    ...(names.includes(name + BESIDE.attached) ? { attached: read(name + BESIDE.attached, MAX_ATTACHED_BYTES) } : {}),
  }));
}

/** A record with the names that its files have. */
export function namedFiles(files: ApprovalFiles): ReadonlyArray<readonly [string, Buffer]> {
  const { name, statement, signature, attached } = files;
  return [
    [name, statement],
    ...(signature ? [[name + BESIDE.signature, signature] as const] : []),
    ...(attached ? [[name + BESIDE.attached, attached] as const] : []),
  ];
}

function refused(where: string, got: string): Part11Error {
  return new Part11Error({
    code: "APPROVAL_REFUSED",
    what: "approvals refused",
    where,
    expected: "statements <name>.json, each with its .sig and .attached beside it, and nothing else",
    got,
    todo: "take it out of the folder",
  });
}
