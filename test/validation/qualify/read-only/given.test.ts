// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { sha256Hex } from "../../../../validation/json";
import { readGivenPlan, readGivenState } from "../../../../validation/qualify/read-only/given";
import { temporaryFolder } from "../../evidence/temporary-folder";
import { installedTrail } from "./installed-trail";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());
let runs = 0;

function installed() {
  runs += 1;
  return installedTrail(path.join(temporary.path, `given-${runs}`));
}

/** A folder whose plan.json is this value, by its digest. */
function planOf(value: unknown): string {
  const { plan } = installed();
  const text = JSON.stringify(value);
  const digests = path.join(plan, "digests.json");
  const written = JSON.parse(fs.readFileSync(digests, "utf8"));
  fs.writeFileSync(path.join(plan, "plan.json"), text);
  fs.writeFileSync(digests, JSON.stringify({ ...written, "plan.json": sha256Hex(text) }));
  return plan;
}

const refused = (code: string, where: string) =>
  expect.objectContaining({ code, parts: expect.objectContaining({ where }) });

test("a plan folder is read with the digests that were taken when it was written", () => {
  const { plan } = installed();
  const { digests, terraformVersion, startedAt } = readGivenPlan(plan);
  expect(digests).toEqual(JSON.parse(fs.readFileSync(path.join(plan, "digests.json"), "utf8")));
  expect([terraformVersion, startedAt.toISOString()]).toEqual([expect.any(String), "2026-11-20T08:00:00.000Z"]);
});

test.each(["plan.bin", "plan.json", "cdk.tf.json", ".terraform.lock.hcl"])("a changed %s is refused", (name) => {
  const { plan } = installed();
  const file = path.join(plan, name);
  fs.appendFileSync(file, " ");
  expect(() => readGivenPlan(plan)).toThrow(refused("PLAN_CHANGED", file));
});

test("a file that is gone is refused", () => {
  const { plan } = installed();
  const file = path.join(plan, "plan.bin");
  fs.rmSync(file);
  expect(() => readGivenPlan(plan)).toThrow(refused("PLAN_CHANGED", file));
});

test.each([["null"], ["{}"], ["[]"]])("digests that say %s are of no plan", (text) => {
  const { plan } = installed();
  fs.writeFileSync(path.join(plan, "digests.json"), text);
  expect(() => readGivenPlan(plan)).toThrow(refused("PLAN_CHANGED", path.join(plan, "plan.bin")));
});

const WHOLE = { timestamp: "2026-11-20T08:00:00Z", terraform_version: "1.9.0", resource_changes: [] };

test.each([
  ["that is no object", null],
  ["that is a list", [WHOLE]],
  ["without a time", { ...WHOLE, timestamp: undefined }],
  ["without Terraform's version", { ...WHOLE, terraform_version: undefined }],
  ["without changes", { ...WHOLE, resource_changes: {} }],
])("a plan %s is refused, whatever its digest says", (_, value) => {
  const folder = planOf(value);
  expect(() => readGivenPlan(folder)).toThrow(refused("PLAN_FORMAT", path.join(folder, "plan.json")));
});

test("a state is read with the SHA-256 of its file", () => {
  const { state } = installed();
  const given = readGivenState(state);
  expect(given).toEqual({
    state: JSON.parse(fs.readFileSync(state, "utf8")),
    sha256: sha256Hex(fs.readFileSync(state)),
  });
});
