// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Evaluation } from "../../../validation/gate";
import { packageRoot } from "../../../validation/package-root";
import { measureProgram } from "../measure";
import { located } from "./located";
import type { Judged, Peer } from "./peer";

const inPolicies = (name: string) => path.join(packageRoot(), "policies", name);
const RULES = [...["lib", "part11", "main"].map(inPolicies), path.join(__dirname, "deny.rego")];

/** Conftest as a whole process on the same facts, with the sources of the same policies; `deny.rego` says what it refuses. */
export const conftest: Peer = {
  name: "conftest",
  locate: async () => located("conftest", "PART11_BENCH_CONFTEST"),
  run: async (program, judged, patience) => {
    const flags = [...RULES.flatMap((file) => ["--policy", file]), "--data", inPolicies("data.json")];
    const args = ["test", judged.facts, "--parser", "json", "--output", "json", ...flags];
    const ran = await measureProgram(program, args, { patience });
    if (ran.stopped) return { ...ran, said: "no answer yet" };
    const failures = failuresIn(ran.stdout, ran.stderr);
    const expected = refusedBy(judged);
    const said = `${failures} answers refused, by the gate ${expected}`;
    if (failures === expected) return { ...ran, said };
    const name = `answers refused by conftest of ${judged.plan.resources} resources`;
    return { ...ran, said, limits: [{ name, value: failures, limit: expected, broken: "the gate refuses others" }] };
  },
};

function failuresIn(stdout: string, stderr: string): number {
  if (stdout.trim() === "") throw new Error(`conftest: ${stderr.trim()}`);
  const results = JSON.parse(stdout) as ReadonlyArray<{ failures?: readonly unknown[] }>;
  return results.reduce((sum, { failures = [] }) => sum + failures.length, 0);
}

/** As a set, like conftest's: an answer that stands there twice is refused once. */
function refusedBy({ evaluation }: Judged): number {
  const { controls }: Evaluation = JSON.parse(fs.readFileSync(evaluation, "utf8"));
  const failed = Object.entries(controls).flatMap(([id, { answers }]) =>
    answers
      .filter(({ status }) => status === "fail")
      .map((answer) => JSON.stringify([id, Object.entries(answer).sort()])),
  );
  return new Set(failed).size;
}
