// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { Part11Error } from "../error";
import { type ControlMetadata, loadSidecar } from "../gate";
import { wrap } from "../gate/wrap";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { columnsOf } from "./terminal";

/**
 * `part11 explain ID`: what one control demands, where it applies, what to do, and how a qualification verifies it.
 *
 * @param folder folder of the compiled policies. `@default` the one of this package
 * @throws CONTROL_UNKNOWN
 */
export async function explain(argv: string[], io: Io, folder?: string): Promise<number> {
  const command = new Command("part11 explain")
    .description("Explain one control.")
    .argument("<id>", "id of the control, as `part11 controls` lists it");
  if (!parseArguments(command, argv, io)) return 0;
  const id = command.args[0]!;
  const control = loadSidecar(folder).sidecar.controls.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (!control) throw unknownControl(id);
  io.stdout.write(explanation(control, columnsOf(io)));
  return 0;
}

const NAME_WIDTH = 14;

const BY_DIGEST =
  "repeats the valueDigest that part11 gate prints with the finding, over the answer and all that this control reads about its subject";

function explanation(control: ControlMetadata, columns: number): string {
  const row = (name: string, text: string) => wrap(`${name.padEnd(NAME_WIDTH)}${text}`, columns, NAME_WIDTH);
  const rows: ReadonlyArray<readonly [string, readonly string[]]> = [
    ["severity", [control.severity]],
    ["21 CFR", control.clauses],
    ["Annex 11", control.annex11],
    ["ALCOA+", control.alcoa],
    ["requirements", control.requirements],
    ["environments", control.environments],
    ["bucket roles", control.bucket_roles],
    [
      "pending",
      control.pending === undefined ? [] : [`waits for the modules of \`${control.pending}\`; decides nothing yet`],
    ],
    ["waiver", [control.waivable === false ? "never" : BY_DIGEST]],
    ["resources", control.resources],
    ["verified by", control.verified_by],
  ];
  const lines = rows.filter(([, values]) => values.length > 0).map(([name, values]) => row(name, values.join(", ")));
  const attributes = control.attributes.map(({ type, path }) => `  ${type}  ${path}`);
  return [
    wrap(`${control.id}  ${control.title}`, columns),
    "",
    ...control.description.split("\n").map((line) => wrap(line, columns)),
    "",
    ...lines,
    ...(attributes.length > 0 ? ["", "attributes", ...attributes] : []),
    "",
    row("finding", control.failure_msg),
    row("fix", control.fix),
    "",
  ].join("\n");
}

function unknownControl(id: string): Part11Error {
  return new Part11Error({
    code: "CONTROL_UNKNOWN",
    what: "no such control",
    where: "part11 explain",
    expected: "an id of part11 controls",
    got: id,
    todo: "list the ids with part11 controls",
  });
}
