// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { ensureVenv } from "../../../validation/toolchain/python";
import { temporaryFolder } from "../../validation/plan/fixture-app/project";

/** What compliance-trestle reads in a document of that name; its error text when it refuses it. */
export type Reader = (document: "assessment-plan" | "assessment-results", text: string) => unknown;

/** compliance-trestle of the locked requirements, as a reader of documents. */
export async function trestle(): Promise<Reader> {
  const context = { cwd: packageRoot(), env: process.env };
  const { python } = await ensureVenv(path.join(__dirname, "requirements.txt"), context);
  return (document, text) => {
    const file = path.join(temporaryFolder(), `${document}.json`);
    fs.writeFileSync(file, text);
    const script = path.join(__dirname, document === "assessment-plan" ? "read_plan.py" : "read.py");
    const { status, stdout, stderr } = spawnSync(python, [script, file], { encoding: "utf8" });
    return status === 0 ? JSON.parse(stdout) : stderr;
  };
}
