// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { fakeMachine, removeFakeMachines } from "../toolchain/fake-tool";

afterAll(removeFakeMachines);

const TERRAFORM = `echo '{"terraform_version":"1.11.4"}'`;

/** What `part11 qualify` says and leaves in a folder with these files. */
async function qualifiedIn(files: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}) {
  const { context, tool } = fakeMachine(env);
  tool("terraform", TERRAFORM);
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(context.cwd, name), text);
  let stderr = "";
  const io = { stdout: { write: () => undefined }, stderr: { write: (text: string) => (stderr += text) } };
  const code = await main(["qualify", "--provisional"], { ...io, env: context.env, cwd: context.cwd });
  return { code, stderr, left: fs.readdirSync(context.cwd) };
}

test.each([
  ["Terraform", "TERRAFORM_MISSING", { TERRAFORM_BINARY_NAME: "/nonexistent/terraform" }],
  ["Python", "PYTHON_MISSING", {}],
])(
  "without %s the main job exits 2 with one sentence and leaves neither a bundle nor a folder",
  async (_, refusal, env) => {
    const { code, stderr, left } = await qualifiedIn({ "cdktf.json": `{"app":"false"}` }, env);
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`^\\[ +\\d+\\.\\d s\\] set-up\\npart11: ${refusal}: [^\\n]+\\n$`));
    expect(left).toEqual(["cdktf.json"]);
  },
);

test("in a folder without an app the main job sets nothing up", async () => {
  const { code, stderr, left } = await qualifiedIn({});
  expect(code).toBe(2);
  expect(stderr).toMatch(/^part11: CDKTF_JSON_MISSING: [^\n]+\n$/);
  expect(left).toEqual([]);
});
