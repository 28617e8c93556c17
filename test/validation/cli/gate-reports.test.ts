// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { FORMATS, type Format } from "../../../validation/gate";
import { PRODUCTION } from "../../gate/mutation/documents";
import { removeTemporaryFolders, temporaryFolder } from "../plan/fixture-app/project";

const INPUTS = ["plan.json", "cdk.tf.json", ".terraform.lock.hcl", "part11.yaml"];
const [PLAN, SYNTH, LOCK, SETTINGS] = INPUTS.map((name) => path.join(PRODUCTION, name)) as [
  string,
  string,
  string,
  string,
];
const FILES = ["--plan", PLAN, "--synth", SYNTH, "--lock", LOCK, "--settings", SETTINGS];
const COMPLETE = [...FILES, "--environment", "production"];
const UNJUDGED = ["--plan", "absent.json", "--environment", "production"];

afterAll(removeTemporaryFolders);

async function gate(argv: readonly string[], cwd = temporaryFolder(), env: NodeJS.ProcessEnv = {}) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({ write: (text: string) => (written[name] += text) });
  const code = await main(["gate", ...argv], { stdout: stream("stdout"), stderr: stream("stderr"), env, cwd });
  const read = (name: string) => fs.readFileSync(path.join(cwd, name), "utf8");
  return { code, cwd, read, ...written };
}

const reports = (formats: readonly Format[]) => formats.flatMap((format) => ["--report", `${format}=report.${format}`]);
/** The time of judging stands in OSCAL. */
const timeless = (text: string) =>
  text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "");

test("each --report holds what --format prints, all of one run", async () => {
  const { code, read, cwd } = await gate([...COMPLETE, ...reports(FORMATS), "--out", "decisions.json"]);
  expect(code).toBe(0);
  expect(fs.readdirSync(cwd).sort()).toEqual(["decisions.json", ...FORMATS.map((format) => `report.${format}`)].sort());
  for (const format of FORMATS) {
    const { stdout } = await gate([...COMPLETE, "--format", format]);
    expect(timeless(read(`report.${format}`))).toBe(timeless(stdout));
  }
  expect(read("decisions.json")).toBe(read("report.json"));
}, 600_000);

test("findings point at the line of the synth, below the repository that CI names", async () => {
  const cwd = temporaryFolder();
  const inner = path.join(cwd, "infra");
  fs.mkdirSync(inner);
  const plan = JSON.parse(fs.readFileSync(PLAN, "utf8"));
  for (const { type, change } of plan.resource_changes) {
    if (type === "aws_cloudtrail") change.after.enable_log_file_validation = false;
  }
  fs.writeFileSync(path.join(inner, "plan.json"), JSON.stringify(plan));
  fs.copyFileSync(SYNTH, path.join(inner, "cdk.tf.json"));
  const argv = ["--plan", "plan.json", "--synth", "cdk.tf.json", "--lock", LOCK, "--environment", "production"];
  const { code, stdout } = await gate([...argv, "--format", "github"], inner, { GITHUB_WORKSPACE: cwd });
  const [, file, line] = /^::error file=([^,]+),line=(\d+),title=P11-10e-02 /m.exec(stdout) ?? [];
  const block = fs.readFileSync(SYNTH, "utf8").split("\n")[Number(line) - 1];
  expect({ code, file, block }).toEqual({
    code: 1,
    file: "infra/cdk.tf.json",
    block: expect.stringMatching(/Zone_Trail_/),
  });
});

describe("a run that could not judge", () => {
  test("writes its error into every report, over what an earlier run left", async () => {
    const cwd = temporaryFolder();
    for (const format of FORMATS) fs.writeFileSync(path.join(cwd, `report.${format}`), "an earlier pass");
    const { code, read } = await gate([...UNJUDGED, ...reports(FORMATS)], cwd);
    expect(code).toBe(2);
    for (const format of FORMATS)
      expect({ format, text: read(`report.${format}`) }).toEqual({
        format,
        text: expect.stringContaining("FILE_NOT_FOUND"),
      });
  });

  test("does so too when the command line is refused", async () => {
    const cwd = temporaryFolder();
    for (const name of ["d.json", "r.xml"]) fs.writeFileSync(path.join(cwd, name), "an earlier pass");
    const { code, read } = await gate(
      ["--plan", PLAN, "--out", "d.json", "--report=junit=r.xml", "--format", "sarif"],
      cwd,
    );
    expect(code).toBe(2);
    expect([read("d.json"), read("r.xml")]).toEqual([
      expect.stringContaining("USAGE"),
      expect.stringContaining("USAGE"),
    ]);
  });

  test("leaves no report of an earlier run where another one cannot be written", async () => {
    const cwd = temporaryFolder();
    fs.writeFileSync(path.join(cwd, "r.xml"), "an earlier pass");
    fs.mkdirSync(path.join(cwd, "folder"));
    const argv = [...COMPLETE, "--report", "sarif=folder", "--report", "junit=r.xml"];
    const { code, read, stderr } = await gate(argv, cwd);
    expect({ code, report: read("r.xml") }).toEqual({ code: 2, report: expect.stringContaining("OUT_NOT_WRITABLE") });
    expect(stderr).toMatch(/^OUT_NOT_WRITABLE: [^\n]+\n$/);
  });

  test.each(FORMATS)("prints its error as %s and nothing else", async (format) => {
    const { code, stdout } = await gate([...UNJUDGED, "--format", format]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining("FILE_NOT_FOUND") });
  });
});

describe("refused before the work is", () => {
  test.each([
    ["a format that is not known", ["--report", "pdf=r.pdf"]],
    ["a report without a file", ["--report", "sarif="]],
    ["a report without a format", ["--report", "r.sarif"]],
    ["one file for two reports", ["--report", "sarif=r", "--report", "junit=./r"]],
    ["one file for a report and --out", ["--report", "sarif=r", "--out", "r"]],
    ["an input as report", ["--report", `html=${PLAN}`]],
  ])("%s", async (_, argv) => {
    const before = fs.readFileSync(PLAN);
    const { code, stdout } = await gate([...COMPLETE, ...argv, "--format", "json"]);
    expect({ code, error: JSON.parse(stdout).error.code }).toEqual({ code: 2, error: "USAGE" });
    expect(fs.readFileSync(PLAN).equals(before)).toBe(true);
  });

  test("an input as report on a refused command line, and it stays as it is", async () => {
    const cwd = temporaryFolder();
    fs.copyFileSync(PLAN, path.join(cwd, "plan.json"));
    const { code, read } = await gate(["--plan", "plan.json", "--report", "html=./plan.json", "--bogus"], cwd);
    expect({ code, plan: read("plan.json") === fs.readFileSync(PLAN, "utf8") }).toEqual({ code: 2, plan: true });
  });
});
