// SPDX-License-Identifier: Apache-2.0
import { parseAllowedSigners, readApproval } from "../approvals";
import { canonicalJson } from "../json";
import type { BundleFiles } from "./bundle-files";
import { entriesOf, type JournalEntry } from "./entries";
import { attempt, bytesOf, type VerifyProblem } from "./verify-problem";

/** Every approval of the journal is the record that lies in the bundle, and the list in the bundle bears it out. */
export function checkApprovalFiles(
  found: BundleFiles,
  entries: readonly JournalEntry[],
  problems: VerifyProblem[],
): void {
  for (const { body } of entriesOf(entries, "approvals")) {
    const at = body.signers?.path;
    const signers =
      at === undefined
        ? []
        : attempt(problems, "APPROVAL_DIFFERS", at, () => parseAllowedSigners(bytesOf(found, at), at));
    if (!signers) continue;
    for (const { statement, logins, made, files } of body.given) {
      const [name] = files.map(({ path }) => path);
      attempt(problems, "APPROVAL_DIFFERS", name!, () => {
        const beside = (end: string) => {
          const file = files.find(({ path }) => path === `${name}${end}`);
          return file && bytesOf(found, file.path);
        };
        const [signature, attached] = [beside(".sig"), beside(".attached")];
        const record = {
          name: name!,
          statement: bytesOf(found, name!),
          ...(signature ? { signature } : {}),
          ...(attached ? { attached } : {}),
        };
        const read = readApproval(record, { signers });
        const told = canonicalJson({ statement, logins, made });
        if (canonicalJson({ statement: read.statement, logins: read.logins, made: read.made }) !== told) {
          throw new Error("the journal says something else of it");
        }
      });
    }
  }
}
