// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App, Testing } from "cdktf";
import { isEvidenceSettings, readEvidenceSettings } from "../../stacks/evidence-settings";
import { EvidenceStack } from "../../stacks/evidence-stack";
import { codeOf, resource, type SynthDocument, statement, statements } from "../modules/synth";

const ROOT = path.join(__dirname, "../..");
const EXAMPLES = path.join(ROOT, "stacks", "settings");
const BUCKET = "arn:aws:s3:::acme-evidence-bundles-444455556666";

let folder: string;
let production: SynthDocument;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-evidence-"));
  production = synth("production");
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function synth(environment: "production" | "development"): SynthDocument {
  const settings = readEvidenceSettings(environment);
  return JSON.parse(Testing.synth(new EvidenceStack(new App(), "evidence", settings, { name: "offline" })));
}

/** The production example with a line of it changed. */
function changed(line: RegExp, by: string): string {
  const example = fs.readFileSync(path.join(EXAMPLES, "evidence-production.yaml"), "utf8");
  const text = example.replace(line, by);
  if (text === example) throw new Error(`${line} is not in the example`);
  const file = path.join(folder, "settings.yaml");
  fs.writeFileSync(file, text);
  return file;
}

const bucketPolicy = () => resource(production, "aws_s3_bucket_policy", "Evidence_Records_").policy;
const role = (id: string) => `arn:aws:iam::444455556666:role/acme-evidence-${id}`;

test("production locks bundles for 25 years in COMPLIANCE mode, and the bucket and its key refuse to be destroyed", () => {
  expect(resource(production, "aws_s3_bucket_object_lock_configuration", "Evidence_Records_").rule).toEqual({
    default_retention: { mode: "COMPLIANCE", years: 25 },
  });
  for (const type of ["aws_s3_bucket", "aws_kms_key"]) {
    expect(resource(production, type, "Evidence_Records_").lifecycle).toEqual({ prevent_destroy: true });
  }
});

test("the tags say what part11 deposit and the gate ask for", () => {
  expect(resource(production, "aws_s3_bucket", "Evidence_Records_").tags).toMatchObject({
    BucketRole: "evidence",
    Environment: "production",
    RecordClass: "trial-master-file",
    Retention: "COMPLIANCE 25 years",
  });
});

test("the development variant is tagged development and locks for a day that can be lifted", () => {
  const document = synth("development");
  expect(resource(document, "aws_s3_bucket", "Evidence_Records_").tags).toMatchObject({ Environment: "development" });
  expect(resource(document, "aws_s3_bucket_object_lock_configuration", "Evidence_Records_").rule).toEqual({
    default_retention: { mode: "GOVERNANCE", days: 1 },
  });
});

test("nobody deletes, overwrites or shortens, and plain HTTP is refused", () => {
  expect(statement(bucketPolicy(), "DenyDelete")).toEqual({
    ...{ Sid: "DenyDelete", Effect: "Deny", Principal: "*", Action: ["s3:DeleteObject"], Resource: `${BUCKET}/*` },
  });
  expect(statement(bucketPolicy(), "DenyOverwrite").Condition).toMatchObject({ Null: { "s3:if-none-match": "true" } });
  const sids = statements(bucketPolicy()).map(({ Sid }) => Sid);
  for (const sid of ["DenyPlainHttp", "DenyVersionDelete", "DenyBypass", "DenyShortRetention"])
    expect(sids).toContain(sid);
});

test("only the depositor puts, and only depositor, reader and replication read", () => {
  const exempt = (sid: string) => statement(bucketPolicy(), sid).Condition;
  expect(exempt("DenyOtherDepositors")).toEqual({ ArnNotEquals: { "aws:PrincipalArn": [role("depositor")] } });
  expect(exempt("DenyReadingByOthers")).toEqual({
    ArnNotEquals: { "aws:PrincipalArn": [role("depositor"), role("reader"), role("replicate-bundles")] },
  });
});

test("nobody puts into the bucket by a replication of their own, nor hides a bundle by one", () => {
  expect(statement(bucketPolicy(), "DenyReplicationInto")).toEqual({
    ...{ Sid: "DenyReplicationInto", Effect: "Deny", Principal: "*", Resource: `${BUCKET}/*` },
    Action: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
  });
});

