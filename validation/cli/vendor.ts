// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { Part11Error } from "../error";
import { parseArguments } from "./arguments";
import type { Io } from "./io";

type Subverb = (argv: string[], io: Io) => Promise<number>;

/** What can be done with vendors. Each file is loaded only when it is needed: one of them brings the AWS SDK. */
const SUBVERBS: Readonly<Record<string, () => Promise<Subverb>>> = {
  add: async () => (await import("./vendor-edit")).add,
  "rotate-key": async () => (await import("./vendor-edit")).rotate,
  offboard: async () => (await import("./vendor-edit")).offboardVendor,
  disable: async () => (await import("./vendor-disable")).disable,
  review: async () => (await import("./vendor-review")).review,
  guide: async () => (await import("./vendor-guide")).guide,
  "second-component": async () => (await import("./vendor-second-component")).secondComponent,
  list: async () => (await import("./vendor-review")).list,
};

/**
 * `part11 vendor add`, `rotate-key`, `offboard`, `disable`, `review`, `guide`, `second-component` and `list`: see their `--help`.
 *
 * @throws USAGE, and the codes of the one that was asked for
 */
export async function vendor(argv: string[], io: Io): Promise<number> {
  const [name = "", ...rest] = argv;
  const command = new Command("part11 vendor").usage(`${Object.keys(SUBVERBS).join("|")} [options]`);
  command.description("Work on vendors.yaml: who may send files. See part11 vendor <name> --help.");
  if (Object.hasOwn(SUBVERBS, name)) return (await SUBVERBS[name]!())(rest, io);
  if (name === "" || !name.startsWith("-")) throw unknown(name === "" ? "nothing" : name);
  parseArguments(command, argv, io);
  return 0;
}

function unknown(got: string): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "wrong usage",
    where: "part11 vendor",
    expected: `one of ${Object.keys(SUBVERBS).join(", ")}`,
    got,
    todo: "see part11 vendor --help",
  });
}
