// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { ephemeralSealKey, publicKeyPem } from "../../../validation/evidence";
import { factsFor, loadPolicy } from "../../../validation/gate";
import { assertSchema, canonicalJson, sha256Hex } from "../../../validation/json";
import { installedTools, QUESTIONS } from "../../../validation/review";
import { samplePlan } from "../../../validation/self-test/samples/plan";
import { sampleRun } from "../../../validation/self-test/samples/run";
import { sampleSynth } from "../comparison/plan-files";
import { temporaryFolder } from "../evidence/temporary-folder";
import { writeTerraform } from "./fake-terraform";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const at = (name: string) => path.join(temporary.path, name);
const key = ephemeralSealKey();
const LOCK = `provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n  hashes = [\n    "h1:aaaa",\n  ]\n}\n`;
const SYNTH = { ...sampleSynth("COMPLIANCE"), "//": { metadata: { stackName: "zone" } } };
const env = { TERRAFORM_BINARY_NAME: at("terraform") };

/** A plan of what is there, refreshed on AWS. */
function deployedPlan(more: object = {}): object {
  const plan = samplePlan({ more }) as { resource_changes: Array<{ change: { after: object } }> };
  const resource_changes = plan.resource_changes.map((one) => ({
    ...one,
    change: { ...one.change, actions: ["no-op"], before: one.change.after },
  }));
  return { ...plan, resource_changes };
}

beforeAll(async () => {
  writeTerraform(at("terraform"), "1.11.4");
  const write = (name: string, value: object | string) =>
    fs.writeFileSync(at(name), typeof value === "string" ? value : JSON.stringify(value));
  write("plan.json", samplePlan());
  write("deployed.json", deployedPlan());
  write("drifted.json", deployedPlan({ resource_drift: [driftOfLock()] }));
  write("cdk.tf.json", SYNTH);
  write("other.tf.json", { ...SYNTH, "//": { metadata: { stackName: "other" } } });
  write("lock.hcl", LOCK);
  write("waivers.yaml", "schemaVersion: 1\n");
  write(
    "incidents.yaml",
    "schemaVersion: 1\nfrom: 2026-11-21\nuntil: 2026-11-22\nrecordedBy: ann.lee\nincidents: []\n",
  );
  write("access.json", { file: "vendors.yaml", asOf: "2026-11-22", rows: [], serviceUsers: [] });
  write("key.pem", publicKeyPem(key.publicKey));
  const files = { plan: at("plan.json"), synth: at("cdk.tf.json"), lock: at("lock.hcl"), environment: "production" };
  const facts = factsFor(loadPolicy(), { ...files, maxBytes: 1e9 }, "/");
  const tools = await installedTools(loadPolicy(), facts, { env, cwd: temporary.path });
  sampleRun(at("bundle"), { key, kind: "aws", tools, plan: { facts, synth: SYNTH } });
  fs.cpSync(at("bundle"), at("altered"), { recursive: true });
  fs.appendFileSync(at("altered/journal.jsonl"), " ");
});

function driftOfLock() {
  const type = "aws_s3_bucket_object_lock_configuration";
  const change = { actions: ["update"], before: {}, after: {}, after_unknown: {} };
  const of = { address: `${type}.raw`, mode: "managed", type, name: "raw" };
  return { ...of, provider_name: "registry.terraform.io/hashicorp/aws", change };
}

const PERIOD = ["--since", "2026-11-21", "--as-of", "2026-11-22", "--environment", "production"];
const PLAN = ["--plan", "plan.json", "--synth", "cdk.tf.json", "--lock", "lock.hcl", "--deployed", "deployed.json"];
const PEOPLE = ["--waivers", "waivers.yaml", "--incidents", "incidents.yaml", "--access-review", "access.json"];
const WHOLE = [...PERIOD, ...PLAN, ...PEOPLE, "--key", "key.pem"];

async function run(...argv: string[]) {
  const told = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({ write: (text: string) => (told[name] += text) });
  const io = { stdout: stream("stdout"), stderr: stream("stderr"), env, cwd: temporary.path };
  return { exit: await main(["review", ...argv], io), ...told };
}

const without = (...options: string[]) =>
  WHOLE.filter((word, i) => !options.includes(word) && !options.includes(WHOLE[i - 1]!));
const instead = (file: string, other: string) => WHOLE.map((word) => (word === file ? other : word));

