// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { gate } from "../../../validation/cli/gate";
import type { Decisions, Finding } from "../../../validation/gate";
import { assertSchema } from "../../../validation/json";
import { PRODUCTION } from "../../gate/mutation/documents";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  fs.writeFileSync(path.join(folder, "plan.json"), JSON.stringify(withoutMetrics()));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** The production plan with one failure: the first replication is not measured. */
function withoutMetrics(): unknown {
  const plan = JSON.parse(fs.readFileSync(path.join(PRODUCTION, "plan.json"), "utf8"));
  const replicated = plan.resource_changes.find((r: { type: string }) => r.type === REPLICATION);
  for (const { destination } of replicated.change.after.rule) destination[0].metrics = [];
  return plan;
}

const REPLICATION = "aws_s3_bucket_replication_configuration";

async function run(...options: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const inputs = ["--plan", "plan.json", "--synth", path.join(PRODUCTION, "cdk.tf.json")];
  const settings = ["--settings", path.join(PRODUCTION, "part11.yaml"), "--environment", "production"];
  const argv = [...inputs, "--lock", path.join(PRODUCTION, ".terraform.lock.hcl"), ...settings];
  const io = { stdout: stream("stdout"), stderr: stream("stderr"), env: {}, cwd: folder };
  const code = await gate([...argv, ...options], io);
  return { code, ...written };
}

async function decided(...options: readonly string[]): Promise<Decisions> {
  return JSON.parse((await run(...options, "--format", "json")).stdout);
}

/** waivers.yaml for a finding as the gate prints it. */
function waiverOf({ address, attribute, actual, expectedDigest, valueDigest }: Finding, control: string): string {
  return [
    "schemaVersion: 1",
    "waivers:",
    `  - control: ${control}`,
    `    address: ${JSON.stringify(address)}`,
    `    attribute: ${attribute}`,
    `    actual: ${JSON.stringify(actual)}`,
    `    digest: ${JSON.stringify(expectedDigest)}`,
    `    valueDigest: ${valueDigest}`,
    "    reason: The replica region has no metrics before December.",
    "    author: ann.lee",
    "    approver: bo.chen",
    "    ticket: QA-17",
    "    granted: 2026-11-01",
    "    expires: 2026-12-01",
    "",
  ].join("\n");
}

function written(name: string, text: string): string {
  fs.writeFileSync(path.join(folder, name), text);
  return name;
}

describe("part11 gate --waivers", () => {
  let waivers: string;
  beforeAll(async () => {
    const { controls } = await decided();
    const found = controls
      .filter(({ status }) => status !== "pending")
      .flatMap(({ id, findings }) => findings.map((finding) => ({ id, finding })));
    expect(found.map(({ id }) => id)).toEqual(["P11-10c-10"]);
    waivers = written("waivers.yaml", waiverOf(found[0]!.finding, found[0]!.id));
  });

  it("lets the finding through that the file names, with exit code 0, and shows it", async () => {
    const { code, stdout } = await run("--waivers", waivers, "--as-of", "2026-11-21");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^part11 gate {2}pass, 1 waived {2}production\n/);
    expect(stdout).toMatch(/waived, as of 2026-11-21\n {2}P11-10c-10 {2}fail medium .* QA-17 approved by bo\.chen\n/);
  });

  it("prints decisions that hold to their schema, the same bytes for the same day", async () => {
    const options = ["--waivers", waivers, "--as-of", "2026-11-21"];
    const decisions = await decided(...options);
    expect(() => assertSchema("decisions", decisions, "stdout")).not.toThrow();
    expect(decisions).toEqual(await decided(...options));
    expect(decisions.controls.filter(({ status }) => status === "waived").map(({ id }) => id)).toEqual(["P11-10c-10"]);
  });

  it("fails with exit code 1 the day after the waiver expired, and names its line", async () => {
    const { code, stdout } = await run("--waivers", waivers, "--as-of", "2026-12-02", "--fail-on", "critical");
    expect(code).toBe(1);
    expect(stdout).toMatch(/fail critical {2}waivers\.yaml:3 {2}expires\n/);
  });

  it("fails with exit code 1 when an entry covers nothing, and names its line", async () => {
    const text = fs.readFileSync(path.join(folder, waivers), "utf8").replace("metrics.status", "metrics.gone");
    const { code, stdout } = await run("--waivers", written("gone.yaml", text), "--as-of", "2026-11-21");
    expect(code).toBe(1);
    expect(stdout).toMatch(/fail critical {2}gone\.yaml:3 {2}covers\n/);
  });

  it.each([
    ["a file that is not there", "FILE_NOT_FOUND", () => ["--waivers", "absent.yaml"]],
    ["a file of another shape", "SCHEMA_MISMATCH", () => ["--waivers", written("odd.yaml", "waivers: all\n")]],
    [
      "a lock mode",
      "WAIVER_REFUSED",
      () => ["--waivers", written("lock.yaml", replaced(/P11-10c-10/, "P11-10c-02")), "--as-of", "2026-11-21"],
    ],
    ["a day that is none", "USAGE", () => ["--waivers", waivers, "--as-of", "2026-02-30"]],
    ["a day without waivers", "USAGE", () => ["--as-of", "2026-11-21"]],
    ["the file as output", "USAGE", () => ["--waivers", waivers, "--out", waivers]],
  ] as const)("judges nothing, with exit code 2, for %s", async (_, code, options) => {
    const result = await run(...options(), "--format", "json");
    expect({ exit: result.code, error: JSON.parse(result.stdout).error?.code }).toEqual({ exit: 2, error: code });
  });

  it("judges for today, UTC, unless told otherwise", async () => {
    const empty = written("empty.yaml", "schemaVersion: 1\n");
    const before = new Date().toISOString().slice(0, 10);
    const { waiversAsOf } = await decided("--waivers", empty);
    expect([before, new Date().toISOString().slice(0, 10)]).toContain(waiversAsOf);
  });

  function replaced(from: RegExp, to: string): string {
    return fs.readFileSync(path.join(folder, waivers), "utf8").replace(from, to);
  }
});
