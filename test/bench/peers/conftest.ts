// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Evaluation } from "../../../validation/gate";
import { packageRoot } from "../../../validation/package-root";
import { measureProgram } from "../measure";
import { located } from "./located";
import type { Judged, Peer } from "./peer";

const POLICIES = ["lib", "part11", "main", "data.json"].map((name) => path.join(packageRoot(), "policies", name));

/** Conftest as a whole process on the same facts, with the sources of the same policies; `deny.rego` says what it refuses. */
export const conftest: Peer = {
  name: "conftest",
  locate: async () => located("conftest", "PART11_BENCH_CONFTEST"),
  run: async (program, judged, patience) => {
    const policies = [...POLICIES.filter((file) => !file.endsWith(".json")), path.join(__dirname, "deny.rego")];
    const data = POLICIES.filter((file) => file.endsWith(".json"));
    const flags = [...policies.flatMap((file) => ["--policy", file]), ...data.flatMap((file) => ["--data", file])];
    const args = ["test", judged.facts, "--parser", "json", "--output", "json", ...flags];
    const ran = await measureProgram(program, args, { patience });
    if (ran.stopped) return { ...ran, said: "no answer yet" };
    const failures = failuresIn(ran.stdout, ran.stderr);
    const said = `${failures} answers refused, by the gate ${failedAnswers(judged)}`;
    return { ...ran, said };
  },
};

function failuresIn(stdout: string, stderr: string): number {
  if (stdout.trim() === "") throw new Error(`conftest: ${stderr.trim()}`);
  const results = JSON.parse(stdout) as ReadonlyArray<{ failures?: readonly unknown[] }>;
  return results.reduce((sum, { failures = [] }) => sum + failures.length, 0);
}

function failedAnswers({ evaluation }: Judged): number {
  const { controls }: Evaluation = JSON.parse(fs.readFileSync(evaluation, "utf8"));
  return Object.values(controls).reduce((n, { answers }) => n + answers.filter((a) => a.status === "fail").length, 0);
}
