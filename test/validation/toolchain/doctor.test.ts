// SPDX-License-Identifier: Apache-2.0
import { doctor } from "../../../validation/cli/doctor";
import { examineNode, terraformToDownload } from "../../../validation/toolchain/doctor";
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

test("says what to do about a missing tool that nothing makes and exits 1", async () => {
  const { code, lines } = await run(fakeMachine());
  expect(lines).toContain("missing  python: Install Python 3.10 or later.");
  expect(code).toBe(1);
});

test("exits 0 without Terraform where one is pinned to download, and without opa", async () => {
  const machine = fakeMachine({ GOPROXY: "off" });
  machine.tool("python3", PYTHON);
  const { code, lines } = await run(machine);
  const { state, said } = terraformToDownload(terraformPlatform());
  expect(lines).toContain(`${state.padEnd(8)} terraform: ${said}`);
  expect(code).toBe(state === "missing" ? 1 : 0);
});

test("names the Terraform that would be downloaded", () => {
  const said = "Not on this machine; 1.11.4 would be downloaded by the first plan.";
  expect(terraformToDownload("linux_amd64")).toEqual({ name: "terraform", state: "optional", said });
});

test.each(["freebsd_amd64", "constructor"])("calls Terraform missing on %s, for which none is pinned", (platform) => {
  expect(terraformToDownload(platform)).toMatchObject({ state: "missing", said: expect.stringContaining(platform) });
});

test("says of a missing opa that only tests and policies need it", async () => {
  const { lines } = await run(fakeMachine());
  expect(lines.find((line) => line.includes(" opa: "))).toMatch(
    /^optional opa: Only the tests and changes of policies/,
  );
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
