// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { measureProgram } from "../measure";
import { located } from "./located";
import type { Peer } from "./peer";

/** Checkov as a whole process on the same plan, without its network calls. */
export const checkov: Peer = {
  name: "checkov",
  locate: async () => located("checkov", "PART11_BENCH_CHECKOV"),
  run: async (program, { plan }, patience) => {
    const args = ["--file", plan.plan, "--framework", "terraform_plan", "--skip-download", "--compact", "--quiet"];
    const env = { ...process.env, PATH: `${path.dirname(program)}${path.delimiter}${process.env.PATH}` };
    const ran = await measureProgram(program, args, { env, patience });
    const counts = /^Passed checks: \d+, Failed checks: \d+.*$/m.exec(ran.stdout)?.[0];
    if (!ran.stopped && counts === undefined) {
      throw new Error(`checkov: exit code ${ran.code}: ${ran.stderr.trim() || ran.stdout.trim()}`);
    }
    return { ...ran, said: counts ?? "no answer yet" };
  },
};