test("into the copy of the bundles nobody puts but the replication, and nobody deletes", () => {
  const { policy } = resource(production, "aws_s3_bucket_policy", "EvidenceReplication_Replica_");
  expect(statement(policy, "DenyDelete").Action).toEqual(["s3:DeleteObject", "s3:ReplicateDelete"]);
  expect(statement(policy, "DenyOtherCopies")).toMatchObject({
    Action: ["s3:PutObject", "s3:ReplicateObject", "s3:ReplicateTags"],
    Condition: { ArnNotEquals: { "aws:PrincipalArn": [role("replicate-bundles")] } },
  });
});

test("the depositor has the rights that the guide lists, on this bucket and its key, and no other", () => {
  const guide = fs.readFileSync(path.join(ROOT, "docs/guides/deposit-evidence.md"), "utf8");
  const listed = [...guide.matchAll(/`((?:s3|kms):[A-Za-z]+)`/g)].map(([, action]) => action);
  const policies = Object.entries(production.resource.aws_iam_role_policy!).filter(([id]) =>
    id.startsWith("Depositor_"),
  );
  const granted = policies.flatMap(([, { policy }]) => statements(policy));
  expect([...new Set(granted.flatMap(({ Action }) => Action))].sort()).toEqual([...new Set(listed)].sort());
  expect(granted.flatMap(({ Resource }) => Resource).sort()).toEqual([
    expect.stringContaining("aws_kms_key.Evidence_Records_Key"),
    BUCKET,
    `${BUCKET}/bundles/*`,
  ]);
});

test("the plan says of each locked bucket that what is put there cannot be taken back for 25 years", () => {
  const lines = production.output!.part11_plan_summary!.value as string[];
  expect(lines.filter((line) => line.includes("25.00 TB-years"))).toHaveLength(4);
});

test("no role of the stack may delete an object or bypass a lock, not even by its boundary", () => {
  const texts = ["aws_iam_role_policy", "aws_iam_policy"].flatMap((type) =>
    Object.values(production.resource[type]!).map(({ policy }) => String(policy)),
  );
  expect(texts.filter((text) => /s3:(\*|Delete|Bypass|PutObjectRetention)/.test(text))).toEqual([]);
});

test.each([
  ["a retention below the longest class", /^retention:.*$/m, "retention: { mode: COMPLIANCE, period: { years: 24 } }"],
  ["a lock that can be lifted", /^retention:.*$/m, "retention: { mode: GOVERNANCE, period: { years: 25 } }"],
  ["a longer class than the lock", /recordClass: clinical, years: 7/, "recordClass: atmp, years: 30"],
  ["qualification as environment", /^environment:.*$/m, "environment: qualification"],
])("settings with %s are refused", (_title, line, by) => {
  expect(codeOf(() => readEvidenceSettings("production", changed(line, by)))).toBe("SETTINGS_INVALID");
});

test("without supported classes the lock must cover the 25 years of a trial master file", () => {
  const without = changed(/^supports:\n(?: {2}- .*\n)+/m, "");
  expect(readEvidenceSettings("production", without).supports).toBeUndefined();
  fs.writeFileSync(without, fs.readFileSync(without, "utf8").replace("years: 25", "years: 7"));
  expect(() => readEvidenceSettings("production", without)).toThrow(
    /COMPLIANCE 25 years at least, for trial-master-file/,
  );
});

test("there are no settings of evidence for qualification, and so no stack that a qualification applies or takes down", () => {
  expect(stacksOf({ "part11:environment": "qualification" })).toEqual(["clinical-landing-zone", "oq-challenge"]);
  const file = path.join(EXAMPLES, "evidence-production.yaml");
  expect(() => stacksOf({ "part11:environment": "qualification", "part11:settings": file })).toThrow(
    /settings not usable/,
  );
});

test("with evidence settings the app has the evidence stack alone", () => {
  const file = path.join(EXAMPLES, "evidence-production.yaml");
  expect(isEvidenceSettings(file)).toBe(true);
  expect(stacksOf({ "part11:environment": "production", "part11:settings": file })).toEqual(["evidence"]);
});

test("with settings of a landing zone the app has no evidence stack", () => {
  const file = path.join(EXAMPLES, "development.yaml");
  const context = { "part11:environment": "development", "part11:settings": file };
  expect(stacksOf(context)).toEqual(["clinical-landing-zone"]);
});

/** Stacks that the app of cdktf.json synthesizes. */
function stacksOf(context: Record<string, string>): string[] {
  const outdir = fs.mkdtempSync(path.join(folder, "out-"));
  const env = { ...process.env, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: JSON.stringify(context) };
  execFileSync(process.execPath, ["-r", "ts-node/register", "stacks/main.ts"], { cwd: ROOT, env, stdio: "pipe" });
  return fs.readdirSync(path.join(outdir, "stacks")).sort();
}
