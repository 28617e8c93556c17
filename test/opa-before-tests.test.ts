// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import opaBeforeTests from "./opa-before-tests";
import { fakeMachine, removeFakeMachines } from "./validation/toolchain/fake-tool";

afterAll(removeFakeMachines);

const OPA = '#!/bin/sh\\necho "Version: 1.22.0"\\n';

function machineWithGo() {
  const machine = fakeMachine();
  machine.tool("go", `printf '${OPA}' > "$GOBIN/opa"; /bin/chmod 755 "$GOBIN/opa"`);
  return machine;
}

test("a run of all tests has opa before the first of them", async () => {
  const { context } = machineWithGo();
  await opaBeforeTests({ testPathPatterns: { patterns: [] } }, undefined, context);
  expect(fs.existsSync(path.join(context.cwd, ".part11", "opa-1.22.0", "opa"))).toBe(true);
});

test("a run of named tests builds nothing beforehand", async () => {
  const { context, progress } = machineWithGo();
  await opaBeforeTests({ testPathPatterns: { patterns: ["test/modules"] } }, undefined, context);
  expect([fs.readdirSync(context.cwd), progress]).toEqual([[], []]);
});
