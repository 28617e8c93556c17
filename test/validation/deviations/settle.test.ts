// SPDX-License-Identifier: Apache-2.0
import { openDeviations, settleDeviations } from "../../../validation/deviations";
import { RequirementLinks } from "../../../validation/requirements/links";
import { traceMatrix } from "../../../validation/traceability";
import { removeTemporaryFolders } from "../plan/fixture-app/project";
import {
  asRetest,
  CONTROLS,
  control,
  executed,
  executedWith,
  REQUIREMENTS,
  requirement,
} from "../traceability/sample-trace";
import { ACCEPTED, dispositions, LINKS, notApplicable, outOfScope, parsed, TRANSFERRED } from "./sample-dispositions";

afterAll(removeTemporaryFolders);

const failed = executedWith({ "OQ-SHORTEN": { result: "FAIL" } });
const opened = openDeviations(failed.record, 1, LINKS);
const { digest } = opened[0]!;
const inOrder = { run: "second-run", isInOrder: () => true };

/** The same deviation, of the severity that a control gives it. */
function ofSeverity(severity: string) {
  const risk = { ...REQUIREMENTS[0]!.risk, priority: "low" as const };
  const links = new RequirementLinks(
    [requirement("URS-012", ["OQ"], { risk })],
    [control("P11-10c-01", severity, ["URS-012"])],
  );
  return openDeviations(failed.record, 1, links);
}

function settled(deviations: typeof opened, lines: string, retests: Parameters<typeof settleDeviations>[2] = []) {
  return settleDeviations(deviations, parsed(dispositions({ digest: deviations[0]!.digest, lines })), retests)[0]!;
}

const CORRECTED = "    disposition: corrected\n    retest: {required: true, run: second-run}\n";

test("a deviation that nobody dealt with is open", () => {
  expect(settleDeviations(opened, undefined, [])).toEqual([
    { ...opened[0], disposition: null, retestedIn: null, state: "open", because: "nobody has dealt with it" },
  ]);
});

test("a corrected one is closed by a retest that is in order", () => {
  expect(settled(opened, CORRECTED, [inOrder])).toMatchObject({ state: "closed", retestedIn: "second-run" });
});

test("a corrected one stays open without the bundle of its retest", () => {
  expect(settled(opened, CORRECTED)).toMatchObject({
    state: "open",
    because: "the bundle of retest second-run was not given",
  });
});

test("a corrected one stays open when its retest is not in order", () => {
  expect(settled(opened, CORRECTED, [{ ...inOrder, isInOrder: () => false }]).state).toBe("open");
});

test.each([
  ["critical", "accepted", "open"],
  ["high", "accepted", "closed"],
  ["low", "accepted", "closed"],
  ["critical", "transferred", "open"],
  ["high", "transferred", "open"],
  ["low", "transferred", "transferred"],
])("of a control of %s severity, when it is %s without a retest, the deviation is %s", (severity, said, state) => {
  expect(settled(ofSeverity(severity), said === "accepted" ? ACCEPTED : TRANSFERRED).state).toBe(state);
});

describe("a disposition is refused", () => {
  it("of a deviation that the runs do not have", () => {
    const said = parsed(dispositions({ digest, deviation: "DEV-sample-run-1-OQ-EXTEND" }));
    expect(() => settleDeviations(opened, said, [])).toThrow(/deviations\.yaml:4: expected the id of a deviation/);
  });

  it("of a deviation that was another one when it was approved", () => {
    const said = parsed(dispositions({ digest: "f".repeat(64) }));
    expect(() => settleDeviations(opened, said, [])).toThrow(new RegExp(`expected digest ${digest}`));
  });

  it("that is older than the deviation", () => {
    const text = dispositions({ digest }).replace("recordedAt: 2026-11-22", "recordedAt: 2026-11-20");
    expect(() => settleDeviations(opened, parsed(text), [])).toThrow(/expected recorded at 2026-11-21T.* or later/);
  });
});

