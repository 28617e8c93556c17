// SPDX-License-Identifier: Apache-2.0
import type { Challenge } from "../challenge";
import { onAwsOnly } from "../on-aws-only";

/** A DataSync agent beside a share: no target of this release runs one. */
export const pushDataSyncChallenges: readonly Challenge[] = [
  onAwsOnly({
    id: "OQ-push-datasync",
    title: "What a DataSync agent copies arrives whole, and what is deleted or changed at its source stays",
    controls: ["P11-30-08"],
    requirements: ["URS-006"],
    clauses: ["11.30", "11.10(a)", "11.10(d)"],
    action:
      "put a file on the share and run the task; change the file and run it again; delete the file and run it again; with the task's role try to delete the object and to put one outside the folder",
    expected:
      "two versions in the inbox, each received in the ledger with its SHA-256, both still there after the third run; each run verified, each file in the log; both tries refused",
  }),
];
