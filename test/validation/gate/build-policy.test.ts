// SPDX-License-Identifier: Apache-2.0

import { gzipSync } from "node:zlib";
import { bundleFiles } from "../../../validation/gate/bundle";
import { fixturePolicy } from "./policy-fixture";

function control(id: string, name: string, fix = "Do it."): string {
  return [
    "# METADATA",
    "# title: Fixture",
    "# description: Fixture.",
    "# scope: package",
    "# custom:",
    `#   id: ${id}`,
    "#   severity: low",
    '#   clauses: ["11.10(a)"]',
    "#   failure_msg: x",
    `#   fix: "${fix}"`,
    `package part11.${name}`,
    "",
    'not_applicable := "never"',
    "",
  ].join("\n");
}

describe("the policy build", () => {
  it("gives the same wasm and sidecar every time", async () => {
    expect(await fixturePolicy()).toEqual(await fixturePolicy());
  });

  it("takes the METADATA of every control, sorted by id", async () => {
    const { sidecar } = await fixturePolicy({ "part11/fix_00/fix_00.rego": control("FIX-00", "fix_00") });
    expect(sidecar.controls.map(({ id }) => id)).toEqual(["FIX-00", "FIX-01", "FIX-02", "FIX-03"]);
  });

  it("lets a control without environments apply to all of them", async () => {
    const { sidecar } = await fixturePolicy();
    expect(sidecar.controls[0]?.environments).toEqual(["production", "qualification", "development"]);
  });

  it("carries the base document, which wasm does not", async () => {
    expect((await fixturePolicy()).sidecar.data).toEqual({ data: { thresholds: { mode: "COMPLIANCE" } } });
  });

  it("changes the digest of the sources with a rule, not with a test", async () => {
    const [plain, tested, grown] = await Promise.all([
      fixturePolicy(),
      fixturePolicy({ "part11/fix_01/fix_01_test.rego": "package part11.fix_01_test\n\ntest_it if true\n" }),
      fixturePolicy({ "lib/more/more.rego": "package lib.more\n\nmore := 1\n" }),
    ]);
    expect(tested.sidecar.sourcesDigest).toBe(plain.sidecar.sourcesDigest);
    expect(tested.sidecar.wasmDigest).toBe(plain.sidecar.wasmDigest);
    expect(grown.sidecar.sourcesDigest).not.toBe(plain.sidecar.sourcesDigest);
  });

  it("fails on a control package without METADATA", async () => {
    const bare = { "part11/fix_04/fix_04.rego": 'package part11.fix_04\n\nnot_applicable := "never"\n' };
    await expect(fixturePolicy(bare)).rejects.toMatchObject({ code: "POLICY_BUILD" });
  });

  it("fails on an id that stands twice", async () => {
    const twice = { "part11/fix_04/fix_04.rego": control("FIX-01", "fix_04") };
    await expect(fixturePolicy(twice)).rejects.toMatchObject({ code: "POLICY_BUILD" });
  });

  it("fails on METADATA without a fix", async () => {
    const silent = { "part11/fix_04/fix_04.rego": control("FIX-04", "fix_04", "") };
    await expect(fixturePolicy(silent)).rejects.toMatchObject({ code: "SCHEMA_MISMATCH" });
  });

  it("fails on Rego that does not compile", async () => {
    const broken = { "part11/fix_04/fix_04.rego": "package part11.fix_04\n\nanswers contains x if y\n" };
    await expect(fixturePolicy(broken)).rejects.toMatchObject({ code: "POLICY_BUILD" });
  });
});

it("a bundle without files holds none", () => {
  expect(bundleFiles(gzipSync(Buffer.alloc(1024)))).toEqual(new Map());
});
