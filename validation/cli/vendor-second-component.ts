// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import { newSecondComponent } from "../vendors/second-component";
import { parseArguments } from "./arguments";
import type { Io } from "./io";

const NOTES = `
stdout is what the vendor's secret holds: the scrypt hash, without a line end. The password stands in the file alone, which only
you can read: hand it to the vendor apart from everything else, then remove it.
`;

/** `part11 vendor second-component`: a password for a vendor, and the hash that is kept of it. @throws OUT_NOT_WRITABLE */
export async function secondComponent(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 vendor second-component")
    .description("Make a password that a vendor needs beside its key, and print the hash for its secret.")
    .requiredOption("--out <file>", "new file for the password; one that is there is not replaced")
    .addHelpText("after", NOTES);
  const flags = parseArguments<{ out: string }>(command, argv, io);
  if (!flags) return 0;
  const { password, hash } = await newSecondComponent();
  keep(path.resolve(io.cwd, flags.out), password);
  io.stdout.write(hash);
  return 0;
}

function keep(file: string, password: string): void {
  try {
    fs.writeFileSync(file, `${password}\n`, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Part11Error(
      {
        code: "OUT_NOT_WRITABLE",
        what: "password not kept",
        where: file,
        expected: "a new file in a folder that can be written",
        got: code ?? String(cause),
        todo: "name another file with --out",
      },
      { cause },
    );
  }
}