describe("in the matrix", () => {
  const inputs = { requirements: REQUIREMENTS, controls: CONTROLS };

  it("a deviation is closed by a retest in which the step passed", () => {
    const runs = [failed, asRetest(executed(), "second-run")];
    const said = parsed(dispositions({ digest }));
    expect(traceMatrix({ ...inputs, runs, dispositions: said }).deviations[0]).toMatchObject({ state: "closed" });
  });

  it("a deviation stays open with a retest in which the step failed again", () => {
    const runs = [failed, asRetest(failed, "second-run")];
    const said = parsed(dispositions({ digest }));
    expect(traceMatrix({ ...inputs, runs, dispositions: said }).deviations[0]).toMatchObject({ state: "open" });
  });

  it("a deviation stays open when the run that shows it is named as its retest", () => {
    const again = openDeviations(asRetest(failed, "second-run").record, 2, LINKS)[0]!;
    const runs = [failed, asRetest(failed, "second-run")];
    const said = parsed(dispositions({ digest: again.digest, deviation: again.id }));
    expect(traceMatrix({ ...inputs, runs, dispositions: said }).deviations[1]).toMatchObject({ state: "open" });
  });

  it("a deviation stays open when its retest is older than it", () => {
    const runs = [failed, asRetest(executed(), "second-run"), asRetest(failed, "third-run", "2026-11-23")];
    const third = openDeviations(runs[2]!.record, 3, LINKS)[0]!;
    const text = dispositions({ digest: third.digest, deviation: third.id });
    const said = parsed(text.replace("11-22T10", "11-24T10").replace("11-23T10", "11-24T11"));
    expect(
      traceMatrix({ ...inputs, runs, dispositions: said }).deviations.find(({ id }) => id === third.id),
    ).toMatchObject({ state: "open" });
  });

  it("a deviation stays open when the step passed in its retest without what a pass must bring", () => {
    const later = executed({
      result: ({ mutant, ...rest }) => (rest.step === "OQ-SHORTEN" || !mutant ? rest : { ...rest, mutant }),
    });
    const runs = [failed, asRetest(later, "second-run")];
    const { deviations } = traceMatrix({ ...inputs, runs, dispositions: parsed(dispositions({ digest })) });
    expect(deviations[0]).toMatchObject({ state: "open", because: "it was not in order in retest second-run" });
  });

  it("a stopped run is corrected by one that is whole, and by no other", () => {
    const stopped = executed({ outcome: "stopped" });
    const [course] = openDeviations(stopped.record, 1, LINKS);
    const said = parsed(dispositions({ digest: course!.digest, deviation: course!.id }));
    const states = [executed(), failed].map(
      (later) =>
        traceMatrix({ ...inputs, runs: [stopped, asRetest(later, "second-run")], dispositions: said }).deviations[0]!
          .state,
    );
    expect(states).toEqual(["closed", "open"]);
  });

  it("dispositions of another run are refused", () => {
    const said = parsed("schemaVersion: 1\nrun: another-run\n");
    expect(() => traceMatrix({ ...inputs, runs: [failed], dispositions: said })).toThrow(
      /expected run sample-run, got another-run/,
    );
  });

  const naming = (step: string) => parsed(`schemaVersion: 1\nrun: sample-run\n${notApplicable(step)}`);

  it("a step that does not apply counts once somebody approved it", () => {
    const runs = [executedWith({ "OQ-SHORTEN": { result: "NOT APPLICABLE" } })];
    const codes = traceMatrix({ ...inputs, runs, dispositions: naming("OQ-SHORTEN") }).blockers.map(({ code }) => code);
    expect(codes).not.toContain("NOT_APPLICABLE_UNAPPROVED");
  });

  it.each([
    ["was not run", "OQ-TRAIL-TO-LOGS", {}, "NOT RUN"],
    ["failed", "OQ-SHORTEN", { "OQ-SHORTEN": { result: "FAIL" as const } }, "FAIL"],
    ["was blocked", "OQ-SHORTEN", { "OQ-SHORTEN": { result: "BLOCKED" as const } }, "BLOCKED"],
    ["has no result", "OQ-SHORTEN", { "OQ-SHORTEN": undefined }, "NO RESULT"],
    ["passed", "OQ-SHORTEN", {}, "PASS"],
  ])("a step that %s does not come to be not applicable by being called so", (_title, step, results, result) => {
    expect(() => traceMatrix({ ...inputs, runs: [executedWith(results)], dispositions: naming(step) })).toThrow(
      expect.objectContaining({
        code: "DEVIATION_REFUSED",
        message: expect.stringContaining(
          `expected a step that the run recorded as NOT APPLICABLE, got ${step}, which is ${result}`,
        ),
      }),
    );
  });

  it("a step that there is not cannot be called not applicable", () => {
    expect(() => traceMatrix({ ...inputs, runs: [failed], dispositions: naming("OQ-NOTHING") })).toThrow(
      /expected a step of the protocols/,
    );
  });

  it("a requirement that somebody left out of scope blocks nothing, and says who", () => {
    const requirements = [...REQUIREMENTS, requirement("URS-029", ["OQ"], { status: "planned", gap: "Not built." })];
    const said = parsed(`schemaVersion: 1\nrun: sample-run\n${outOfScope("URS-029")}`);
    const { blockers, requirements: rows } = traceMatrix({
      ...inputs,
      requirements,
      runs: [failed],
      dispositions: said,
    });
    expect(rows.at(-1)).toMatchObject({ status: "OUT OF SCOPE", because: [expect.stringContaining("quality.head")] });
    expect(blockers.map(({ where }) => where)).not.toContain("URS-029");
  });

  it("a requirement that failed cannot be left out of scope", () => {
    const said = parsed(`schemaVersion: 1\nrun: sample-run\n${outOfScope("URS-012")}`);
    expect(traceMatrix({ ...inputs, runs: [failed], dispositions: said }).requirements[0]?.status).toBe("FAILED");
  });

  it("a requirement that there is not cannot be left out of scope", () => {
    const said = parsed(`schemaVersion: 1\nrun: sample-run\n${outOfScope("URS-777")}`);
    expect(() => traceMatrix({ ...inputs, runs: [failed], dispositions: said })).toThrow(
      /expected the id of a requirement, got URS-777/,
    );
  });
});
