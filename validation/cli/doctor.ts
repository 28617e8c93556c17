// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { wrap } from "../gate/wrap";
import { examine } from "../toolchain/doctor";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { columnsOf } from "./terminal";

/** `part11 doctor`: says what is there and what to do about what is not. Exit code 0 when the main job can run, else 1. */
export async function doctor(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 doctor").description("Say which tools are there and what to do about the rest.");
  if (!parseArguments(command, argv, io)) return 0;
  const findings = await examine({ env: io.env, cwd: io.cwd });
  for (const { name, state, said } of findings) {
    io.stdout.write(`${wrap(`${MARK[state]} ${name}: ${said}`, columnsOf(io), MARK.ok.length + 1)}\n`);
  }
  return findings.some(({ state }) => state === "missing") ? 1 : 0;
}

const MARK = { ok: "ok      ", optional: "optional", missing: "missing " } as const;
