// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../../../validation/facts";
import { chosenChallenges, chosenProtocol, subjectsOf } from "../../../validation/oq";

const LOCK = "aws_s3_bucket_object_lock_configuration";

interface Planned {
  readonly tags?: Readonly<Record<string, string>>;
  readonly retention?: Readonly<Record<string, unknown>>;
}

/** Facts of a plan with these buckets, and the mapping of part11.yaml. */
function factsOf(planned: Readonly<Record<string, Planned>>, buckets: Facts["settings"]["buckets"] = []): Facts {
  const resources: Record<string, object> = {};
  const links: Record<string, object> = {};
  for (const [address, { tags, retention }] of Object.entries(planned)) {
    resources[address] = { type: "aws_s3_bucket", values: { bucket: address.split(".")[1], tags: tags ?? null } };
    if (retention === undefined) continue;
    const lock = `${LOCK}.${address.split(".")[1]}`;
    resources[lock] = { type: LOCK, values: { rule: [{ default_retention: [retention] }] } };
    links[address] = { [LOCK]: [lock] };
  }
  return { resources, links, settings: { buckets } } as unknown as Facts;
}

const RAW = "aws_s3_bucket.raw";
const AUDIT = "aws_s3_bucket.audit";

it("chooses the steps of the lock for each bucket that carries records, in the order of addresses", () => {
  const facts = factsOf({ [RAW]: {}, [AUDIT]: {}, "aws_s3_bucket.site": {} });
  const ids = chosenChallenges(subjectsOf(facts, [RAW, AUDIT])).map(({ step }) => step.id);
  const steps = [
    "default-retention",
    "delete-version",
    "delete-bypass",
    "shorten",
    "change-mode",
    "suspend-versioning",
    "plain-delete",
    "overwrite",
  ];
  expect(ids).toEqual(["B1", "B2"].flatMap((bucket) => steps.map((step) => `OQ-${bucket}-lock-${step}`)));
});

it("names the bucket of a step by its address", () => {
  const titles = chosenChallenges(subjectsOf(factsOf({ [RAW]: {} }), [RAW])).map(({ step }) => step.title);
  expect(titles.filter((title) => !title.includes(RAW))).toEqual([]);
});

it.each<[string, Facts, string]>([
  ["its tag", factsOf({ [RAW]: { tags: { BucketRole: "record" } } }), "tag BucketRole = record"],
  ["the mapping of its name", factsOf({ [RAW]: {} }, [{ name: "ra*", role: "record" }]), "part11.yaml: record"],
  ["the mapping of its address", factsOf({ [RAW]: {} }, [{ address: RAW, role: "inbox" }]), "part11.yaml: inbox"],
  [
    "what the plan does with it",
    factsOf({ [RAW]: {} }, [{ name: "other", role: "record" }]),
    "what the plan does with it",
  ],
])("says that a bucket was chosen for %s", (_, facts, because) => {
  expect(subjectsOf(facts, [RAW]).buckets).toMatchObject([{ because }]);
});

it.each<[string, Planned, string]>([
  ["days", { retention: { mode: "COMPLIANCE", days: 3 } }, "COMPLIANCE, retain-until 3 days from now, as planned"],
  ["years", { retention: { mode: "COMPLIANCE", years: 7 } }, "COMPLIANCE, retain-until 7 years from now, as planned"],
  ["no lock", {}, "COMPLIANCE, retain-until at least one day from now: the plan shows no retention"],
  [
    "GOVERNANCE",
    { retention: { mode: "GOVERNANCE", days: 1 } },
    "COMPLIANCE, retain-until 1 days from now, as planned",
  ],
])("expects COMPLIANCE of a bucket planned with %s", (_, planned, expected) => {
  const [first] = chosenChallenges(subjectsOf(factsOf({ [RAW]: planned }), [RAW]));
  expect(first!.step.expected).toBe(expected);
});

it("gives every negative step a layer, a twin and a mutant", () => {
  const negative = chosenChallenges(subjectsOf(factsOf({ [RAW]: {} }), [RAW])).filter(
    ({ step }) => step.kind === "negative",
  );
  expect(negative).toHaveLength(5);
  for (const { step } of negative)
    expect(step).toMatchObject({ layer: "S3 Object Lock", twin: expect.any(String), mutant: expect.any(String) });
});

it("says in the protocol whose stack it is", () => {
  expect(chosenProtocol("records", "emulator", []).title).toBe(
    "Operational qualification of records, a stack that these modules did not make",
  );
});
