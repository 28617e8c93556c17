// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../../../validation/facts";
import { factsOf, factsOfFixture, type LoosePlan, planOf, providerBlock } from "./plan-fixture";

const SKIPS = { skip_credentials_validation: true, skip_requesting_account_id: true };
const endpoint = (url: string) => ({ endpoints: [{ s3: { constant_value: url } }] });
const SERVICES = ["dynamodb", "iam", "kms", "lambda", "s3", "sns", "sqs", "sts"];
/** A provider block that goes to this machine, but for what is left out. */
const emulated = (...without: string[]) => {
  const services = SERVICES.filter((service) => !without.includes(service));
  return providerBlock(SKIPS, {
    endpoints: [Object.fromEntries(services.map((service) => [service, { constant_value: "https://127.0.0.1:4566" }]))],
  });
};
const targetOf = (...blocks: LoosePlan[]): Facts["meta"]["target"] =>
  factsOf(planOf([], Object.fromEntries(blocks.map((block, index) => [`aws.p${index}`, block])))).meta.target;

describe("target of a plan", () => {
  test.each([
    ["no skips and no endpoints", "aws", providerBlock({ region: "eu-west-1" })],
    ["skips without endpoints", "offline", providerBlock(SKIPS)],
    ["skips given as text", "offline", providerBlock({ skip_credentials_validation: "true" })],
    ["loopback endpoints of every service", "emulator", emulated()],
    ["an endpoint elsewhere", null, providerBlock({}, endpoint("https://s3.example.org"))],
    ["an endpoint that only begins like loopback", null, providerBlock({}, endpoint("https://127.0.0.1.example.org"))],
    [
      "a skip that cannot be resolved",
      null,
      providerBlock({}, { skip_credentials_validation: { references: ["local.x"] } }),
    ],
    [
      "an endpoint that cannot be resolved",
      null,
      providerBlock({}, { endpoints: [{ s3: { references: ["var.u"] } }] }),
    ],
  ])("%s is %s", (_, target, block) => {
    expect(targetOf(block)).toBe(target);
  });

  test.each(SERVICES)("loopback endpoints without one for %s are not understood: the rest would be AWS", (service) => {
    expect(targetOf(emulated(service))).toBeNull();
  });

  test("provider blocks that differ are not understood", () => {
    expect(targetOf(providerBlock(SKIPS), providerBlock({}))).toBeNull();
  });

  test("a provider counts by its source too, whatever its local name", () => {
    const cloud = { ...providerBlock({}), name: "cloud", full_name: "registry.terraform.io/hashicorp/aws" };
    expect(targetOf(cloud)).toBe("aws");
    expect(targetOf(providerBlock(SKIPS), cloud)).toBeNull();
  });

  test("a plan without provider blocks is not understood", () => {
    expect(targetOf()).toBeNull();
  });
});

describe("where a provider goes, and as whom", () => {
  const facts = (...block: Parameters<typeof providerBlock>) => factsOf(planOf([], { aws: providerBlock(...block) }));
  const role = (expression: LoosePlan) => ({ assume_role: [{ role_arn: expression }] });

  test("names the roles it assumes", () => {
    const arn = "arn:aws:iam::111122223333:role/deploy";
    expect(facts({}, role({ constant_value: arn })).providers.aws?.assumedRoleArns).toEqual([arn]);
  });

  test("names the arguments that nobody knows to be harmless", () => {
    const block = facts({ profile: "x", region: "eu-west-1", max_retries: 1, access_key: "x" });
    expect(block.providers.aws?.others).toEqual(["access_key", "profile"]);
  });

  test("names the arguments whose value is not known", () => {
    expect(facts({}, role({ references: ["local.role"] })).providers.aws?.unclear).toEqual(["assume_role.role_arn"]);
    const unknown = facts({}, { endpoints: [{ s3: { references: ["local.url"] } }] });
    expect(unknown.providers.aws?.unclear).toEqual(["endpoints.s3"]);
  });

  test("does not hang on the role where the target is told", () => {
    expect(facts(SKIPS, role({ references: ["local.role"] })).meta.target).toBe("offline");
  });
});

describe("providers", () => {
  const { providers, resources } = factsOfFixture("modules");

  test("a region given by a variable is resolved", () => {
    expect(providers.aws?.region).toBe("eu-west-1");
  });

  test("a resource has the region of its provider, through a module's provider map", () => {
    expect(resources["module.copy.aws_s3_bucket.records"]?.region).toBe("eu-central-1");
  });

  test("a region argument of the resource outweighs its provider's", () => {
    const plan = planOf([{ type: "aws_s3_bucket", after: { region: "us-east-1" } }], {
      aws: providerBlock({ region: "eu-west-1" }),
    });
    expect(factsOf(plan).resources["aws_s3_bucket.x"]?.region).toBe("us-east-1");
  });

  test.each([
    ["known after apply", { unknown: { region: true } }],
    ["sensitive", { after: { region: "canary" }, sensitive: { region: true } }],
    ["of a resource that is sensitive as a whole", { after: { region: "canary" }, sensitive: true }],
  ])("a region argument that is %s is not that of the provider", (_, change) => {
    const written = { type: "aws_s3_bucket", expressions: { region: { references: ["var.r"] } }, ...change };
    const plan = planOf([written], { aws: providerBlock({ region: "eu-west-1" }) });
    expect(factsOf(plan).resources["aws_s3_bucket.x"]?.region).toBeNull();
  });

  test("a region that nobody wrote, computed as the provider does before 6, is that of the provider", () => {
    const plan = planOf([{ type: "aws_s3_bucket", unknown: { region: true } }], {
      aws: providerBlock({ region: "eu-west-1" }),
    });
    expect(factsOf(plan).resources["aws_s3_bucket.x"]?.region).toBe("eu-west-1");
  });

  test("a region that cannot be resolved is null", () => {
    const block = providerBlock({}, { region: { references: ["local.region"] } });
    expect(
      factsOf(planOf([{ type: "aws_s3_bucket" }], { aws: block })).resources["aws_s3_bucket.x"]?.region,
    ).toBeNull();
  });

  test("a sensitive variable is never resolved", () => {
    const plan = planOf([], { aws: providerBlock({}, { region: { references: ["var.r"] } }) });
    plan.variables = { r: { value: "canary" } };
    plan.configuration.root_module.variables = { r: { sensitive: true } };
    expect(JSON.stringify(factsOf(plan))).not.toContain("canary");
  });

  test("access keys are not in the document", () => {
    expect(JSON.stringify(providers)).not.toContain("dummy");
  });

  test("default tags and version are told", () => {
    expect(providers.aws).toMatchObject({ defaultTags: { GxP: "true" }, version: "5.100.0" });
  });
});
