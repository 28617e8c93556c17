// SPDX-License-Identifier: Apache-2.0
import type { QualifiedRun } from "../../comparison";
import type { Facts, Waiver, WaiverFacts } from "../../facts";
import { RequirementLinks } from "../../requirements/links";
import type { SelfTestCase } from "../case";
import type { BundleName, Ground } from "../ground";
import type { Harness } from "../harness";
import { bytesOf, factsBy, policyBy } from "../samples/judge";
import { type SamplePlan, samplePlan } from "../samples/plan";
import { CHALLENGE, ON_AWS, READ_BACK } from "../samples/run";

const SYNTH = { resource: { aws_s3_bucket: { raw: { bucket: "acme-trial-raw", force_destroy: false } } } };
const LOOSE = { resource: { aws_s3_bucket: { raw: { bucket: "acme-trial-raw", force_destroy: true } } } };

const facts = (harness: Harness, plan: SamplePlan = {}) => factsBy(harness, bytesOf(samplePlan(plan)));

function qualified(harness: Harness, { bundle, key }: Ground, name: BundleName): QualifiedRun {
  const { record, keyId, isPinned } = harness.readSealedRun(bundle(name), key.publicKey);
  return { record, plan: { name: "stack", facts: facts(harness), synth: SYNTH }, keyId, isPinned };
}

interface NewPlan {
  /** Run that is started from. @default "whole" */
  readonly from?: BundleName;
  readonly plan?: SamplePlan;
  readonly synth?: object;
}

/** A new plan after a qualification: the steps to execute again. */
function impact(
  name: string,
  title: string,
  expected: string,
  { from = "whole", plan, synth = SYNTH }: NewPlan,
): SelfTestCase {
  return {
    id: `requalification.${name}`,
    kind: name === "unchanged" ? "good" : "fault",
    title,
    expected,
    run: (harness, ground) => {
      const policy = policyBy(harness);
      const { steps } = harness.impactOf({
        run: qualified(harness, ground, from),
        facts: facts(harness, plan),
        synth,
        policy,
        outside: [],
        links: new RequirementLinks([], policy.sidecar.controls),
      });
      return steps.filter(({ again }) => again).map(({ step }) => step);
    },
  };
}

/** A production plan after a qualification: what keeps it from being called qualified. */
function equivalence(
  name: string,
  title: string,
  expected: string,
  { from = "on-aws", plan, synth = SYNTH }: NewPlan,
): SelfTestCase {
  return {
    id: `requalification.${name}`,
    kind: name === "equivalent" ? "good" : "fault",
    title,
    expected,
    run: (harness, ground) => {
      const run = qualified(harness, ground, from);
      const { problems } = harness.equivalenceOf({ run, production: { facts: facts(harness, plan), synth } });
      return problems.length === 0 ? ["equivalent"] : problems.map(({ code }) => code);
    },
  };
}

interface Reviewed {
  readonly drift?: Facts["drift"];
  readonly from?: BundleName;
  /** Last day of a waiver. */
  readonly waivedUntil?: string;
  /** @default true */
  readonly isDeployed?: boolean;
}

/** A periodic review a month after a qualification: questions that are not in order. */
function review(name: string, title: string, expected: string, change: Reviewed): SelfTestCase {
  return {
    id: `requalification.${name}`,
    kind: "fault",
    title,
    expected,
    run: (harness, ground) => {
      const { drift = [], from = "on-aws", waivedUntil, isDeployed = true } = change;
      const policy = policyBy(harness);
      const now = facts(harness);
      const there = Object.entries(now.resources).map(([address, one]) => [
        address,
        { ...one, actions: ["no-op"], before: one.values },
      ]);
      const deployed: Facts = {
        ...now,
        drift,
        meta: { ...now.meta, target: "aws" },
        resources: Object.fromEntries(there),
      };
      const { items } = harness.reviewOf({
        run: qualified(harness, ground, from),
        facts: now,
        synth: SYNTH,
        policy,
        outside: [],
        links: new RequirementLinks([], policy.sidecar.controls),
        period: { since: "2026-11-21", until: "2026-12-21" },
        deviations: [],
        installed: [],
        ...(isDeployed ? { deployed } : {}),
        ...(waivedUntil ? { waivers: waivedTo(waivedUntil) } : {}),
      });
      return items.filter(({ state }) => state !== "in order").map(({ id, state }) => `${id} ${state}`);
    },
  };
}

function waivedTo(expires: string): WaiverFacts {
  const waiver: Waiver = {
    kind: "waiver",
    line: 3,
    control: "P11-10c-02",
    address: "aws_s3_bucket.raw",
    attribute: "versioning",
    valueDigest: "0".repeat(64),
    expires,
    actual: "Suspended",
    digest: "0".repeat(64),
    reason: "The bucket is emptied until December.",
    author: "ann.lee",
    approver: "bo.chen",
    ticket: "QA-1",
    granted: "2026-11-21",
  };
  return { file: "waivers.yaml", digest: "0".repeat(64), asOf: "2026-12-21", entries: [waiver] };
}

const DRIFT = [{ address: "aws_s3_bucket.raw", type: "aws_s3_bucket", actions: ["update"], undone: ["tags"] }];

/** What must be noticed of plans that come after a qualification. */
export const REQUALIFICATION_CASES: readonly SelfTestCase[] = [
  impact("unchanged", "the plan that was qualified: what was not run alone is left to do", ON_AWS, {}),
  impact("change-overlooked", "the lock is in another mode than was challenged", CHALLENGE, {
    plan: { mode: "GOVERNANCE" },
  }),
  impact("change-not-understood", "an attribute differs that no control reads", READ_BACK, { synth: LOOSE }),
  impact("plan-errored", "the new plan ended in an error", READ_BACK, { plan: { more: { errored: true } } }),
  impact("failed-run-stands", "the run that is started from had failed", READ_BACK, { from: "failed" }),
  equivalence("equivalent", "production is planned as it was qualified", "equivalent", {}),
  equivalence("production-differs", "production has the lock in another mode", "RESOURCE_DIFFERS", {
    plan: { mode: "GOVERNANCE" },
  }),
  equivalence("production-differs-unread", "production differs where no control reads", "PLAN_DIFFERS", {
    synth: LOOSE,
  }),
  equivalence(
    "emulator-for-production",
    "production is called qualified by a run on an emulator",
    "DEVELOPMENT_EVIDENCE",
    {
      from: "whole",
    },
  ),
  equivalence(
    "provisional-for-production",
    "production is called qualified by a run that nobody approved",
    "RUN_PROVISIONAL",
    { from: "provisional" },
  ),
  equivalence("failed-for-production", "production is called qualified by a run that failed", "RUN_NOT_COMPLETE", {
    from: "failed",
  }),
  review("drift-overlooked", "a bucket drifted from its state", "drift open", { drift: DRIFT }),
  review("drift-not-looked-for", "nobody looked at what is deployed", "drift not looked at", { isDeployed: false }),
  review("waiver-ended", "a waiver ended before the review", "waivers open", { waivedUntil: "2026-12-20" }),
  review("waiver-ends", "a waiver ends in ten days", "waivers open", { waivedUntil: "2026-12-31" }),
  review("emulator-reviewed", "a run on an emulator is called still qualified", "qualification open", {
    from: "whole",
  }),
];
