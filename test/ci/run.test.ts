// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const GREEN = "Tests:       2 skipped, 10 passed, 12 total";

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  fs.mkdirSync(path.join(root, ".ci"));
  fs.copyFileSync(path.join(__dirname, "..", "..", ".ci", "run"), path.join(root, ".ci", "run"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

/** Runs a copy of .ci/run with an `npm` that does what `script` says for each of its arguments (`$*`). */
function run(script: string) {
  fs.writeFileSync(path.join(root, "npm"), `#!/bin/bash\necho "$*" >> calls\ncase "$*" in\n${script}\nesac\n`, {
    mode: 0o755,
  });
  const env = { ...process.env, PATH: `${root}:${process.env.PATH}` };
  const { status, stdout } = spawnSync("bash", [path.join(root, ".ci", "run")], { cwd: root, env, encoding: "utf8" });
  const calls = fs.readFileSync(path.join(root, "calls"), "utf8").trim().split("\n");
  return { status, last: stdout.trimEnd().split("\n").at(-1), stdout, calls };
}

test("runs every step once and sums what jest counted", () => {
  const { status, last, calls } = run(`test|"run test:full") echo "${GREEN}" ;;`);
  expect(calls).toEqual([
    "ci",
    "test",
    "run qualify",
    "run test:browser",
    "run test:pdfa",
    "run bench",
    "run test:full",
  ]);
  expect([status, last]).toEqual([0, "25 passed, 0 failed, 4 skipped"]);
});

test("leaves out the skipped when there are none", () => {
  const { last } = run(`test|"run test:full") echo "Tests:       10 passed, 10 total" ;;`);
  expect(last).toBe("25 passed, 0 failed");
});

test("reads jest's counts through colours, and sums several runs of one step", () => {
  const colour = `printf '\\033[1mTests: \\033[22m 1 failed, 3 passed, 4 total\\n'`;
  const { status, last } = run(`test) echo "${GREEN}"; ${colour} ;; "run test:full") echo "${GREEN}" ;;`);
  expect([status, last]).toEqual([1, "28 passed, 1 failed, 4 skipped"]);
});

test("a broken limit of the bench is counted as skipped, by name", () => {
  const bench = `"run bench") echo "BROKEN  gate: 9 (limit 5)"; exit 1 ;;`;
  const { status, last, stdout } = run(`${bench} test|"run test:full") echo "${GREEN}" ;;`);
  expect([status, last]).toEqual([0, "24 passed, 0 failed, 5 skipped"]);
  expect(stdout).toContain("a limit is broken: BROKEN  gate: 9 (limit 5)");
});

test("a check whose tool is not there is counted as skipped, by name, and never as passed", () => {
  const absent = `"run test:pdfa") echo "SKIPPED test:pdfa: no Java" ;;`;
  const { status, last, stdout } = run(`${absent} test|"run test:full") echo "${GREEN}" ;;`);
  expect([status, last]).toEqual([0, "24 passed, 0 failed, 5 skipped"]);
  expect(stdout).toContain("SKIPPED test:pdfa: no Java");
});

const failures: [string, string, string][] = [
  [
    "a failed main job",
    `"run qualify") exit 1 ;; test|"run test:full") echo "${GREEN}" ;;`,
    "24 passed, 1 failed, 4 skipped",
  ],
  [
    "a bench that could not run",
    `"run bench") exit 2 ;; test|"run test:full") echo "${GREEN}" ;;`,
    "24 passed, 1 failed, 4 skipped",
  ],
  ["a test run that ran nothing", `test) ;; "run test:full") echo "${GREEN}" ;;`, "15 passed, 1 failed, 2 skipped"],
  [
    "a test run that ends badly",
    `test) echo "${GREEN}"; exit 1 ;; "run test:full") echo "${GREEN}" ;;`,
    "25 passed, 1 failed, 4 skipped",
  ],
  ["an install that failed", "ci) exit 1 ;;", "0 passed, 7 failed"],
];

test.each(failures)("%s is a failure, and the rest still counts", (_title, script, expected) => {
  const { status, last } = run(script);
  expect([status, last]).toEqual([1, expected]);
});
