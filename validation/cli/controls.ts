// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { loadSidecar } from "../gate";
import { wrap } from "../gate/wrap";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { columnsOf } from "./terminal";

/**
 * `part11 controls`: the catalogue that is compiled into the gate, one line a control, or a JSON array of their METADATA.
 *
 * @param folder folder of the compiled policies. `@default` the one of this package
 */
export async function controls(argv: string[], io: Io, folder?: string): Promise<number> {
  const command = new Command("part11 controls")
    .description("List the controls that the gate judges.")
    .option("--json", "an array with id, severity, clauses and the rest of the METADATA");
  const flags = parseArguments<{ json?: boolean }>(command, argv, io);
  if (!flags) return 0;
  const all = loadSidecar(folder).sidecar.controls;
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return 0;
  }
  const widths = [0, 1, 2].map((i) => Math.max(...all.map((control) => cells(control)[i]!.length)));
  for (const control of all) {
    const row = cells(control).map((text, i) => text.padEnd(widths[i]!));
    const start = `${row.join("  ")}  `;
    io.stdout.write(
      `${wrap(`${start}${control.title}${control.pending === undefined ? "" : " (pending)"}`, columnsOf(io), start.length)}\n`,
    );
  }
  return 0;
}

function cells({ id, severity, clauses }: { id: string; severity: string; clauses: readonly string[] }) {
  return [id, severity, clauses.join(" ")];
}
