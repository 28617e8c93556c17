// SPDX-License-Identifier: Apache-2.0
// A small installed stack as a user would give it: plan folder, state, settings; and an AWS that answers for it.
import * as fs from "node:fs";
import * as path from "node:path";
import { sha256Hex } from "../../../../validation/json";
import type { Asked, WireAnswer } from "../../target/aws/counting-wire";

export const ACCOUNT = "111122223333";
export const REGION = "eu-central-1";
export const CALLER_ARN = `arn:aws:sts::${ACCOUNT}:assumed-role/part11-reader/anna`;
const CORPUS = path.join(__dirname, "..", "..", "..", "corpus", "controls", "p11_10e_01", "pass", "plan.json");
const TRAIL = { name: "acme-trial-audit", arn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/acme-trial-audit` };

interface PlanJson {
  terraform_version: string;
  resource_changes: Array<{ address: string; provider_name: string; change: { after: Record<string, unknown> } }>;
  configuration: { root_module: { resources: Array<{ expressions: Record<string, { constant_value: unknown }> }> } };
}

/** Writes what a user gives, and says where. @param environment of tags and settings @default "production" */
export function installedTrail(folder: string, environment: "production" | "qualification" = "production") {
  const plan = JSON.parse(fs.readFileSync(CORPUS, "utf8")) as PlanJson;
  const [trail] = plan.resource_changes;
  const tags = { Environment: environment };
  trail!.change.after.tags = tags;
  const { expressions } = plan.configuration.root_module.resources[0]!;
  expressions.tags = { constant_value: tags };
  const configured = Object.entries(expressions).map(([key, { constant_value: value }]) => [key, value] as const);
  const synth = {
    terraform: { required_providers: { aws: { source: "aws", version: "5.100.0" } } },
    provider: { aws: [{ region: REGION, allowed_account_ids: [ACCOUNT] }] },
    resource: { aws_cloudtrail: { audit: Object.fromEntries(configured) } },
  };
  const lock = `provider "${trail!.provider_name}" {\n  version = "5.100.0"\n  hashes = [\n    "h1:abc=",\n  ]\n}\n`;
  const files = {
    "plan.bin": "the binary plan",
    "plan.json": JSON.stringify({ ...plan, timestamp: "2026-11-20T08:00:00Z" }),
    "cdk.tf.json": JSON.stringify(synth),
    ".terraform.lock.hcl": lock,
  };
  const out = path.join(folder, "plan");
  fs.mkdirSync(out, { recursive: true });
  for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(out, file), text);
  const digests = Object.fromEntries(Object.entries(files).map(([file, text]) => [file, sha256Hex(text)]));
  fs.writeFileSync(path.join(out, "digests.json"), JSON.stringify(digests));
  const inState = {
    address: trail!.address,
    mode: "managed",
    type: "aws_cloudtrail",
    provider_name: trail!.provider_name,
    values: { ...trail!.change.after, ...TRAIL, id: TRAIL.arn },
  };
  const state = path.join(folder, "state.json");
  const values = { root_module: { resources: [inState] } };
  fs.writeFileSync(state, JSON.stringify({ format_version: "1.0", terraform_version: plan.terraform_version, values }));
  const settings = path.join(folder, "settings.yaml");
  const retention = "{ mode: COMPLIANCE, period: { days: 1 } }";
  fs.writeFileSync(
    settings,
    `accountId: "${ACCOUNT}"\nregion: ${REGION}\nenvironment: ${environment}\nretention: ${retention}\n`,
  );
  return { plan: out, state, settings };
}

/** AWS with that trail in it, at work; everything else it refuses. @param caller account and ARN that STS names */
export function awsWithTrail(caller = { account: ACCOUNT, arn: CALLER_ARN }): (asked: Asked) => WireAnswer {
  return ({ hostname, ...asked }) => {
    const headers = { date: new Date().toUTCString() };
    if (hostname.startsWith("sts.")) return { status: 200, headers, body: identityXml(caller) };
    const operation = (asked as unknown as { headers: Record<string, string> }).headers["x-amz-target"]
      ?.split(".")
      .pop();
    const answer = hostname.startsWith("cloudtrail.") ? trailAnswers()[operation ?? ""] : undefined;
    if (answer) return { status: 200, headers, body: JSON.stringify(answer) };
    return { status: 403, headers, body: JSON.stringify({ __type: "AccessDeniedException", message: "no" }) };
  };
}

function trailAnswers(): Readonly<Record<string, object>> {
  const now = Math.floor(Date.now() / 1000);
  const Trail = {
    Name: TRAIL.name,
    TrailARN: TRAIL.arn,
    S3BucketName: TRAIL.name,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    IsOrganizationTrail: false,
    LogFileValidationEnabled: false,
    HomeRegion: REGION,
  };
  return {
    GetTrail: { Trail },
    GetTrailStatus: {
      IsLogging: true,
      LatestDeliveryTime: now,
      LatestDigestDeliveryTime: now,
      LatestCloudWatchLogsDeliveryTime: now,
    },
    GetEventSelectors: { EventSelectors: [] },
    ListTags: { ResourceTagList: [{ TagsList: [{ Key: "Environment", Value: "production" }] }] },
  };
}

function identityXml({ account, arn }: { account: string; arn: string }): string {
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AROAEXAMPLE:anna</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
}
