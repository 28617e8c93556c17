// SPDX-License-Identifier: Apache-2.0
import { doctor } from "../../../validation/cli/doctor";
import { examineNode } from "../../../validation/toolchain/doctor";
import { GO_ARCHIVE_SHA256 } from "../../../validation/toolchain/go-toolchain";
import { terraformPlatform } from "../../../validation/toolchain/terraform";
import { fakeMachine, removeFakeMachines } from "./fake-tool";

afterAll(removeFakeMachines);

async function run(machine: ReturnType<typeof fakeMachine>) {
  let out = "";
  const stdout = { write: (text: string) => (out += text) };
  const { cwd, env } = machine.context;
  const code = await doctor([], { stdout, stderr: stdout, env, cwd });
  return { code, lines: out.trim().split("\n") };
}

const TERRAFORM = `echo '{"terraform_version":"1.11.4"}'`;
const PYTHON = 'case "$*" in *platform*) echo 3.11.7 ;; esac';

test("says that everything is there and exits 0", async () => {
  const machine = fakeMachine();
  machine.tool("terraform", TERRAFORM);
  machine.tool("python3", PYTHON);
  const { code, lines } = await run(machine);
  expect(lines.filter((line) => line.startsWith("missing"))).toEqual([]);
  expect(code).toBe(0);
});

test("says what to do about each missing tool and exits 1", async () => {
  const { code, lines } = await run(fakeMachine());
  expect(lines.filter((line) => line.startsWith("missing"))).toEqual([
    "missing  terraform: Install Terraform 1.9 or later, or let part11 plan download 1.11.4.",
    "missing  python: Install Python 3.10 or later.",
  ]);
  expect(code).toBe(1);
});

test("calls a wrong TERRAFORM_BINARY_NAME missing", async () => {
  const machine = fakeMachine({ TERRAFORM_BINARY_NAME: "/nonexistent/terraform" });
  machine.tool("python3", PYTHON);
  expect((await run(machine)).code).toBe(1);
});

const GO_PINNED = terraformPlatform() in GO_ARCHIVE_SHA256;

test.each([
  ["a Go on PATH", {}, true, /would be built with \/.*\/go\.$/],
  ["a downloaded Go", {}, false, GO_PINNED ? /would be built with a downloaded Go 1\.26\.8\.$/ : /no Go is pinned/],
  ["neither", { GOPROXY: "off" }, false, GO_PINNED ? /install opa 1\.22\.0 or Go \(GOPROXY names/ : /no Go is pinned/],
])("says of a missing opa that it would be built with %s", async (_title, env, hasGo, said) => {
  const machine = fakeMachine(env);
  if (hasGo) machine.tool("go", "exit 1");
  const { lines } = await run(machine);
  expect(lines.find((line) => line.includes(" opa: "))).toMatch(said);
});

test.each([
  ["20.9.0", "ok"],
  ["24.1.0", "ok"],
  ["20.8.1", "missing"],
  ["18.20.0", "missing"],
])("node %s is %s", (version, state) => {
  expect(examineNode(version).state).toBe(state);
});
