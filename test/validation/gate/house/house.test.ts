// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { main } from "../../../../validation/cli";
import { type Decisions, judge } from "../../../../validation/gate";
import { assertSchema } from "../../../../validation/json";
import { PRODUCTION } from "../../../gate/mutation/documents";

const RULES = path.join(__dirname, "rules");
const RULE = fs.readFileSync(path.join(RULES, "acme_01", "acme_01.rego"), "utf8");
const FILES = {
  plan: path.join(PRODUCTION, "plan.json"),
  synth: path.join(PRODUCTION, "cdk.tf.json"),
  lock: path.join(PRODUCTION, ".terraform.lock.hcl"),
  environment: "production",
  maxBytes: 2 ** 29 - 1,
};

let folder: string;
let built: { code: number; stdout: string; stderr: string };
let without: Decisions;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  built = await part11("policy", "build", RULES, "--out", "house");
  without = judge(FILES, folder);
}, 600_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function part11(...argv: string[]) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const io = { stdout: stream("stdout"), stderr: stream("stderr"), env: process.env, cwd: folder };
  return { code: await main(argv, io), ...written };
}

/** A copy of the built pair with something changed. */
function changed(name: string, change: (pair: { wasm: Buffer; sidecar: Sidecar }) => void): string {
  const pair = {
    wasm: fs.readFileSync(path.join(folder, "house", "house.wasm")),
    sidecar: JSON.parse(fs.readFileSync(path.join(folder, "house", "house.json"), "utf8")),
  };
  change(pair);
  fs.mkdirSync(path.join(folder, name));
  fs.writeFileSync(path.join(folder, name, "house.wasm"), pair.wasm);
  fs.writeFileSync(path.join(folder, name, "house.json"), JSON.stringify(pair.sidecar));
  return name;
}

interface Sidecar {
  wasmDigest: string;
  controls: { id: string; package: string }[];
}

/** Compiles other rules; the text of the error when that fails. */
async function buildOf(name: string, rule: string, id = "acme_01"): Promise<{ code: number; stderr: string }> {
  const rules = path.join(folder, `${name}-rules`);
  fs.mkdirSync(path.join(rules, id), { recursive: true });
  fs.writeFileSync(path.join(rules, id, `${id}.rego`), rule);
  return part11("policy", "build", rules, "--out", name);
}

describe("part11 policy build", () => {
  it("compiles a folder of house rules", () => {
    expect(built).toEqual({ code: 0, stdout: expect.stringMatching(/^1 house rules in .*house\.wasm/), stderr: "" });
  });

  it.each([
    ["a rule with an id of ours", "BUNDLE_REFUSED", RULE.replace("ACME-01", "P11-10c-02")],
    ["a rule with an id that may be ours some day", "BUNDLE_REFUSED", RULE.replace("ACME-01", "P11-999-99")],
    ["a rule without a fix", "SCHEMA_MISMATCH", RULE.replace("Begin its name with acme-.", "")],
    ["a rule of our packages", "SCHEMA_MISMATCH", RULE.replace("package house.", "package part11.")],
    ["Rego that does not compile", "POLICY_BUILD", `${RULE}\nanswers contains x if y\n`],
    ["a built-in that the gate does not have", "POLICY_BUILD", `${RULE}\n_sent := http.send({"method": "GET"})\n`],
  ])("refuses %s", async (name, code, rule) => {
    const result = await buildOf(name.replaceAll(" ", "-"), rule);
    expect({ exit: result.code, stderr: result.stderr }).toEqual({
      exit: 2,
      stderr: expect.stringMatching(new RegExp(`^part11: ${code}: `)),
    });
  });
});

describe("part11 gate --bundle", () => {
  it("adds the findings of house rules and leaves everything else as it is", () => {
    const decisions = judge(FILES, folder, { bundle: "house" });
    const added = decisions.controls.filter(({ id }) => id === "ACME-01");
    expect(added.map(({ status, findings }) => ({ status, some: findings.length > 0 }))).toEqual([
      { status: "fail", some: true },
    ]);
    expect(decisions.controls.filter(({ id }) => id !== "ACME-01")).toEqual(without.controls);
    expect(decisions.verdict).toBe("fail");
    expect(decisions.digests.bundle).toMatch(/^[0-9a-f]{64}$/);
    expect(() => assertSchema("decisions", decisions, "decisions")).not.toThrow();
  });

  it("takes the wasm with its sidecar beside it, and both in a .tar.gz, for the same", () => {
    const archive = path.join(folder, "house.tar.gz");
    const files = ["house.wasm", "house.json"];
    expect(spawnSync("tar", ["-czf", archive, "-C", path.join(folder, "house"), ...files]).status).toBe(0);
    const decisions = judge(FILES, folder, { bundle: "house" });
    for (const bundle of ["house/house.wasm", "house.tar.gz"])
      expect(judge(FILES, folder, { bundle })).toEqual(decisions);
  });

  const broken: ReadonlyArray<readonly [string, string, () => string]> = [
    ["that is not there", "FILE_NOT_FOUND", () => "absent"],
    [
      "whose wasm is not the one of its sidecar",
      "POLICY_DIGEST",
      () => changed("digest", (p) => (p.sidecar.wasmDigest = "0".repeat(64))),
    ],
    ["with an id of ours", "BUNDLE_REFUSED", () => changed("ours", (p) => (p.sidecar.controls[0]!.id = "P11-10c-02"))],
    [
      "with an id of ours in other letters",
      "BUNDLE_REFUSED",
      () => changed("letters", (p) => (p.sidecar.controls[0]!.id = "meta-01")),
    ],
    [
      "of our packages",
      "POLICY_FOREIGN",
      () => changed("family", (p) => (p.sidecar.controls[0]!.package = "part11.acme_01")),
    ],
    [
      "that leaves a control out",
      "ENGINE_PROOF",
      () =>
        changed("more", (p) =>
          p.sidecar.controls.push({ ...p.sidecar.controls[0]!, id: "ACME-02", package: "house.acme_02" }),
        ),
    ],
    ["that is our own policy", "POLICY_FOREIGN", () => path.join(PRODUCTION, "../../../policies/part11.wasm")],
    [
      "that is an archive of nothing",
      "BUNDLE_REFUSED",
      () => {
        fs.writeFileSync(path.join(folder, "none.tar.gz"), "no archive");
        return "none.tar.gz";
      },
    ],
  ];

  it.each(broken)("judges nothing, with exit code 2, for a bundle %s", async (_, code, bundle) => {
    const argv = ["--plan", FILES.plan, "--environment", "production", "--format", "json", "--bundle", bundle()];
    const { code: exit, stdout } = await part11("gate", ...argv);
    expect({ exit, code: JSON.parse(stdout).error?.code }).toEqual({ exit: 2, code });
  });
});
