// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { policy as policyVerb } from "../../../../validation/cli/policy";
import { evaluate, type Policy } from "../../../../validation/gate";
import { comparePolicies } from "../../../../validation/gate/diff/compare";
import { type DiffPlan, plansIn } from "../../../../validation/gate/diff/plans";
import { variantsOf } from "../../../../validation/gate/diff/variants";
import { Evaluator } from "../../../../validation/gate/evaluate";
import { planOf } from "../../facts/plan-fixture";
import { fixturePolicy, writePolicyFolder } from "../policy-fixture";

const SOURCES = path.join(__dirname, "..", "fixture", "policies", "part11");
const IDS = ["fix_01", "fix_02", "fix_03"];
const file = (id: string) => `part11/${id}/${id}.rego`;
/** What a mutant holds need not be a text, as an answer must. */
const source = (id: string) =>
  fs
    .readFileSync(path.join(SOURCES, id, `${id}.rego`), "utf8")
    .replace(/"actual": .*,/, '"actual": "shown elsewhere",');
const SAME = Object.fromEntries(IDS.map((id) => [file(id), source(id)]));

let folder: string;
let plans: readonly DiffPlan[];
let old: Policy;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  const bucket = { mode: "COMPLIANCE", owner: "data office" };
  const key = { enable_key_rotation: true };
  const plan = planOf([
    { type: "aws_s3_bucket", after: bucket, expressions: constants(bucket) },
    { type: "aws_kms_key", after: key, expressions: constants(key) },
  ]);
  fs.mkdirSync(path.join(folder, "plans"));
  fs.writeFileSync(path.join(folder, "plans", "plan.json"), JSON.stringify(plan));
  plans = plansIn(["plans"], folder);
  old = await fixturePolicy(SAME);
}, 600_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

function constants(values: object): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { constant_value: value }]));
}

/** The fixture policies with one text replaced in one rule. */
function edited(id: string, from: string, to: string): Promise<Policy> {
  expect(source(id)).toContain(from);
  return fixturePolicy({ ...SAME, [file(id)]: source(id).replace(from, to) });
}

function changes(before: Policy, after: Policy, ...only: readonly string[]): Record<string, string> {
  const compared = comparePolicies(before, after, plans, only.length > 0 ? { only } : {});
  return Object.fromEntries(compared.map(({ id, change }) => [id, change]));
}

describe("the difference of two policies", () => {
  it("is none of a policy with itself", () => {
    expect(changes(old, old)).toEqual({ "FIX-01": "same", "FIX-02": "same", "FIX-03": "same" });
  });

  it("is a weakened control where a control is removed", async () => {
    const next = await fixturePolicy({ ...SAME, [file("fix_03")]: "package lib.nothing\n" });
    expect(changes(old, next, "FIX-03")).toEqual({ "FIX-03": "weakened" });
    expect(changes(next, old, "FIX-03")).toEqual({ "FIX-03": "added" });
  });

  const WEAKER: ReadonlyArray<readonly [string, string, string, string]> = [
    [
      "a constant is relaxed",
      "fix_01",
      "resource.values.mode == data.data.thresholds.mode",
      'resource.values.mode in {"COMPLIANCE", "GOVERNANCE"}',
    ],
    ["a failure became a pass", "fix_03", '} else := "fail"', '} else := "pass"'],
    ["a failure became unknown", "fix_03", '} else := "fail"', '} else := "unknown"'],
    ["an unknown became a pass", "fix_02", '_status(resource) := "unknown" if', '_status(resource) := "pass" if'],
    ["the severity is lower", "fix_01", "severity: critical", "severity: high"],
    ["an environment is left out", "fix_03", "#   failure_msg", "#   environments: [production]\n#   failure_msg"],
    ["it waits for a module", "fix_03", "#   failure_msg", "#   pending: receive\n#   failure_msg"],
  ];

  it.each(WEAKER)("is a weakened control where %s", async (_, id, from, to) => {
    const name = id.toUpperCase().replace("_", "-");
    expect(changes(old, await edited(id, from, to), name)).toEqual({ [name]: "weakened" });
  });

  it("is a stronger control where a constant allows less", async () => {
    const [, id, from, to] = WEAKER[0]!;
    expect(changes(await edited(id, from, to), old, "FIX-01")).toEqual({ "FIX-01": "stronger" });
  });

  it("is a weakened control where it may be waived now", async () => {
    const before = await edited("fix_01", "#   failure_msg", "#   waivable: false\n#   failure_msg");
    const [changed] = comparePolicies(before, old, plans, { only: ["FIX-01"] });
    expect(changed).toMatchObject({ id: "FIX-01", change: "weakened", reasons: ["may be waived"] });
  });

  it("names the plan that shows it", async () => {
    const next = await edited("fix_03", '} else := "fail"', '} else := "pass"');
    const [changed] = comparePolicies(old, next, plans, { only: ["FIX-03"] });
    expect(changed?.reasons).toEqual([
      expect.stringMatching(/^plans: .*: aws_kms_key\.x was failed \(high\), is passed$/),
    ]);
  });

  it("says on how many plans a control was judged, and on how many the old policy found something", () => {
    const told: string[] = [];
    const compared = comparePolicies(old, old, plans, { onVariant: (name) => told.push(name) });
    for (const { plans: on, challenges } of compared) {
      expect(on).toBeGreaterThan(challenges);
      expect(challenges).toBeGreaterThan(0);
      expect(on).toBeLessThanOrEqual(told.length);
    }
    const [whole] = comparePolicies(
      old,
      old,
      plans.map((plan) => ({ ...plan, isMutated: false })),
    );
    expect(whole).toMatchObject({ plans: 1, challenges: 0 });
  });

  it("is that of engines that are made anew for every plan", () => {
    const { controls } = old.sidecar;
    const evaluator = new Evaluator(old);
    const variants = plans.flatMap((plan) => [...variantsOf(plan, controls, () => true)]);
    for (const { facts } of variants.filter((_, at) => at % 10 === 0)) {
      expect(evaluator.all(facts)).toEqual(evaluate(facts, old));
    }
  });

  it("is not known of a control that no plan challenges", () => {
    const asTheyAre = plans.map((plan) => ({ ...plan, isMutated: false }));
    const changed = comparePolicies(old, old, asTheyAre).map(({ change }) => change);
    expect(changed).toEqual(["unchallenged", "unchallenged", "unchallenged"]);
  });
});

