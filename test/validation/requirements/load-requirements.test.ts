// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadSidecar } from "../../../validation/gate";
import { loadCrosswalk } from "../../../validation/gate/crosswalk";
import { challenges } from "../../../validation/oq";
import { AREAS, loadRequirements, requirementsFolder } from "../../../validation/requirements";

const requirements = loadRequirements();
const { controls } = loadSidecar().sidecar;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

/** A copy of the folder with one text of one file replaced by another; the text must be there. */
function changed(file: string, from: string, to: string): string {
  const folder = copied();
  const text = fs.readFileSync(path.join(folder, file), "utf8");
  expect(text).toContain(from);
  fs.writeFileSync(
    path.join(folder, file),
    text.replace(from, () => to),
  );
  return folder;
}

function copied(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-requirements-"));
  folders.push(folder);
  for (const name of fs.readdirSync(requirementsFolder()).filter((one) => one.endsWith(".yaml"))) {
    fs.copyFileSync(path.join(requirementsFolder(), name), path.join(folder, name));
  }
  return folder;
}

function refusalOf(folder: string): { code: string; message: string } {
  try {
    loadRequirements(folder);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error("was accepted");
}

describe("the requirements of this package", () => {
  it("are those that the users asked for, by the ids they have always had", () => {
    const asked = Array.from({ length: 36 }, (_, i) => `URS-${String(i + 1).padStart(3, "0")}`);
    expect(requirements.map(({ id }) => id)).toEqual(asked);
  });

  it("cover every area", () => {
    expect([...new Set(requirements.map(({ area }) => area))]).toEqual(expect.arrayContaining([...AREAS]));
  });

  it("name clauses of all five texts, each with its edition", () => {
    const named = requirements.flatMap(({ clauses }) => clauses);
    expect([...new Set(named.map(({ source }) => source))].sort()).toEqual([
      "annex11",
      "e6r3",
      "ema",
      "fda-qa",
      "part11",
    ]);
    expect(named.filter(({ edition }) => !/\d{4}/.test(edition))).toEqual([]);
  });

  it("have every id that a control names", () => {
    const known = requirements.map(({ id }) => id);
    expect(controls.flatMap((control) => control.requirements).filter((id) => !known.includes(id))).toEqual([]);
  });

  it("have every id that a challenge names, and every challenge names one", () => {
    const known = requirements.map(({ id }) => id);
    const named = challenges.map(({ step }) => step.requirements);
    expect(named.flat().filter((id) => !known.includes(id))).toEqual([]);
    expect(named.filter((ids) => ids.length === 0)).toEqual([]);
  });

  it("are those of a challenge's controls, at least one of them, wherever it shows controls", () => {
    const ofControls = new Map(controls.map((control) => [control.id, control.requirements]));
    const apart = challenges.filter(({ step }) => {
      const shown = step.controls.flatMap((id) => ofControls.get(id) ?? []);
      return shown.length > 0 && !shown.some((id) => step.requirements.includes(id));
    });
    expect(apart.map(({ step }) => step.id)).toEqual([]);
  });

  it("list resource types only where no control reads them", () => {
    const read = new Set(controls.flatMap(({ attributes }) => attributes.map(({ type }) => type)));
    expect(requirements.flatMap(({ resources }) => resources).filter((type) => read.has(type))).toEqual([]);
  });

  it("say of what nobody can do yet that it is planned", () => {
    const planned = requirements.filter(({ status }) => status === "planned").map(({ id }) => id);
    expect(planned).toEqual(["URS-026", "URS-027", "URS-028", "URS-029", "URS-030"]);
  });

  it("say that Part 11 requires validation, and IQ, OQ and PQ not by name", () => {
    const said = requirements.find(({ id }) => id === "URS-033")?.risk.why;
    expect(said).toContain("Part 11 requires validation, not IQ, OQ or PQ by name");
  });
});

test("the register holds no clause that no requirement names, but those of the crosswalk", () => {
  const text = fs.readFileSync(path.join(requirementsFolder(), "sources.yaml"), "utf8");
  const own = [...text.matchAll(/^ {6}"([^"]+)":/gm)].map(([, clause]) => clause!);
  const named = requirements.flatMap(({ clauses }) => clauses.map(({ clause }) => clause));
  expect(own.length).toBeGreaterThan(3);
  expect(own.filter((clause) => !named.includes(clause))).toEqual([]);
});

test("a clause of the crosswalk has the edition that the crosswalk gives", () => {
  const edition = (key: string) => loadCrosswalk().editions.find((one) => one.key === key)?.edition;
  const wrong = requirements
    .flatMap(({ clauses }) => clauses)
    .filter(({ source, edition: read }) => source !== "fda-qa" && read !== edition(source));
  expect(wrong).toEqual([]);
});

describe("a folder of requirements is refused", () => {
  const refusals: [string, string, string, string, string, RegExp][] = [
    [
      "for an id that stands twice",
      "protect.yaml",
      "id: URS-010",
      "id: URS-009",
      "REQUIREMENT_REFUSED",
      /protect\.yaml:26: expected each id once, got URS-009, which protect\.yaml:5 has/,
    ],
    [
      "for an id that another area has",
      "sign.yaml",
      "id: URS-029",
      "id: URS-001",
      "REQUIREMENT_REFUSED",
      /got URS-001, which receive\.yaml:5 has/,
    ],
    [
      "for a clause of Part 11 that there is not",
      "audit.yaml",
      '"11.10(e)"',
      '"11.10(z)"',
      "REQUIREMENT_REFUSED",
      /audit\.yaml:10: expected a clause of 21 CFR Part 11 in the register, got 11\.10\(z\)/,
    ],
    [
      "for a clause of Annex 11 that nobody entered",
      "qualify.yaml",
      '"4.7"',
      '"4.9"',
      "REQUIREMENT_REFUSED",
      /expected a clause of EU GMP Annex 11.*got 4\.9/,
    ],
    [
      "for a text that nobody entered",
      "audit.yaml",
      "e6r3:",
      "e6r2:",
      "REQUIREMENT_REFUSED",
      /expected a text of sources\.yaml.*got e6r2/,
    ],
    [
      "without a risk",
      "monitor.yaml",
      "    risk:\n",
      "    rsk:\n",
      "SCHEMA_MISMATCH",
      /monitor\.yaml:5 .*expected property risk, got none/,
    ],
    [
      "without a reason for the risk",
      "monitor.yaml",
      "      why:",
      "      wy:",
      "SCHEMA_MISMATCH",
      /expected property why/,
    ],
    [
      "for a level of risk that there is not",
      "monitor.yaml",
      "severity: high",
      "severity: huge",
      "SCHEMA_MISMATCH",
      /monitor\.yaml:1\d/,
    ],
    ["for a method that there is not", "replicate.yaml", "      OQ:", "      DQ:", "SCHEMA_MISMATCH", /got DQ/],
    ["for an id of another form", "sign.yaml", "id: URS-029", "id: REQ-29", "SCHEMA_MISMATCH", /sign\.yaml:5/],
    [
      "for what is planned and says not what is missing",
      "sign.yaml",
      "    gap:",
      "    # gap:",
      "REQUIREMENT_REFUSED",
      /expected a gap exactly where something is missing, got planned, no gap/,
    ],
    [
      "for what is there and says that something is missing",
      "process.yaml",
      "status: planned",
      "status: implemented",
      "REQUIREMENT_REFUSED",
      /got implemented, There is no pipeline yet/,
    ],
    [
      "for the file of another area",
      "sign.yaml",
      "area: sign",
      "area: process",
      "REQUIREMENT_REFUSED",
      /sign\.yaml:3: expected sign, got process/,
    ],
    [
      "for characters that nobody sees",
      "sign.yaml",
      "is no signature.",
      "is\u202e no signature.",
      "REQUIREMENT_REFUSED",
      /got .*is\\u\{202e\} no signature/,
    ],
    [
      "for what is no plain YAML",
      "audit.yaml",
      "area: audit",
      "area: &a audit",
      "REQUIREMENTS_INVALID",
      /audit\.yaml:3: expected YAML without anchors/,
    ],
    [
      "for a text of the register that stands twice",
      "sources.yaml",
      "key: ema",
      "key: e6r3",
      "REQUIREMENT_REFUSED",
      /each text once, got e6r3 twice/,
    ],
    [
      "for another name of a text that the crosswalk has",
      "sources.yaml",
      "key: ema",
      "key: ema\n    name: EMA guideline",
      "REQUIREMENT_REFUSED",
      /name and edition in policies\/crosswalk\.json alone/,
    ],
    [
      "for a text without an edition",
      "sources.yaml",
      "    edition:",
      "    # edition:",
      "REQUIREMENT_REFUSED",
      /expected name and edition of the text, got fda-qa/,
    ],
  ];

  it.each(refusals)("%s", (_title, file, from, to, code, message) => {
    const refusal = refusalOf(changed(file, from, to));
    expect([refusal.code, refusal.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it("without the file of an area", () => {
    const folder = copied();
    fs.rmSync(path.join(folder, "sign.yaml"));
    expect(refusalOf(folder).code).toBe("FILE_NOT_FOUND");
  });

  it("with a file of no area", () => {
    const folder = copied();
    fs.writeFileSync(path.join(folder, "extra.yml"), "");
    expect(refusalOf(folder).message).toMatch(/expected a file of an area: receive, .*, got extra\.yml/);
  });
});
