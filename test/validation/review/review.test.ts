// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Deviation } from "../../../validation/deviations";
import { loadIncidents, QUESTIONS, type ReviewInputs, reviewOf, reviewText } from "../../../validation/review";
import { attestation, given, waiver } from "../gate/waivers/waivers-fixture";
import { again, KEY, LOCK, sampleFacts, sampleImpact } from "../impact/sample-impact";
import {
  accessOf,
  deployedFacts,
  factsWith,
  incidentsOf,
  reviewInputs,
  reviewWithout,
  saidOf,
  sampleReview,
  TOOLS,
  unsettled,
} from "./sample-review";

const LOCK_DRIFT = [
  { address: LOCK, type: "aws_s3_bucket_object_lock_configuration", actions: ["update"], undone: ["rule"] },
];

const withTool = (name: string, version: string) =>
  TOOLS.map((tool) => (tool.name === name ? { ...tool, version } : tool));

function runWith(change: (run: ReviewInputs["run"]) => ReviewInputs["run"]) {
  return { run: change(reviewInputs().run) };
}

const summaryWith = (change: object) =>
  runWith((run) => ({ ...run, record: { ...run.record, summary: { ...run.record.summary, ...change } } }));

describe("a periodic review", () => {
  it("finds a system still qualified when every question was looked at and none is open", () => {
    const review = sampleReview();
    expect([unsettled(review), review.stillQualified]).toEqual([[], true]);
    expect(review.conclusion).toMatch(/^still qualified as of 2026-12-21: .*approved by a person$/);
  });

  it("answers every question, in their order, by something that was seen", () => {
    const { items } = sampleReview();
    expect(items.map(({ id }) => id)).toEqual(Object.keys(QUESTIONS));
    expect(items.filter(({ seen }) => seen.length === 0)).toEqual([]);
  });

  it("leaves what changed to the impact, step by step", () => {
    const key = { [KEY]: { values: { enable_key_rotation: false } } };
    const facts = { ...sampleFacts(key), meta: factsWith().meta };
    const steps = again(sampleImpact({ facts: sampleFacts(key) })).length;
    const review = sampleReview({ facts });
    expect(unsettled(review)).toEqual(["changes open"]);
    // The synthesized stack of the sample is the one of before, in which nothing changed.
    expect(saidOf(review, "changes")).toEqual([`${KEY} was changed: enable_key_rotation`]);
    expect(review.items.find(({ id }) => id === "changes")!.seen).toEqual([
      `${steps} of 7 steps are to be executed again at least (part11 impact)`,
    ]);
  });
});

