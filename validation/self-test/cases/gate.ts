// SPDX-License-Identifier: Apache-2.0
import type { Sidecar } from "../../gate";
import { sha256Hex } from "../../json";
import type { SelfTestCase } from "../case";
import type { Harness } from "../harness";
import { bytesOf, decidedBy, factsBy, LOCK, policyBy, policyFiles, statuses } from "../samples/judge";
import { type SamplePlan, samplePlan } from "../samples/plan";

function judged(
  kind: SelfTestCase["kind"],
  name: string,
  title: string,
  expected: string,
  plan: SamplePlan,
): SelfTestCase {
  const [control] = expected.split(" ");
  const run = (harness: Harness) => statuses(decidedBy(harness, samplePlan(plan)), control!);
  return { id: `gate.${name}`, kind, title, expected, run };
}

/** A fault that must keep the gate from judging at all. */
function refused(name: string, title: string, expected: string, run: (harness: Harness) => unknown): SelfTestCase {
  return {
    id: `gate.${name}`,
    kind: "fault",
    title,
    expected,
    run: (harness) => {
      run(harness);
      return ["judged"];
    },
  };
}

/** The compiled policies with another sidecar, whose digest of the wasm is right. */
function withSidecar(harness: Harness, change: (sidecar: Sidecar) => Partial<Sidecar>) {
  const { wasm, sidecar } = policyFiles();
  const before = JSON.parse(sidecar.toString("utf8")) as Sidecar;
  const changed = Buffer.from(JSON.stringify({ ...before, ...change(before) }));
  return harness.policyOf({ wasm, sidecar: changed }, "part11.wasm", "part11");
}

const facts = (harness: Harness) => factsBy(harness, bytesOf(samplePlan()));
const lockOf = ({ controls }: Sidecar) => controls.find(({ id }) => id === LOCK)!;
const withResult = (harness: Harness, controls: object, evaluated: readonly string[]) =>
  harness.proven([{ result: { controls, evaluated } }], facts(harness), [lockOf(policyBy(harness).sidecar)]);

const ANSWER = { address: "aws_s3_bucket.raw", attribute: "mode", status: "pass", expected: "a", actual: "a" };
const SEEN = ["aws_s3_bucket.raw", "aws_s3_bucket_object_lock_configuration.raw"];

