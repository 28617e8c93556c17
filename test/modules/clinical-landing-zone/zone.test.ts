// SPDX-License-Identifier: Apache-2.0
import { TransferServer } from "@cdktf/provider-aws/lib/transfer-server";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { TerraformStack } from "cdktf";
import { Retention } from "../../../modules";
import { dataSync } from "../push-access/push-stack";
import { codeOf, env, identity, type SynthDocument, statements } from "../synth";
import { build, zone } from "./synthesized";

const endpoint = { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.logs" };

test.each([
  ["none", () => undefined],
  ["1 aws_transfer_server", (stack) => new TransferServer(stack, "Sftp", {})],
  ["1 aws_vpc_endpoint", (stack) => new VpcEndpoint(stack, "Logs", { ...endpoint, vpcEndpointType: "Interface" })],
  ["none", (stack) => new VpcEndpoint(stack, "S3", endpoint)],
] as [string, (stack: TerraformStack) => unknown][])("the summary's hourly endpoints are %s", (expected, add) => {
  const { stack, landingZone } = build();
  add(stack);
  expect(landingZone.summary.at(-1)).toBe(`hourly endpoints: ${expected}`);
});

test("the summary names what copies by itself", () => {
  const { landingZone } = build({ push: [{ name: "ecg", vendor: "ecg", sender: dataSync }] });
  expect(landingZone.summary).toContain("DataSync copies by itself, paid by the GB: acme-push-ecg, rate(1 hour)");
  expect(build().landingZone.summary.filter((line) => line.includes("DataSync"))).toEqual([]);
});

test("no policy has the same statement id twice, which AWS refuses", () => {
  const document = zone();
  const texts = Object.values(document.resource).flatMap((byName) => Object.values(byName).map(({ policy }) => policy));
  for (const text of texts.filter((policy) => typeof policy === "string")) {
    const sids = statements(text).map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
  }
});

test("addresses do not depend on account or name prefix, so that environments can be compared", () => {
  const addresses = ({ resource: types }: SynthDocument) =>
    Object.entries(types).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`));
  const elsewhere = zone({ namePrefix: "other", env: { ...env, accountId: "444455556666" } });
  expect(addresses(elsewhere)).toEqual(addresses(zone()));
});

test.each([
  ["SUBSCRIBER_MISSING", { highSubscribers: [] }],
  ["RETENTION_TOO_SHORT", { inboxRetention: Retention.compliance({ days: 6 }) }],
  ["RETENTION_TOO_SHORT", { inboxRetention: Retention.compliance({ years: 8 }) }],
  ["REGION_INVALID", { auditedRegions: ["us-east-1,us-west-2"] }],
  ["TAG_INVALID", { identity: { ...identity(), owner: "who?" } }],
] as const)("fails with %s", (code, overrides) => {
  expect(codeOf(() => zone(overrides))).toBe(code);
});
