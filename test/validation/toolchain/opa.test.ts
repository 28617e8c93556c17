// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { ensureOpa, locateOpa } from "../../../validation/toolchain";
import { fakeMachine, removeFakeMachines } from "./fake-tool";

afterAll(removeFakeMachines);

const saysVersion = (version: string) => `echo 'Version: ${version}'`;
/** A `go` that writes an `opa` into GOBIN when it is asked for exactly the pinned module. */
const fakeGo = (version: string) =>
  [
    '[ "$1 $2" = "install github.com/open-policy-agent/opa@v1.22.0" ] || exit 1',
    `printf '#!/bin/sh\\necho "Version: ${version}"\\n' > "$GOBIN/opa"`,
    '/bin/chmod 755 "$GOBIN/opa"',
  ].join("\n");

test("opa of exactly the needed version is taken from PATH", async () => {
  const machine = fakeMachine();
  const file = machine.tool("opa", saysVersion("1.22.0"));
  expect(await ensureOpa(machine.context)).toEqual({ path: file, version: "1.22.0", source: "PATH" });
});

test.each(["1.22.1", "1.21.0", "1.22.0-dev"])("opa %s on PATH is passed over, with a word", async (version) => {
  const machine = fakeMachine();
  machine.tool("opa", saysVersion(version));
  expect(await locateOpa(machine.context)).toBeUndefined();
  expect(machine.progress).toEqual([expect.stringContaining(`its version is ${version}`)]);
});

test("opa is built by go once and then found in the cache", async () => {
  const machine = fakeMachine();
  const go = machine.tool("go", fakeGo("1.22.0"));
  expect(await ensureOpa(machine.context)).toMatchObject({ version: "1.22.0", source: "go install" });
  fs.rmSync(go);
  expect(await ensureOpa(machine.context)).toMatchObject({ version: "1.22.0", source: "cache" });
});

test("fails without opa, go and a proxy to download Go from", async () => {
  const { context } = fakeMachine({ GOPROXY: "off" });
  await expect(ensureOpa(context)).rejects.toMatchObject({ code: "OPA_MISSING" });
});

test("fails when go cannot build it, with what go said, and leaves nothing in the cache", async () => {
  const machine = fakeMachine();
  machine.tool("go", "echo 'no route to host' >&2; exit 1");
  await expect(ensureOpa(machine.context)).rejects.toThrow("no route to host");
  expect(fs.readdirSync(path.join(machine.context.cwd, ".part11"))).toEqual([]);
});

test("fails when go built another version", async () => {
  const machine = fakeMachine();
  machine.tool("go", fakeGo("1.22.1"));
  await expect(ensureOpa(machine.context)).rejects.toMatchObject({ code: "OPA_MISSING" });
});