/** What the gate must notice of policies, plans and of what the policies say. */
export const GATE_CASES: readonly SelfTestCase[] = [
  judged("good", "locked", "a record bucket whose lock nobody can shorten", `${LOCK} pass`, {}),
  judged("fault", "governance-mode", "the lock is in GOVERNANCE mode, which an administrator lifts", `${LOCK} fail`, {
    mode: "GOVERNANCE",
  }),
  judged("fault", "lock-dropped", "the default retention is gone from the plan", `${LOCK} fail`, { locked: false }),
  judged("fault", "mode-unknown", "the mode is known after the apply only", `${LOCK} unknown`, { modeUnknown: true }),
  judged("fault", "plan-errored", "the plan ended in an error and leaves resources out", "META-01 fail", {
    more: { errored: true },
  }),
  judged("fault", "plan-targeted", "the plan was narrowed and is not complete", "META-01 fail", {
    more: { complete: false },
  }),
  {
    id: "gate.verdict-of-a-finding",
    kind: "fault",
    title: "a plan with findings",
    expected: "fail",
    run: (harness) => [decidedBy(harness, samplePlan({ mode: "GOVERNANCE" })).verdict],
  },
  refused("plan-cut", "the plan was cut off half-way", "NOT_JSON", (harness) =>
    factsBy(harness, bytesOf(samplePlan()).subarray(0, -40)),
  ),
  refused(
    "member-twice",
    "an attribute stands twice in the plan, of which readers take one",
    "DUPLICATE_KEY",
    (harness) =>
      factsBy(
        harness,
        Buffer.from(
          JSON.stringify(samplePlan()).replace('"mode":"COMPLIANCE"', '"mode":"GOVERNANCE","mode":"COMPLIANCE"'),
        ),
      ),
  ),
  refused("resource-twice", "a resource stands twice in the plan", "PLAN_FOREIGN", (harness) => {
    const plan = samplePlan() as { resource_changes: object[] };
    return factsBy(
      harness,
      bytesOf({ ...plan, resource_changes: [...plan.resource_changes, plan.resource_changes[0]] }),
    );
  }),
  refused("state-for-a-plan", "a state file is given for the plan", "PLAN_FOREIGN", (harness) =>
    factsBy(harness, bytesOf({ version: 4, lineage: "a", serial: 1, resources: [] })),
  ),
  refused(
    "synth-of-another-stack",
    "the synthesized stack is not the one that was planned",
    "SYNTH_MISMATCH",
    (harness) =>
      factsBy(harness, bytesOf(samplePlan()), {
        terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
        provider: { aws: [{ region: "eu-central-1" }] },
        resource: { aws_kms_key: { other: { enable_key_rotation: false } } },
      }),
  ),
  refused("wasm-changed", "one byte of the compiled policies is another", "POLICY_DIGEST", (harness) => {
    const { wasm, sidecar } = policyFiles();
    const changed = Buffer.from(wasm);
    changed[changed.length - 1]! ^= 1;
    return harness.policyOf({ wasm: changed, sidecar }, "part11.wasm", "part11");
  }),
  refused("sidecar-cut", "the list of controls beside the compiled policies was cut off", "NOT_JSON", (harness) => {
    const { wasm, sidecar } = policyFiles();
    return harness.policyOf({ wasm, sidecar: sidecar.subarray(0, 2000) }, "part11.wasm", "part11");
  }),
  refused(
    "control-missing-from-the-wasm",
    "the list names a control that was not compiled",
    "ENGINE_PROOF",
    (harness) =>
      harness.evaluate(
        facts(harness),
        withSidecar(harness, (sidecar) => ({
          controls: [...sidecar.controls, { ...lockOf(sidecar), id: "P11-10c-99", package: "part11.p11_10c_99" }],
        })),
      ),
  ),
  refused(
    "control-missing-from-the-list",
    "a control was compiled that the list does not name",
    "ENGINE_PROOF",
    (harness) =>
      harness.evaluate(
        facts(harness),
        withSidecar(harness, ({ controls }) => ({ controls: controls.filter(({ id }) => id !== LOCK) })),
      ),
  ),
  refused(
    "engine-without-input",
    "the engine answers nothing, as it does without an input",
    "ENGINE_PROOF",
    (harness) => harness.proven([], facts(harness), [lockOf(policyBy(harness).sidecar)]),
  ),
  refused("control-without-answer", "a control gives no answer, and no finding either", "ENGINE_PROOF", (harness) =>
    withResult(harness, {}, SEEN),
  ),
  refused("resource-not-seen", "a controlled resource was not looked at", "ENGINE_PROOF", (harness) =>
    withResult(harness, { p11_10c_02: { answers: [ANSWER], not_applicable: null } }, SEEN.slice(1)),
  ),
  refused("status-unheard-of", "a control answers with a status that nobody knows", "ENGINE_PROOF", (harness) =>
    withResult(harness, { p11_10c_02: { answers: [{ ...ANSWER, status: "fine" }], not_applicable: null } }, SEEN),
  ),
  refused(
    "answers-and-not-applicable",
    "a control answers and says that it does not apply",
    "ENGINE_PROOF",
    (harness) => withResult(harness, { p11_10c_02: { answers: [ANSWER], not_applicable: "no bucket" } }, SEEN),
  ),
  {
    id: "gate.policies",
    kind: "good",
    title: "the compiled policies of this package",
    expected: "read",
    run: (harness) => {
      const { wasm, sidecar } = policyFiles();
      const policy = harness.policyOf({ wasm, sidecar }, "part11.wasm", "part11");
      return [policy.sidecar.wasmDigest === sha256Hex(wasm) ? "read" : "another wasm"];
    },
  },
];
