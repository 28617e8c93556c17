// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import { loadSidecar } from "../gate";
import { buildHouse } from "../gate/house/build-house";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFolder } from "./output";

const SUBVERBS: Readonly<Record<string, (argv: string[], io: Io) => Promise<number>>> = { build };

/**
 * `part11 policy build`: see `part11 policy build --help`.
 *
 * @throws USAGE, and the codes of the one that was asked for
 */
export async function policy(argv: string[], io: Io): Promise<number> {
  const [name = "", ...rest] = argv;
  const command = new Command("part11 policy").usage(`${Object.keys(SUBVERBS).join("|")} [options]`);
  command.description("Work on compiled policies. See part11 policy <name> --help.");
  if (Object.hasOwn(SUBVERBS, name)) return SUBVERBS[name]!(rest, io);
  if (name !== "" && !name.startsWith("-")) throw unknown(name);
  if (name === "") throw unknown("nothing");
  parseArguments(command, argv, io);
  return 0;
}

async function build(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 policy build")
    .description("Compile house rules for part11 gate --bundle: <folder>/<id>/<id>.rego, package house.<id>.")
    .argument("<folder>", "folder of the rules")
    .requiredOption("--out <folder>", "folder for house.wasm and house.json");
  const flags = parseArguments<{ out: string }>(command, argv, io);
  if (!flags) return 0;
  const out = outputFolder(flags.out, io.cwd);
  const ours = loadSidecar().sidecar.controls.map(({ id }) => id);
  io.stdout.write(`${await buildHouse(path.resolve(io.cwd, command.args[0]!), out, ours, io.env)}\n`);
  return 0;
}

function unknown(got: string): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "wrong usage",
    where: "part11 policy",
    expected: `one of ${Object.keys(SUBVERBS).join(", ")}`,
    got,
    todo: "see part11 policy --help",
  });
}