describe("the system is not shown to be still qualified", () => {
  const soon = given(waiver({ expires: "2026-12-31" }));
  const deviation = { id: "DEV-1", place: "OQ-1", severity: "major", because: "nobody has dealt with it" };
  const deviations = (state: Deviation["state"]) => [{ ...deviation, state } as Deviation];

  it.each<[string, Partial<ReviewInputs>, string, string]>([
    [
      "by a run on an emulator",
      summaryWith({ target: { name: "ministack", kind: "emulator" } }),
      "qualification",
      "development evidence",
    ],
    [
      "by a run that only read",
      summaryWith({ target: { name: "aws, read-only", kind: "aws", access: "read-only" } }),
      "qualification",
      "read-only",
    ],
    [
      "by a run without approvals",
      summaryWith({ execution: { provisional: true, attempt: 1 } }),
      "qualification",
      "without the required approvals",
    ],
    [
      "by a run that nobody knows to be approved",
      summaryWith({ execution: undefined }),
      "qualification",
      "without the required approvals",
    ],
    [
      "by a waiver that ends in 10 days",
      { waivers: soon },
      "waivers",
      "waiver of FIX-01 at aws_s3_bucket.raw mode ends in 10 days, on 2026-12-31",
    ],
    [
      "by a waiver that ends on the day",
      { waivers: given(waiver({ expires: "2026-12-21" })) },
      "waivers",
      "ends in 0 days",
    ],
    [
      "by a waiver that ends in 30 days",
      { waivers: given(waiver({ expires: "2027-01-20" })) },
      "waivers",
      "ends in 30 days",
    ],
    [
      "by a waiver that ended",
      { waivers: given(waiver()) },
      "waivers",
      "waiver of FIX-01 at aws_s3_bucket.raw mode ended on 2026-12-01",
    ],
    [
      "by an attestation that ended",
      { waivers: given(attestation()) },
      "waivers",
      "attestation of FIX-02 at aws_s3_bucket.raw mode ended on 2026-12-01",
    ],
    [
      "by drift of a lock",
      { deployed: deployedFacts({}, { drift: LOCK_DRIFT }) },
      "drift",
      `${LOCK} drifted from its state (update)`,
    ],
    [
      "by what is deployed otherwise than configured",
      { deployed: deployedFacts({ [KEY]: { actions: ["update"] } }) },
      "drift",
      `${KEY} is not as configured (update)`,
    ],
    [
      "by other policies",
      { facts: factsWith({ policy: "9".repeat(64) }) },
      "digests",
      "policy 111111111111 in the run, 999999999999 now",
    ],
    [
      "by another file of settings",
      { facts: factsWith({ settings: null }) },
      "digests",
      "settings 222222222222 in the run, none now",
    ],
    [
      "by another lock file",
      { facts: factsWith({ lock: "9".repeat(64) }) },
      "digests",
      "lock 333333333333 in the run, 999999999999 now",
    ],
    [
      "by another Terraform",
      { installed: withTool("terraform", "1.12.0") },
      "tools",
      "terraform: 1.11.4 (abababababab) in the run, 1.12.0 (abababababab) now",
    ],
    ["by another Node", { installed: withTool("node", "22.0.0") }, "tools", "node: 20.19.0 in the run, 22.0.0 now"],
    [
      "by an open incident",
      {
        incidents: incidentsOf({
          incidents: [{ id: "INC-7", day: "2026-12-01", what: "A file came twice", state: "open", reference: "QMS-7" }],
        }),
      },
      "incidents",
      "INC-7 of 2026-12-01: A file came twice (QMS-7)",
    ],
    [
      "by an open deviation",
      { deviations: deviations("open") },
      "deviations",
      "DEV-1, major: nobody has dealt with it",
    ],
    [
      "by a review of access from before the period",
      { access: accessOf({ asOf: "2026-11-20" }) },
      "access",
      "is of 2026-11-20, outside of the period",
    ],
  ])("%s", (_, change, id, expected) => {
    const review = sampleReview(change);
    expect(review.items.find((one) => one.id === id)!.state).toBe("open");
    expect(saidOf(review, id).join("\n")).toContain(expected);
    expect([review.stillQualified, review.conclusion]).toEqual([
      false,
      expect.stringMatching(/^not shown to be still qualified/),
    ]);
  });

  it.each<[string, Partial<ReviewInputs>, string]>([
    ["a waiver that ends in 31 days", { waivers: given(waiver({ expires: "2027-01-21" })) }, ""],
    ["a deviation that was closed", { deviations: deviations("closed") }, ""],
    [
      "a closed incident",
      {
        incidents: incidentsOf({
          incidents: [{ id: "I", day: "2026-12-01", what: "w", state: "closed", reference: "r" }],
        }),
      },
      "",
    ],
  ])("and not by %s", (_, change) => {
    expect(unsettled(sampleReview(change))).toEqual([]);
  });

  it("by a waiver that the plan was qualified with, once it ended, unless it was renewed", () => {
    const run = runWith((one) => ({
      ...one,
      plan: { ...one.plan, facts: { ...one.plan.facts, waivers: given(waiver()) } },
    }));
    const renewed = { waivers: given(waiver({ granted: "2026-12-01", expires: "2027-02-21" })) };
    expect(unsettled(sampleReview(run))).toEqual(["waivers open"]);
    expect(unsettled(sampleReview({ ...run, ...renewed }))).toEqual([]);
    expect(sampleReview({ ...run, ...renewed }).waivers.map(({ state }) => state)).toEqual(["renewed", "holds"]);
  });
});

describe("what no input shows is not looked at, and never fine", () => {
  it.each<[keyof ReviewInputs, string]>([
    ["deployed", "drift"],
    ["incidents", "incidents"],
    ["waivers", "waivers"],
    ["access", "access"],
  ])("without %s", (name, id) => {
    const review = reviewWithout(name);
    expect([unsettled(review), review.stillQualified]).toEqual([[`${id} not looked at`], false]);
    expect(reviewText(review)).toContain(
      `NOT LOOKED AT  ${QUESTIONS[id as keyof typeof QUESTIONS]}\n  not looked at  `,
    );
  });

  it.each<[string, Partial<ReviewInputs>, string]>([
    ["whose key sealed the bundle", runWith((run) => ({ ...run, isPinned: false })), "qualification"],
    ["a tool that is not found", { installed: TOOLS.filter(({ name }) => name !== "terraform") }, "tools"],
    ["a provider, without a lock file", { installed: TOOLS.filter(({ name }) => !name.includes("/")) }, "tools"],
    ["the lock file", { facts: factsWith({ lock: null }) }, "digests"],
    ["a plan that asked nobody", { deployed: { ...deployedFacts(), meta: sampleFacts().meta } }, "drift"],
    ["a plan of some of what is deployed", { deployed: deployedFacts({ [KEY]: null }) }, "drift"],
    ["a plan that was made of a part", { deployed: deployedFacts({}, {}, { complete: false }) }, "drift"],
    ["a plan that nobody knows to be whole", { deployed: deployedFacts({}, {}, { complete: null }) }, "drift"],
    ["a plan that broke off", { deployed: deployedFacts({}, {}, { errored: true }) }, "drift"],
    ["incidents of a part of the period", { incidents: incidentsOf({ until: "2026-12-01" }) }, "incidents"],
    ["incidents of the first days", { incidents: incidentsOf({ from: "2026-11-25" }) }, "incidents"],
    ["time before the period", { period: { since: "2026-11-22", until: "2026-12-21" } }, "earlier"],
    ["users of the service", { access: accessOf({ serviceUsers: null }) }, "access"],
  ])("%s", (_, change, id) => {
    expect(unsettled(sampleReview(change))).toEqual([`${id} not looked at`]);
  });

  it("a deviation that is followed up elsewhere", () => {
    const transferred = { id: "DEV-1", place: "p", severity: "minor", state: "transferred", because: "CAPA-1" };
    expect(unsettled(sampleReview({ deviations: [transferred as Deviation] }))).toEqual(["deviations not looked at"]);
  });
});

