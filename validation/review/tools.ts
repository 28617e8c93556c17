// SPDX-License-Identifier: Apache-2.0
import { type EntryBodies, entriesOf, type RunRecord } from "../evidence";
import { item, type ReviewItem } from "./item";

export type Tool = EntryBodies["tool-versions"]["tools"][number];
export type ToolVersion = Omit<Tool, "name">;

/** What plans, judges and executes: without one of these nobody knows what made the evidence. */
const NEEDED = [
  "cdktf-part11 (digest of its code)",
  "node",
  "terraform",
  "opa (compiled the policies)",
  "part11.wasm",
] as const;

/** The machine and the emulator of the run, which are gone with it: what is installed now says nothing of them. */
const OF_THE_RUN =
  /^(?:python \(runs the emulator\)|requirements\.txt .*|ministack|emulator patches|(?:Linux|Darwin|Windows_NT) \S+)$/;

/** A tool then and now. */
export interface ToolRow {
  readonly name: string;
  /** Null: the bundle does not say. */
  readonly qualified: ToolVersion | null;
  /** Null: not looked at. */
  readonly now: ToolVersion | null;
  readonly state: "same" | "differs" | "not looked at" | "of the run alone";
}

/** Every tool that the bundle names or ought to name, against what is installed. */
export function toolRows({ entries }: RunRecord, installed: readonly Tool[]): readonly ToolRow[] {
  const recorded = entriesOf(entries, "tool-versions").flatMap(({ body }) => body.tools);
  const names = new Set([...NEEDED, ...recorded.map(({ name }) => name), ...installed.map(({ name }) => name)]);
  return [...names].map((name): ToolRow => {
    const [qualified, now] = [versionIn(recorded, name), versionIn(installed, name)];
    if (OF_THE_RUN.test(name)) return { name, qualified, now: null, state: "of the run alone" };
    if (!qualified || !now) return { name, qualified, now, state: "not looked at" };
    const same = qualified.version === now.version && qualified.sha256 === now.sha256;
    return { name, qualified, now, state: same ? "same" : "differs" };
  });
}

export function ofTools(rows: readonly ToolRow[]): ReviewItem {
  const of = (state: ToolRow["state"]) => rows.filter((row) => row.state === state);
  return item("tools", {
    open: of("differs").map(
      ({ name, qualified, now }) => `${name}: ${inWords(qualified)} in the run, ${inWords(now)} now`,
    ),
    notLookedAt: of("not looked at").map(
      ({ name, qualified, now }) =>
        `${name}: ${qualified ? inWords(qualified) : "not recorded"} in the run, ${now ? inWords(now) : "not found"} now`,
    ),
    seen:
      of("same").length > 0
        ? [
            `${of("same")
              .map(({ name }) => name)
              .join(", ")} as in the run`,
          ]
        : [],
  });
}

/** A version as text. */
export function inWords(tool: ToolVersion | null): string {
  if (!tool) return "not known";
  return tool.sha256 === undefined ? tool.version : `${tool.version} (${tool.sha256.slice(0, 12)})`;
}

function versionIn(tools: readonly Tool[], wanted: string): ToolVersion | null {
  const found = tools.find(({ name }) => name === wanted);
  if (!found) return null;
  const { name: _, ...version } = found;
  return version;
}
