// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { GateSettings } from "../../../validation/facts";
import { packageRoot } from "../../../validation/package-root";
import { makePlan } from "../../../validation/plan";
import { type Documents, goldenDocuments } from "./documents";

/** One of our stacks as planned for production. */
export interface PlannedStack {
  readonly name: string;
  readonly documents: Documents;
  /** Settings of its gate that are not those of the production example. */
  readonly given: Partial<GateSettings>;
}

/** The landing zone, whose production plan is committed. */
export function landingZone(): PlannedStack {
  return { name: "landing zone", documents: goldenDocuments(), given: {} };
}

/** The evidence stack, planned by the real Terraform into a folder that is not there yet. */
export async function evidenceStack(out: string): Promise<PlannedStack> {
  const settings = path.join(packageRoot(), "stacks", "settings", "evidence-production.yaml");
  const cwd = packageRoot();
  await makePlan({ stack: "evidence", environment: "production", settings, out, cwd, env: process.env });
  return { name: "evidence", documents: goldenDocuments(out), given: { sftpCidrs: [], unblinded: null } };
}
