// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { Part11Error } from "../error";
import { type ControlMetadata, loadSidecar } from "../gate";
import {
  type Crosswalk,
  type CrosswalkRow,
  controlsOf,
  loadCrosswalk,
  type OutsideControl,
  outsideOf,
  TEXTS,
} from "../gate/crosswalk";
import { wrap } from "../gate/wrap";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { columnsOf } from "./terminal";

/**
 * `part11 explain ID`: what one control demands, where it applies, what to do, and how a qualification verifies it; of a
 * control that no plan shows how it is kept, and of a clause which controls and procedures there are for it.
 *
 * @param folder folder of the compiled policies. `@default` the one of this package
 * @throws CONTROL_UNKNOWN
 */
export async function explain(argv: string[], io: Io, folder?: string): Promise<number> {
  const command = new Command("part11 explain")
    .description("Explain one control, or one clause of 21 CFR Part 11.")
    .argument("<id>", "id of the control, as `part11 controls` lists it, or a clause such as 11.10(i)");
  if (!parseArguments(command, argv, io)) return 0;
  io.stdout.write(told(command.args[0]!, columnsOf(io), folder));
  return 0;
}

function told(name: string, columns: number, folder: string | undefined): string {
  const isNamed = (one: string) => one.toLowerCase() === name.toLowerCase();
  const { controls } = loadSidecar(folder).sidecar;
  const control = controls.find(({ id }) => isNamed(id));
  if (control) return explanation(control, columns);
  const crosswalk = loadCrosswalk(folder);
  const outside = crosswalk.outside.find(({ id }) => isNamed(id));
  if (outside) return outsideExplanation(outside, columns);
  const clause = crosswalk.rows.find((row) => isNamed(row.clause));
  if (clause) return clauseExplanation(clause, crosswalk, controls, columns);
  throw unknownControl(name, crosswalk);
}

const NAME_WIDTH = 14;

type Rows = ReadonlyArray<readonly [string, readonly string[]]>;

function table(rows: Rows, columns: number): readonly string[] {
  return rows
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => wrap(`${name.padEnd(NAME_WIDTH)}${values.join(", ")}`, columns, NAME_WIDTH));
}

const KINDS: Readonly<Record<OutsideControl["kind"], string>> = {
  oq: "no plan shows it: it is challenged on the running system, with the module that it challenges",
  procedural: "no plan shows it: the organisation keeps a record",
};

function outsideExplanation(control: OutsideControl, columns: number) {
  const { id, title, kind, severity, clauses, annex11, how, verified_by = [] } = control;
  const rows: Rows = [
    ["kind", [kind]],
    ["severity", [severity]],
    ["21 CFR", clauses],
    ["Annex 11", annex11],
    ["verified by", [how, ...verified_by]],
  ];
  return [wrap(`${id}  ${title}`, columns), "", wrap(KINDS[kind], columns), "", ...table(rows, columns), ""].join("\n");
}

function clauseExplanation(
  row: CrosswalkRow,
  crosswalk: Crosswalk,
  controls: readonly ControlMetadata[],
  columns: number,
): string {
  const names = new Map(crosswalk.editions.map(({ key, name }) => [key, name]));
  const texts = TEXTS.filter((key) => row[key].length > 0);
  const parts = [
    ...controlsOf(row, controls).map(
      ({ id, title, pending }) => `${id}  ${title}${pending === undefined ? "" : " (pending)"}`,
    ),
    ...outsideOf(row, crosswalk).map(({ id, title, kind }) => `${id}  ${title} (${kind})`),
  ];
  return [
    wrap(`21 CFR ${row.clause}  ${row.says}`, columns),
    "",
    ...texts.map((key) => wrap(`${names.get(key)}: ${row[key].join(", ")}`, columns, 2)),
    ...(parts.length > 0 ? ["", "controls", ...parts.map((part) => wrap(`  ${part}`, columns, 4))] : []),
    ...(row.procedural ? ["", wrap(`procedure (the organisation's own): ${row.procedural}`, columns)] : []),
    "",
  ].join("\n");
}

const BY_DIGEST =
  "repeats the valueDigest that part11 gate prints with the finding, over the answer and all that this control reads about its subject";

function explanation(control: ControlMetadata, columns: number): string {
  const rows: Rows = [
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
    [
      "waiver",
      [
        control.waivable === false
          ? "never"
          : control.pending === undefined
            ? BY_DIGEST
            : "not while it decides nothing",
      ],
    ],
    ["resources", control.resources],
    ["verified by", control.verified_by],
  ];
  const attributes = control.attributes.map(({ type, path }) => `  ${type}  ${path}`);
  return [
    wrap(`${control.id}  ${control.title}`, columns),
    "",
    ...control.description.split("\n").map((line) => wrap(line, columns)),
    "",
    ...table(rows, columns),
    ...(attributes.length > 0 ? ["", "attributes", ...attributes] : []),
    "",
    ...table(
      [
        ["finding", [control.failure_msg]],
        ["fix", [control.fix]],
      ],
      columns,
    ),
    "",
  ].join("\n");
}

function unknownControl(id: string, { outside }: Crosswalk): Part11Error {
  return new Part11Error({
    code: "CONTROL_UNKNOWN",
    what: "no such control",
    where: "part11 explain",
    expected: `an id of part11 controls, one of ${outside.map((one) => one.id).join(", ")}, or a clause such as 11.10(i)`,
    got: id,
    todo: "list the ids with part11 controls",
  });
}