describe("a second review", () => {
  const period = { since: "2026-12-21", until: "2027-01-21" };
  const second = (change: object, over: Partial<ReviewInputs> = {}) => {
    const content = { ...sampleReview(), ...change };
    return sampleReview({
      period,
      previous: { file: "first.json", sha256: "0".repeat(64), content },
      incidents: incidentsOf({ until: "2027-01-21" }),
      access: accessOf({ asOf: "2027-01-20" }),
      ...over,
    });
  };

  it("follows the first without a gap", () => {
    expect(unsettled(second({}))).toEqual([]);
  });

  it.each([
    ["that left something open", { stillQualified: false, conclusion: "2 open" }],
    ["of another run", { from: { ...sampleReview().from, bundle: "run-2" } }],
    ["that ended before this one begins", { period: { since: "2026-11-21", until: "2026-12-20" } }],
  ])("does not follow one %s", (_, change) => {
    expect(unsettled(second(change))).toEqual(["earlier open"]);
  });
});

describe("no review is made", () => {
  it("of a plan of another stack, by the name that its synthesized stack notes", () => {
    const named = (stackName: string) => ({ "//": { metadata: { stackName } } });
    const run = runWith((one) => ({ ...one, plan: { ...one.plan, synth: named("zone") } })).run;
    expect(() => reviewOf(reviewInputs({ run, synth: named("other") }))).toThrow(
      expect.objectContaining({ code: "RUN_FOREIGN" }),
    );
  });

  it.each(["facts", "deployed"] as const)("of %s that share no resource with the bundle's", (name) => {
    const foreign = sampleFacts({
      ...Object.fromEntries(Object.keys(sampleFacts().resources).map((address) => [address, null])),
      "aws_vpc.main": { type: "aws_vpc" },
    });
    expect(() => reviewOf(reviewInputs({ [name]: foreign }))).toThrow(expect.objectContaining({ code: "RUN_FOREIGN" }));
  });

  it.each([
    ["that ends before it begins", { since: "2026-12-22", until: "2026-12-21" }],
    ["that ends before the run", { since: "2026-11-01", until: "2026-11-20" }],
  ])("of a period %s", (_, period) => {
    expect(() => reviewOf(reviewInputs({ period }))).toThrow(expect.objectContaining({ code: "USAGE" }));
  });
});

describe("a file of incidents", () => {
  it("that speaks for days to come is refused", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-incidents-"));
    const file = path.join(folder, "incidents.yaml");
    const said = (until: string) => ({
      schemaVersion: 1,
      from: "2026-11-21",
      until,
      recordedBy: "ann.lee",
      incidents: [],
    });
    const loaded = (until: string, today: string) => {
      fs.writeFileSync(file, JSON.stringify(said(until)));
      return loadIncidents(file, today);
    };
    try {
      expect(loaded("2026-12-21", "2026-12-21").content.until).toBe("2026-12-21");
      expect(() => loaded("2026-12-22", "2026-12-21")).toThrow(expect.objectContaining({ code: "INCIDENTS_INVALID" }));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ["with a day that does not exist", { until: "2026-02-30" }],
    ["that ends before it begins", { until: "2026-11-20" }],
    [
      "with an incident after its end",
      { incidents: [{ id: "I", day: "2026-12-22", what: "w", state: "open", reference: "r" }] },
    ],
  ])("%s is refused", (_, change) => {
    expect(() => incidentsOf(change as object)).toThrow(expect.objectContaining({ code: "INCIDENTS_INVALID" }));
  });
});
