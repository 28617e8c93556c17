// SPDX-License-Identifier: Apache-2.0
import { controls } from "../../../validation/cli/controls";
import { explain } from "../../../validation/cli/explain";
import { loadSidecar } from "../../../validation/gate";
import { controlsOf, loadCrosswalk, outsideOf, TEXTS } from "../../../validation/gate/crosswalk";

const CROSSWALK = loadCrosswalk();
const CONTROLS = loadSidecar().sidecar.controls;

async function printed(verb: typeof controls, ...argv: string[]): Promise<string> {
  let stdout = "";
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: () => undefined },
    env: {},
    cwd: "/",
  };
  expect(await verb(argv, io)).toBe(0);
  return stdout;
}

describe("part11 controls", () => {
  it("prints one line a control, id first", async () => {
    const lines = (await printed(controls)).trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(CONTROLS.map(({ id }) => id));
  });

  it("prints the METADATA as a JSON array", async () => {
    expect(JSON.parse(await printed(controls, "--json"))).toEqual(CONTROLS);
  });

  it("refuses an unknown option", async () => {
    await expect(printed(controls, "--yaml")).rejects.toMatchObject({ code: "USAGE" });
  });
});

describe("part11 explain", () => {
  it.each(CONTROLS.map((control) => [control.id, control] as const))(
    "says of %s all that its METADATA says",
    async (id, control) => {
      const text = await printed(explain, id);
      const { title, severity, description, failure_msg, fix } = control;
      for (const part of [
        id,
        title,
        severity,
        description,
        failure_msg,
        fix,
        ...control.clauses,
        ...control.verified_by,
      ]) {
        expect(text).toContain(part);
      }
      for (const { type, path } of control.attributes) expect(text).toContain(`${type}  ${path}`);
    },
  );

  it("takes the id in lower case", async () => {
    expect(await printed(explain, "meta-01")).toBe(await printed(explain, "META-01"));
  });

  it.each(CROSSWALK.outside.map((one) => [one.id, one] as const))(
    "says of %s, which no plan shows, how it is kept",
    async (id, { title, kind, severity, clauses, how }) => {
      const text = await printed(explain, id);
      for (const part of [id, title, kind, severity, how, ...clauses]) expect(text).toContain(part);
    },
  );

  it.each(CROSSWALK.rows.map((row) => [row.clause, row] as const))(
    "says of clause %s what there is for it",
    async (clause, row) => {
      const text = await printed(explain, clause);
      const ids = [...controlsOf(row, CONTROLS), ...outsideOf(row, CROSSWALK)].map(({ id }) => id);
      for (const part of [row.says, row.procedural ?? "", ...ids, ...TEXTS.flatMap((key) => row[key])]) {
        expect(text).toContain(part);
      }
    },
  );

  it("refuses an id that is no control", async () => {
    await expect(printed(explain, "P11-99")).rejects.toMatchObject({ code: "CONTROL_UNKNOWN" });
  });

  it("refuses to run without an id", async () => {
    await expect(printed(explain)).rejects.toMatchObject({ code: "USAGE" });
  });
});
