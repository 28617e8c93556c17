// SPDX-License-Identifier: Apache-2.0
import { env, resource } from "../synth";
import { zone } from "./synthesized";

test("the audit search's template keeps Athena's own placeholders", () => {
  const { parameters } = resource(zone(), "aws_glue_catalog_table");
  expect((parameters as Record<string, string>)["storage.location.template"]).toBe(
    "s3://acme-audit-111122223333/AWSLogs/111122223333/CloudTrail/$${region}/$${day}",
  );
});

test.each([
  ["us-east-1 for global services", {}, "eu-central-1,eu-west-1,us-east-1"],
  [
    "no third region outside partition aws",
    { env: { ...env, partition: "aws-us-gov", region: "us-gov-west-1" }, replicaRegion: "us-gov-east-1" },
    "us-gov-west-1,us-gov-east-1",
  ],
  ["the regions given", { auditedRegions: ["us-west-2", "eu-west-1"] }, "eu-central-1,eu-west-1,us-east-1,us-west-2"],
] as const)("the audit search covers its own two regions and %s", (_, overrides, regions) => {
  const { parameters } = resource(zone(overrides), "aws_glue_catalog_table");
  expect((parameters as Record<string, string>)["projection.region.values"]).toBe(regions);
});
