// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { ensureVenv, locatePython } from "../../../validation/toolchain";
import { fakeMachine, removeFakeMachines } from "./fake-tool";

afterAll(removeFakeMachines);

/** A `python3` that knows its version, makes environments that hold a copy of itself, and runs `pip` as told. */
function fakePython({ version = "3.12.1", ensurepip = true, pip = 'echo pip >> "$LOG"' } = {}): string {
  return `case "$*" in
*platform*) echo ${version} ;;
*ensurepip*) exit ${ensurepip ? 0 : 1} ;;
"-m venv"*) echo venv >> "$LOG"; for target; do :; done; /bin/mkdir -p "$target/bin"; /bin/cp "$0" "$target/bin/python" ;;
"-m pip install --require-hashes"*) ${pip} ;;
*) exit 9 ;;
esac`;
}

function prepared(script: string) {
  const machine = fakeMachine();
  const log = path.join(machine.context.cwd, "log");
  const requirements = path.join(machine.context.cwd, "requirements.txt");
  fs.writeFileSync(requirements, "one==1 --hash=sha256:00\n");
  machine.tool("python3", script);
  const context = { ...machine.context, env: { ...machine.context.env, LOG: log, PYTHONPATH: "/of/the/user" } };
  return { context, requirements, log: () => fs.readFileSync(log, "utf8").trim().split("\n") };
}

const cached = (cwd: string) => fs.readdirSync(path.join(cwd, ".part11"));

describe("an environment", () => {
  test("is made once for a requirements file, and again when the file changes", async () => {
    const { context, requirements, log } = prepared(fakePython());
    const first = await ensureVenv(requirements, context);
    expect(await ensureVenv(requirements, context)).toEqual(first);
    expect(log()).toEqual(["venv", "pip"]);
    fs.appendFileSync(requirements, "two==2 --hash=sha256:00\n");
    expect((await ensureVenv(requirements, context)).folder).not.toBe(first.folder);
    expect(log()).toEqual(["venv", "pip", "venv", "pip"]);
  });

  test("is whole when two make it side by side", async () => {
    const { context, requirements } = prepared(fakePython());
    const [one, two] = await Promise.all([ensureVenv(requirements, context), ensureVenv(requirements, context)]);
    expect(one).toEqual(two);
    expect(fs.existsSync(one.python)).toBe(true);
    expect(cached(context.cwd)).toEqual([path.basename(one.folder)]);
  });

  test("is made without packages of the user", async () => {
    const { context, requirements, log } = prepared(fakePython({ pip: 'echo "PYTHONPATH=$PYTHONPATH" >> "$LOG"' }));
    await ensureVenv(requirements, context);
    expect(log()).toContain("PYTHONPATH=");
  });
});

describe("fails", () => {
  test("without Python", async () => {
    const { context, requirements } = prepared("exit 1");
    await expect(ensureVenv(requirements, context)).rejects.toMatchObject({ code: "PYTHON_MISSING" });
  });

  test("with a Python that cannot make environments, and names the package", async () => {
    const { context, requirements } = prepared(fakePython({ ensurepip: false }));
    await expect(ensureVenv(requirements, context)).rejects.toThrow("python3-venv");
  });

  test("when pip refuses, with pip's error, and leaves nothing in the cache", async () => {
    const { context, requirements } = prepared(fakePython({ pip: "echo 'ERROR: HASHES DO NOT MATCH' >&2; exit 1" }));
    await expect(ensureVenv(requirements, context)).rejects.toThrow("HASHES DO NOT MATCH");
    expect(cached(context.cwd)).toEqual([]);
  });

  test("without the requirements file", async () => {
    const { context } = prepared(fakePython());
    await expect(ensureVenv("/nonexistent/requirements.txt", context)).rejects.toMatchObject({
      code: "FILE_NOT_FOUND",
    });
  });
});

test("python is taken when python3 is too old", async () => {
  const machine = fakeMachine();
  machine.tool("python3", fakePython({ version: "3.9.18" }));
  const file = machine.tool("python", fakePython({ version: "3.10.0" }));
  expect(await locatePython(machine.context)).toEqual({ path: file, version: "3.10.0" });
});
