// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { type Evaluation, loadPolicy } from "../../../validation/gate";
import { packageRoot } from "../../../validation/package-root";
import { ensureOpa } from "../../../validation/toolchain";
import { asSets, saidByOpa, stockOpa } from "../../gate/stock-opa";
import { measureProgram } from "../measure";
import type { Judged, Limit, Peer } from "./peer";

/**
 * Stock opa, the version that compiles the policies, on the sources of the same policies and the same facts.
 *
 * The gate's phase "evaluate" goes from facts in memory to answers with proof, so it pays for its view of the facts and
 * for handing it to wasm. Of opa only its own timer of the query counts: neither its start, nor reading and compiling
 * the policies, nor parsing the facts. What is left out is left out in opa's favour.
 */
export const opa: Peer = {
  name: "opa eval",
  locate: async () => (await ensureOpa({ cwd: packageRoot(), env: process.env })).path,
  run: async (program, judged, patience) => {
    const ran = await measureProgram(program, stockOpa(judged.facts), { cwd: packageRoot(), patience });
    if (ran.stopped) {
      const said = "no answer yet, so the decisions are not compared";
      return { ...ran, said, limits: [limit(judged, patience * 1000)] };
    }
    if (ran.code !== 0) throw new Error(`opa eval: exit code ${ran.code}: ${ran.stderr.trim() || ran.stdout.trim()}`);
    const evaluationMs = JSON.parse(ran.stdout).metrics.timer_rego_query_eval_ns / 1e6;
    const same = isSame(ran.stdout, judged);
    const said = `evaluation ${evaluationMs.toFixed(0)} ms, ${same ? "the same decisions" : "OTHER decisions"}`;
    const broken = same ? undefined : "opa decides otherwise";
    return { ...ran, said, limits: [{ ...limit(judged, evaluationMs), broken }] };
  },
};

function limit({ plan, evaluateMs }: Judged, opaMs: number): Limit {
  return { name: `evaluation of ${plan.resources} resources / opa's`, value: evaluateMs / opaMs, limit: 1 };
}

function isSame(stdout: string, judged: Judged): boolean {
  const byWasm: Evaluation = JSON.parse(fs.readFileSync(judged.evaluation, "utf8"));
  return isDeepStrictEqual(asSets(saidByOpa(stdout, loadPolicy().sidecar.controls)), asSets(byWasm));
}
