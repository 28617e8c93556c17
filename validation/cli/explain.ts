// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { Part11Error } from "../error";
import { type ControlMetadata, loadSidecar } from "../gate";
import { parseArguments } from "./arguments";
import type { Io } from "./io";

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
  io.stdout.write(explanation(control));
  return 0;
}

function explanation(control: ControlMetadata): string {
  const rows: ReadonlyArray<readonly [string, readonly string[]]> = [
    ["severity", [control.severity]],
    ["21 CFR", control.clauses],
    ["Annex 11", control.annex11],
    ["ALCOA+", control.alcoa],
    ["requirements", control.requirements],
    ["environments", control.environments],
    ["bucket roles", control.bucket_roles],
    ["resources", control.resources],
    ["verified by", control.verified_by],
  ];
  const lines = rows
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name.padEnd(14)}${values.join(", ")}`);
  const attributes = control.attributes.map(({ type, path }) => `  ${type}  ${path}`);
  return [
    `${control.id}  ${control.title}`,
    "",
    control.description,
    "",
    ...lines,
    ...(attributes.length > 0 ? ["", "attributes", ...attributes] : []),
    "",
    `finding       ${control.failure_msg}`,
    `fix           ${control.fix}`,
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