describe("part11 policy diff", () => {
  async function diff(...argv: string[]) {
    return diffOn({}, ...argv);
  }

  async function diffOn(terminal: object, ...argv: string[]) {
    const written = { stdout: "", stderr: "" };
    const stream = (name: "stdout" | "stderr") => ({
      ...terminal,
      write: (text: string) => {
        written[name] += text;
      },
    });
    const io = { stdout: stream("stdout"), stderr: stream("stderr"), env: {}, cwd: folder };
    return { code: await policyVerb(["diff", ...argv], io), ...written };
  }

  it("ends with 0 when nothing is weaker and with 1 when something is", async () => {
    writePolicyFolder(path.join(folder, "old"), old);
    writePolicyFolder(path.join(folder, "new"), await edited("fix_03", "severity: high", "severity: low"));
    const [before, after] = ["old/part11.wasm", "new/part11.wasm"];
    expect(await diff(before, after, "plans", "--control", "FIX-03")).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /^weakened {5}FIX-03 {2}on \d+ plans, \d+ of which the old one does not pass; severity low instead of high.*\n1 controls: 1 weakened, 0 unchallenged, 0 stronger, 0 added, 0 same, 0 identical\n$/,
      ),
    });
    expect((await diff(after, before, "plans", "--control", "FIX-03")).code).toBe(0);
  });

  it("evaluates nothing of two policies that are the same bytes, and calls that identical and not same", async () => {
    writePolicyFolder(path.join(folder, "copy"), old);
    const { code, stdout, stderr } = await diff("old/part11.wasm", "copy/part11.wasm", "plans");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^identical {4}FIX-01 {2}the same bytes, data and METADATA; nothing was evaluated\n/);
    expect(stdout).toMatch(/0 same, 3 identical\n$/);
  });

  it("evaluates what has the same bytes and other data", async () => {
    const [control] = old.sidecar.controls;
    const sidecar = { ...old.sidecar, data: { ...old.sidecar.data, more: {} } };
    writePolicyFolder(path.join(folder, "data"), { ...old, sidecar });
    expect((await diff("old/part11.wasm", "data/part11.wasm", "plans")).stdout).toContain(
      `same         ${control!.id}  on `,
    );
  });

  it("tells where it is: plain lines in a pipe, one line written anew on a terminal", async () => {
    const [before, after] = ["old/part11.wasm", "new/part11.wasm"];
    const piped = await diff(before, after, "plans");
    expect(piped.stderr).toBe("comparing on plans (1 of 1)\n");
    const shown = await diffOn({ isTTY: true, columns: 40 }, before, after, "plans");
    expect(shown.stderr).toMatch(/^(\r\u001b\[K[^\r\n]{0,39})+\r\u001b\[K$/);
  });

  it.each([
    ["no plan", ["old/part11.wasm", "old/part11.wasm", "old"], "USAGE"],
    ["an unknown control", ["old/part11.wasm", "old/part11.wasm", "plans", "--control", "FIX-99"], "CONTROL_UNKNOWN"],
    ["a policy that is not there", ["old/part11.wasm", "absent.wasm", "plans"], "FILE_NOT_FOUND"],
  ])("refuses %s", async (_, argv, code) => {
    await expect(diff(...argv)).rejects.toMatchObject({ code });
  });
});
