// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";

/** Root of the corpus. */
export const CORPUS = __dirname;

/** `example.json` of a folder; each key may be left out. */
export interface ExampleNotes {
  /** Environment that the gate judges for. `@default` production */
  readonly environment?: string;
  /** UTC day, YYYY-MM-DD, for which the `waivers.yaml` of the folder is judged. */
  readonly asOf?: string;
  /** Why the plan is edited by hand after Terraform made it. Required with `set` and `remove`. */
  readonly synthetic?: string;
  /** JSON pointer -> value that stands there after the edit. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** JSON pointers of what the edit takes out. */
  readonly remove?: readonly string[];
}

const KEYS: readonly (keyof ExampleNotes)[] = ["environment", "asOf", "synthetic", "set", "remove"];

/** Folders under `root` with a configuration of their own, sorted; the modules inside one belong to it. */
export function configurationsIn(root: string): readonly string[] {
  const entries = fs.readdirSync(root, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && isRootFile(entry.name))) return [root];
  return entries
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => configurationsIn(path.join(root, entry.name)))
    .sort();
}

/** Notes of a folder; an unknown key or an edit without its reason is refused. */
export function notesOf(folder: string): ExampleNotes {
  const file = path.join(folder, "example.json");
  if (!fs.existsSync(file)) return {};
  const notes = JSON.parse(fs.readFileSync(file, "utf8")) as ExampleNotes;
  const unknown = Object.keys(notes).filter((key) => !(KEYS as readonly string[]).includes(key));
  if (unknown.length > 0) throw new Error(`${file}: unknown key ${unknown.join(", ")}; known are ${KEYS.join(", ")}`);
  const edited = notes.set !== undefined || notes.remove !== undefined;
  if (edited !== (notes.synthetic !== undefined)) throw new Error(`${file}: "synthetic" says why a plan is edited`);
  return notes;
}

function isRootFile(name: string): boolean {
  return name.endsWith(".tf") || name === "cdk.tf.json";
}
