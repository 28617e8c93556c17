// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { makePlan } from "../../validation/plan";
import { judged } from "../gate/judged";
import { type Documents, goldenDocuments } from "../gate/mutation/documents";

const SETTINGS = path.join(packageRoot(), "stacks", "settings");
const SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:acme-clin/sftp/vendor-AbCdEf";
const KEY = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";
const SERVER = `{
  vendors: vendors.yaml, zones: [eu-central-1a, eu-central-1b], securityPolicy: TransferSecurityPolicy-FIPS-2025-03,
  bannerBeforeLogin: "For vendors only", bannerAfterLogin: "Uploads are recorded",
  hostname: { name: sftp.example.org, zoneId: Z0123456789ABCDEFGHIJ }, secondComponent: { secretKeyArns: ["${KEY}"] } }`;
const STARTS = `startOnArrival:
  - { name: checks, processArn: "arn:aws:states:eu-central-1:111122223333:stateMachine:house-checks", vendor: acme }
  - { name: tables, processArn: "arn:aws:glue:eu-central-1:111122223333:workflow/house-tables" }
largestTrialBytes: 5000000
`;

let folder: string;
/** The production settings with what they leave out, planned. */
let planned: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-optional-"));
  const read = (name: string) => fs.readFileSync(path.join(SETTINGS, name), "utf8");
  const settings = path.join(folder, "production.yaml");
  fs.writeFileSync(settings, `${read("production.yaml").replace(/^sftp: .*$/m, `sftp: ${SERVER}`)}${STARTS}`);
  const vendors = read("vendors.yaml").replace(/^( +)cidrs:$/gm, `$1secretArn: ${SECRET}\n$1cidrs:`);
  fs.writeFileSync(path.join(folder, "vendors.yaml"), vendors);
  const out = path.join(folder, "plan");
  await makePlan({
    ...{ stack: "clinical-landing-zone", environment: "production", settings, out },
    ...{ cwd: packageRoot(), env: process.env },
  });
  planned = JSON.stringify(goldenDocuments(out));
}, 600_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Ids of the controls that find something. */
function findings(documents: Documents): string[] {
  return judged(documents).controls.flatMap(({ id, findings: found }) => (found.length > 0 ? [id] : []));
}

test("the production plan with every optional setting of receiving passes, and names the two types that no control reads", () => {
  const { verdict, controls } = judged(JSON.parse(planned) as Documents);
  const found = controls.flatMap(({ id, findings: all }) => all.map(({ actual }) => `${id} ${actual}`));
  expect([verdict, found]).toEqual([
    "pass",
    ["META-11 aws_route53_record (1) is read by no control", "META-11 aws_transfer_tag (1) is read by no control"],
  ]);
});

test.each([
  ["keeps no event that it cannot start", "P11-10a-10", "aws_cloudwatch_event_target", "dead_letter_config", undefined],
  ["is taken on anybody's behalf", "P11-10g-03", "aws_iam_role", "assume_role_policy", withoutCondition],
] as const)("a start that %s is noticed by %s", (_, control, type, attribute, change) => {
  const documents = JSON.parse(planned) as Documents;
  const isMeant = (address: string) => address.includes("ArrivalStart") && address.includes("checks");
  const meant = documents.plan.resource_changes.filter((one) => one.type === type && isMeant(one.address));
  expect(meant).toHaveLength(1);
  const { name, change: planChange } = meant[0]!;
  const configured = documents.plan.configuration.root_module!.resources!.find(
    (one) => one.type === type && one.name === name,
  )!;
  const text = documents.synth.resource[type]![name]! as Record<string, unknown>;
  if (change === undefined) {
    delete text[attribute];
    delete (configured.expressions as Record<string, unknown>)[attribute];
    (planChange.after as Record<string, unknown>)[attribute] = [];
  } else {
    const policy = change(String(text[attribute]));
    text[attribute] = policy;
    (configured.expressions as Record<string, unknown>)[attribute] = { constant_value: policy };
    (planChange.after as Record<string, unknown>)[attribute] = policy;
  }
  expect(findings(documents)).toContain(control);
});

function withoutCondition(text: string): string {
  const { Version, Statement } = JSON.parse(text) as { Version: string; Statement: Array<Record<string, unknown>> };
  return JSON.stringify({ Version, Statement: Statement.map(({ Condition: _, ...rest }) => rest) });
}