test("exit 0: everything was looked at and nothing is open", async () => {
  const { exit, stdout, stderr } = await run("bundle", ...WHOLE);
  expect([exit, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("part11 review  2026-11-21 to 2026-11-22  still qualified as of 2026-11-22");
});

test("exit 1: drift of a lock is open, in the JSON too", async () => {
  const { exit, stdout } = await run("bundle", ...instead("deployed.json", "drifted.json"), "--format", "json");
  const review = JSON.parse(stdout);
  assertSchema("review", review, "stdout");
  expect([exit, review.stillQualified]).toEqual([1, false]);
  expect(review.drift).toEqual([
    {
      address: "aws_s3_bucket_object_lock_configuration.raw",
      type: "aws_s3_bucket_object_lock_configuration",
      what: "drifted from its state (update)",
    },
  ]);
});

test("exit 1: another Terraform than that of the run is open", async () => {
  writeTerraform(at("terraform"), "1.12.0");
  const { exit, stdout } = await run("bundle", ...WHOLE);
  writeTerraform(at("terraform"), "1.11.4");
  expect([exit, stdout]).toEqual([
    1,
    expect.stringMatching(/open {11}terraform: 1\.11\.4 \(.*\) in the run, 1\.12\.0 \(/),
  ]);
});

test("exit 1: what is not given is not looked at, whoever sealed the bundle included", async () => {
  const { exit, stdout } = await run(
    "bundle",
    ...without("--incidents", "--waivers", "--access-review", "--key", "--deployed"),
  );
  const states = [...stdout.matchAll(/^NOT LOOKED AT {2}(.*)$/gm)].map(([, title]) => title);
  expect([exit, states]).toEqual([
    1,
    [
      "The qualification it starts from",
      "Drift of what is deployed",
      "Incidents",
      "Waivers and attestations",
      "Review of access",
    ],
  ]);
});

test.each([
  ["a bundle that was altered", ["altered", ...WHOLE], "BUNDLE_ALTERED"],
  ["a folder that is no bundle", [".", ...WHOLE], "FILE_NOT_FOUND"],
  ["a plan of another stack", ["bundle", ...instead("cdk.tf.json", "other.tf.json")], "RUN_FOREIGN"],
  ["a day that is to come", ["bundle", ...WHOLE.map((word) => (word === "2026-11-22" ? "2999-01-01" : word))], "USAGE"],
  ["a record of access that is none", ["bundle", ...instead("access.json", "plan.json")], "SCHEMA_MISMATCH"],
  ["a folder that holds something", ["bundle", ...WHOLE, "--out", "bundle"], "OUT_NOT_EMPTY"],
])("exit 2: %s", async (_, argv, code) => {
  const { exit, stdout, stderr } = await run(...argv);
  expect([exit, stdout, stderr.split(": ")[1]]).toEqual([2, "", code]);
});

test("--out writes the record as document and data, the same bytes again, with checksums over them", async () => {
  await run("bundle", ...WHOLE, "--out", "record");
  await run("bundle", ...WHOLE, "--out", "again");
  const id = "REV-self-test-run-2026-11-22";
  const names = [`${id}.html`, `${id}.json`, `${id}.pdf`, `${id}.review.json`];
  expect(fs.readdirSync(at("record")).sort()).toEqual([...names, "SHA256SUMS"].sort());
  const sums = fs.readFileSync(at("record/SHA256SUMS"), "utf8").trim().split("\n").sort();
  const digest = (folder: string) => (name: string) =>
    `${sha256Hex(fs.readFileSync(at(`${folder}/${name}`)))}  ${name}`;
  expect(sums).toEqual(names.map(digest("record")).sort());
  expect(names.map(digest("again"))).toEqual(names.map(digest("record")));
});

test("the document names every question with its state, and what nobody looked at", async () => {
  await run("bundle", ...without("--incidents"), "--out", "open-record");
  const html = fs.readFileSync(at("open-record/REV-self-test-run-2026-11-22.html"), "utf8");
  expect(Object.values(QUESTIONS).filter((title) => !html.includes(title))).toEqual([]);
  expect(html).toContain("not shown to be still qualified as of 2026-11-22: 0 of 10 questions open, 1 not looked at");
  expect(html).toContain("what went wrong in use: give --incidents, with an empty list where nothing did");
  expect(html).toContain("Incidents were not looked at: no record of them was given.");
});

test("the document does not say that there is none of what nobody looked for", async () => {
  const unseen = without("--waivers", "--deployed");
  await run("bundle", ...unseen, "--out", "unseen-record");
  await run("bundle", ...WHOLE, "--out", "seen-record");
  const none = (folder: string) => {
    const html = fs.readFileSync(at(`${folder}/REV-self-test-run-2026-11-22.html`), "utf8");
    return ["Drift of what is deployed", "Waivers and attestations"].filter((name) => html.includes(`${name}: none`));
  };
  expect([none("seen-record").length, none("unseen-record")]).toEqual([2, []]);
});

test("a review takes the record of the one before", async () => {
  const earlier = at("earlier.json");
  fs.writeFileSync(earlier, canonicalJson(JSON.parse((await run("bundle", ...WHOLE, "--format", "json")).stdout)));
  const second = WHOLE.map((word) => (word === "2026-11-21" ? "2026-11-22" : word));
  expect((await run("bundle", ...second)).exit).toBe(1);
  expect((await run("bundle", ...second, "--previous", "earlier.json")).exit).toBe(0);
});
