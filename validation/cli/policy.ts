// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command } from "commander";
import { Part11Error } from "../error";
import { loadSidecar, visible } from "../gate";
import { type Change, type ControlChange, comparePolicies, identical } from "../gate/diff/compare";
import { type DiffPlan, plansIn } from "../gate/diff/plans";
import { buildHouse } from "../gate/house/build-house";
import { type Policy, readPolicy } from "../gate/policy";
import { wrap } from "../gate/wrap";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { outputFolder } from "./output";
import { progressOn } from "./progress";
import { columnsOf } from "./terminal";

const SUBVERBS: Readonly<Record<string, (argv: string[], io: Io) => Promise<number>>> = { build, diff };

/**
 * `part11 policy build` and `part11 policy diff`: see their `--help`.
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

const DIFF_EXITS = `
exit 0  nothing that the old policy found passes now, as far as the plans show
exit 1  weakened: on some plan it passes; or unchallenged: the old policy found nothing on any plan
exit 2  could not compare
`;

/** Exit code 1 when a control is weakened, or when no plan shows that it is not. */
async function diff(argv: string[], io: Io): Promise<number> {
  const command = new Command("part11 policy diff")
    .description("Say, control by control, whether new policies let through what the old ones found.")
    .argument("<old>", "compiled policy, its sidecar beside it")
    .argument("<new>", "compiled policy, its sidecar beside it")
    .argument("[plans...]", "folders with plan.json, all mutated (default: golden plan and corpus of this repository)")
    .option("--control <id>", "compare this control only")
    .option("--json", "an array of the controls, each with its change, the number of plans, and reasons")
    .addHelpText("after", DIFF_EXITS);
  const flags = parseArguments<{ control?: string; json?: boolean }>(command, argv, io);
  if (!flags) return 0;
  const [old, next] = command.args.slice(0, 2).map((file) => readPolicy(path.resolve(io.cwd, file), "part11"));
  const only = flags.control === undefined ? undefined : [flags.control];
  if (only && ![old!, next!].some(({ sidecar }) => sidecar.controls.some(({ id }) => id === flags.control))) {
    throw new Part11Error({
      code: "CONTROL_UNKNOWN",
      what: "no such control",
      where: "part11 policy diff",
      expected: "the id of a control in one of the two policies",
      got: only[0]!,
      todo: "list the ids with part11 controls",
    });
  }
  const plans = plansIn(command.args.slice(2), io.cwd);
  const same = identical(old!, next!)?.filter(({ id }) => only === undefined || only.includes(id));
  const changes = same ?? compared(old!, next!, plans, only, io);
  io.stdout.write(flags.json ? `${JSON.stringify(changes, null, 2)}\n` : diffText(changes, columnsOf(io)));
  return changes.some(({ change }) => change === "weakened" || change === "unchallenged") ? 1 : 0;
}

function compared(
  old: Policy,
  next: Policy,
  plans: readonly DiffPlan[],
  only: readonly string[] | undefined,
  io: Io,
): readonly ControlChange[] {
  const progress = progressOn(io, plans.length);
  try {
    return comparePolicies(old, next, plans, {
      only,
      onPlan: ({ name }) => progress.part(name),
      onVariant: progress.step,
    });
  } finally {
    progress.done();
  }
}

/** What changed first: that is what somebody has to read. */
function diffText(changes: readonly ControlChange[], columns: number): string {
  const inOrder = CHANGES.flatMap((change) => changes.filter((one) => one.change === change));
  const lines = inOrder.map((one) => {
    const said = [...evaluatedOn(one), ...one.reasons].join("; ");
    return wrap(`${one.change.padEnd(13)}${one.id}  ${visible(said)}`, columns, 13);
  });
  const counts = CHANGES.map((change) => `${changes.filter((one) => one.change === change).length} ${change}`);
  return `${[...lines, `${changes.length} controls: ${counts.join(", ")}`].join("\n")}\n`;
}

function evaluatedOn({ plans, challenges }: ControlChange): readonly string[] {
  return plans === 0 ? [] : [`on ${plans} plans, ${challenges} of which the old one does not pass`];
}

const CHANGES = [
  "weakened",
  "unchallenged",
  "stronger",
  "added",
  "same",
  "identical",
] as const satisfies readonly Change[];

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
