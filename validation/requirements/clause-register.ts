// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { type Crosswalk, TEXTS } from "../gate/crosswalk";
import type { ClauseReference } from "./requirement";
import { readRequirementFile, refused } from "./requirement-file";

/** One text: the clauses of it that were seen, each with what it says where there are words for it. */
interface Source {
  readonly name: string;
  readonly edition: string;
  readonly clauses: ReadonlyMap<string, string | undefined>;
}

interface Written {
  readonly sources: ReadonlyArray<{
    readonly key: string;
    readonly name?: string;
    readonly edition?: string;
    readonly clauses?: Readonly<Record<string, string>>;
  }>;
}

/** Every clause that a requirement may name. */
export class ClauseRegister {
  private constructor(private readonly sources: ReadonlyMap<string, Source>) {}

  /**
   * Texts of `sources.yaml`, with names, editions and clauses of the crosswalk where it has them.
   *
   * @throws as `readRequirementFile`; REQUIREMENT_REFUSED for a text that stands twice, that the crosswalk names
   * otherwise, or whose name or edition nobody gives
   */
  static load(folder: string, crosswalk: Crosswalk): ClauseRegister {
    const file = "sources.yaml";
    const { value, at } = readRequirementFile(path.join(folder, file), file, "requirement-sources");
    const sources = new Map<string, Source>();
    (value as Written).sources.forEach(({ key, name, edition, clauses = {} }, index) => {
      const where = at(["sources", index]);
      const known = crosswalk.editions.find((one) => one.key === key);
      if (sources.has(key)) throw refused(where, "each text once", `${key} twice`);
      if (known && (name ?? edition) !== undefined)
        throw refused(where, "name and edition in policies/crosswalk.json alone", `another of ${key}`);
      const [named, read] = [known?.name ?? name, known?.edition ?? edition];
      if (named === undefined || read === undefined) throw refused(where, "name and edition of the text", key);
      const own = Object.entries(clauses);
      sources.set(key, { name: named, edition: read, clauses: new Map([...crosswalkClauses(key, crosswalk), ...own]) });
    });
    return new ClauseRegister(sources);
  }

  /** Clause of a text. @throws REQUIREMENT_REFUSED for one that is not in the register */
  reference(key: string, clause: string, where: string): ClauseReference {
    const source = this.sources.get(key);
    if (!source) throw refused(where, `a text of sources.yaml: ${[...this.sources.keys()].join(", ")}`, key);
    const todo = "name a clause that somebody read, and enter it in sources.yaml";
    if (!source.clauses.has(clause))
      throw refused(where, `a clause of ${source.name} in the register`, clause, { todo });
    const says = source.clauses.get(clause);
    return { source: key, name: source.name, edition: source.edition, clause, ...(says === undefined ? {} : { says }) };
  }
}

function crosswalkClauses(key: string, { rows }: Crosswalk): Map<string, string | undefined> {
  if (key === "part11") return new Map(rows.flatMap(({ clause, says }) => [[clause, says], ...wholes(clause)]));
  const text = TEXTS.find((one) => one === key);
  return new Map(text ? rows.flatMap((row) => row[text].map((clause) => [clause, undefined] as const)) : []);
}

/** Of 11.200(a)(1)(i): 11.200(a)(1), 11.200(a) and 11.200. */
function wholes(clause: string): Array<readonly [string, undefined]> {
  const parts = clause.split("(");
  return parts.slice(1).map((_, i) => [parts.slice(0, i + 1).join("("), undefined] as const);
}
