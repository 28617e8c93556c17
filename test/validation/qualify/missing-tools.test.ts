// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { main } from "../../../validation/cli";
import { fakeMachine, removeFakeMachines } from "../toolchain/fake-tool";

afterAll(removeFakeMachines);

const TERRAFORM = `echo '{"terraform_version":"1.11.4"}'`;

test.each([
  ["Terraform", "TERRAFORM_MISSING", { TERRAFORM_BINARY_NAME: "/nonexistent/terraform" }],
  ["Python", "PYTHON_MISSING", {}],
])(
  "without %s the main job exits 2 with one sentence and leaves neither a bundle nor a folder",
  async (_, code, env) => {
    const { context, tool } = fakeMachine(env);
    tool("terraform", TERRAFORM);
    let stderr = "";
    const io = { stdout: { write: () => undefined }, stderr: { write: (text: string) => (stderr += text) } };
    expect(await main(["qualify", "--provisional"], { ...io, env: context.env, cwd: context.cwd })).toBe(2);
    expect(stderr).toMatch(new RegExp(`^\\[ +\\d+\\.\\d s\\] set-up\\npart11: ${code}: [^\\n]+\\n$`));
    expect(fs.readdirSync(context.cwd)).toEqual([]);
  },
);
