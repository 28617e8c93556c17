// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { loadCrosswalk } from "../gate/crosswalk";
import { visible } from "../gate/escape/terminal";
import { packageRoot } from "../package-root";
import { ClauseRegister } from "./clause-register";
import { AREAS, type Area, METHODS, type Method, type Requirement, type Risk } from "./requirement";
import { readRequirementFile, refused } from "./requirement-file";
import { ratedRisk } from "./risk";

interface Written {
  readonly area: Area;
  readonly requirements: ReadonlyArray<
    Pick<Requirement, "id" | "text" | "gxp" | "status" | "gap"> & {
      readonly clauses: Readonly<Record<string, readonly string[]>>;
      readonly risk: Pick<Risk, "severity" | "probability" | "detectability" | "why">;
      readonly verification: Partial<Readonly<Record<Method, string>>>;
      readonly resources?: readonly string[];
    }
  >;
}

/** Where the requirements of this package stand. */
export function requirementsFolder(): string {
  return path.join(packageRoot(), "validation", "requirements");
}

/**
 * Every requirement, in the order of ids: from one file for each area, none missing and none besides.
 *
 * @param folder `@default` the one of this package
 * @throws FILE_NOT_FOUND; REQUIREMENTS_INVALID for what is no plain YAML and SCHEMA_MISMATCH for another shape, a missing
 * risk among them; REQUIREMENT_REFUSED for an id that stands twice, a clause that is not in the register, a gap without
 * need or need without a gap, a file of no area. All name file and line
 */
export function loadRequirements(folder: string = requirementsFolder()): readonly Requirement[] {
  const register = ClauseRegister.load(folder, loadCrosswalk());
  assertFiles(folder);
  const all = AREAS.flatMap((area) => ofArea(folder, area, register));
  const seen = new Map<string, string>();
  for (const { id, where } of all) {
    const before = seen.get(id);
    if (before !== undefined) throw refused(where, "each id once", `${id}, which ${before} has`);
    seen.set(id, where);
  }
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function assertFiles(folder: string): void {
  const known = ["sources", ...AREAS].map((name) => `${name}.yaml`);
  const stray = fs.readdirSync(folder).find((name) => /\.ya?ml$/i.test(name) && !known.includes(name));
  if (stray !== undefined) throw refused(path.join(folder, stray), `a file of an area: ${AREAS.join(", ")}`, stray);
}

function ofArea(folder: string, area: Area, register: ClauseRegister): Requirement[] {
  const file = `${area}.yaml`;
  const { value, at } = readRequirementFile(path.join(folder, file), file, "requirements");
  const written = value as Written;
  if (written.area !== area) throw refused(at(["area"]), area, written.area);
  return written.requirements.map(({ clauses, risk, verification, resources = [], ...rest }, index) => {
    const place = (...steps: string[]) => at(["requirements", index, ...steps]);
    assertVisible([rest.text, rest.gap ?? "", risk.why, ...Object.values(verification)], place());
    if ((rest.status === "implemented") !== (rest.gap === undefined)) {
      throw refused(
        place("status"),
        "a gap exactly where something is missing",
        `${rest.status}, ${rest.gap ?? "no gap"}`,
      );
    }
    return {
      ...rest,
      area,
      clauses: Object.entries(clauses).flatMap(([key, named]) =>
        named.map((clause) => register.reference(key, clause, place("clauses", key))),
      ),
      risk: { ...risk, ...ratedRisk(risk) },
      verification: METHODS.flatMap((method) => {
        const shows = verification[method];
        return shows === undefined ? [] : [{ method, shows }];
      }),
      resources,
      where: place("id"),
    };
  });
}

function assertVisible(texts: readonly string[], where: string): void {
  const hidden = texts.find((text) => visible(text) !== text);
  if (hidden !== undefined) throw refused(where, "characters that can be seen, on one line", hidden);
}
