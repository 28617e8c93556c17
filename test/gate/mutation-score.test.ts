// SPDX-License-Identifier: Apache-2.0
import { proofOf } from "./mutation/equivalence";
import { type Generated, generated } from "./mutation/generated";
import { JUDGING, judge, judgedClean } from "./mutation/judge";
import { scoreOf } from "./mutation/score";
import { landingZone } from "./mutation/stacks";

const ZONE = landingZone();
const CLEAN = judgedClean(ZONE);

/** The one mutant of that name. */
function mutant(type: string, path: string, name: string): Generated {
  const listing = JUDGING.map((control) => ({
    ...control,
    attributes: control.attributes.filter((one) => one.type === type && one.path === path),
  }));
  const found = [...generated([{ stack: ZONE, controls: listing }], (all) => all)].find((one) => one.name === name);
  if (!found) throw new Error(`no mutant of ${type} ${path} is called ${name}`);
  return found;
}

function proofOfSurvivor(one: Generated): string | undefined {
  const judgement = judge(one);
  return judgement.outcome === "survives" ? proofOf(one, judgement.facts, CLEAN.facts)?.kind : judgement.outcome;
}

const LOCK = "aws_s3_bucket_object_lock_configuration";

it.each([
  ["a lock of another mode", LOCK, "rule.default_retention.mode", 'set to "GOVERNANCE"', "caught"],
  ["a lock that is a year longer", LOCK, "rule.default_retention.years", "1 more", "accepted"],
  ["a lock that is a year shorter", LOCK, "rule.default_retention.years", "-1 more", "caught"],
  ["another owner in the tags", "aws_kms_key", "tags", 'Owner set to "part11-mutant"', "accepted"],
  ["no owner in the tags", "aws_kms_key", "tags", "without Owner", "caught"],
  ["a boundary that lets less through", "aws_iam_policy", "policy", "statement 1 dropped", "fewer rights"],
  ["a boundary that lets any action through", "aws_iam_policy", "policy", "statement 1 with any action", undefined],
])("the score takes %s for what it is", (_title, type, path, name, expected) => {
  expect(proofOfSurvivor(mutant(type, path, name))).toBe(expected);
});

it("what survives without a proof lowers the score, and what is equivalent does not", () => {
  const one = mutant(LOCK, "rule.default_retention.years", "1 more");
  const tried = [
    { mutant: one, outcome: { outcome: "caught", by: ["P11-10c-02"] } },
    { mutant: one, outcome: { outcome: "unexplained" } },
    { mutant: one, outcome: { outcome: "equivalent", proof: { kind: "accepted", reason: "it is kept longer" } } },
  ] as const;
  expect(scoreOf(tried)).toMatchObject({ generated: 3, caught: 1, unexplained: 1, percent: 50 });
});

it.each([
  ["a value of another type", "aws_kms_key", "enable_key_rotation", 'set to "Disabled"'],
  ["a name that no bucket can have", "aws_s3_bucket_policy", "bucket", 'set to "GOVERNANCE"'],
  ["a principal in a policy of an identity", "aws_iam_policy", "policy", "statement 1 with any principal"],
  ["what the provider gives", "aws_transfer_server", "id", "removed"],
])("%s is no mutant", (_title, type, path, name) => {
  expect(() => mutant(type, path, name)).toThrow("no mutant");
});
