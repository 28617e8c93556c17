// SPDX-License-Identifier: Apache-2.0
// Sensitive values of a plan must not leave the gate by any door: stdout, stderr, a file of any format, an error.
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../validation/cli";
import { FORMATS } from "../../validation/gate";
import { removeTemporaryFolders, temporaryFolder } from "../validation/plan/fixture-app/project";
import { canaryPlan, type Planted } from "./canary-plan";
import { goldenDocuments } from "./mutation/documents";

afterAll(removeTemporaryFolders);

const PLANTED = canaryPlan();

interface Emitted {
  readonly code: number;
  /** stdout and stderr as `-`, and every file that is there after the run and was not before. */
  readonly bytes: ReadonlyMap<string, string>;
}

async function emitted({ plan, synth, lock }: Pick<Planted, "synth" | "lock"> & { plan: string }): Promise<Emitted> {
  const cwd = temporaryFolder();
  const inputs = { "plan.json": plan, "cdk.tf.json": JSON.stringify(synth, null, 2), "lock.hcl": lock };
  for (const [name, text] of Object.entries(inputs)) fs.writeFileSync(path.join(cwd, name), text);
  let told = "";
  const stream = { write: (text: string) => (told += text) };
  const files = ["--plan", "plan.json", "--synth", "cdk.tf.json", "--lock", "lock.hcl", "--environment", "production"];
  const reports = FORMATS.flatMap((format) => ["--report", `${format}=report.${format}`]);
  const argv = ["gate", ...files, "--out", "decisions.json", ...reports];
  const code = await main(argv, { stdout: stream, stderr: stream, env: { PART11_DEBUG: "1" }, cwd });
  const written = fs.readdirSync(cwd).filter((name) => !(name in inputs));
  return { code, bytes: new Map([["-", told], ...written.map((name) => [name, read(cwd, name)] as const)]) };
}

function read(folder: string, name: string): string {
  return fs.readFileSync(path.join(folder, name), "utf8");
}

/** How a text may stand in another one: as it is, in hex, and in base64 at any of its three offsets, edges left off. */
function spellings(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((offset) => {
    const coded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    return coded.slice(offset === 0 ? 0 : offset + 1, -2);
  });
  return [text, bytes.toString("hex"), bytes.toString("hex").toUpperCase(), ...base64];
}

function found(canaries: readonly string[], { bytes }: Emitted): readonly string[] {
  const spelled = canaries.map((canary) => [canary, spellings(canary)] as const);
  return [...bytes].flatMap(([name, text]) => {
    // Every spelling lies within one run of these characters; each run is looked through once, however often it stands there.
    const runs = [...new Set(text.match(/[A-Za-z0-9+/]{10,}/g))].join(" ");
    const hits = spelled.filter(([, ways]) => ways.some((way) => runs.includes(way)));
    return hits.map(([canary]) => `${name} ${canary}`);
  });
}

test.each([
  ["as it is", (text: string) => `x${text}y`],
  ["in base64", (text: string) => Buffer.from(`x${text}yz`).toString("base64")],
  ["in base64 at another offset", (text: string) => Buffer.from(`xy${text}z`).toString("base64")],
  ["in hex", (text: string) => Buffer.from(text).toString("hex")],
  ["encoded for a URL", (text: string) => encodeURIComponent(`"${text}/`)],
  ["escaped in JSON", (text: string) => JSON.stringify(`"\n${text}\n`)],
])("a secret %s is found", (_, written) => {
  const [canary] = PLANTED.canaries as [string];
  expect(found([canary], { code: 0, bytes: new Map([["-", written(canary)]]) })).toEqual([`- ${canary}`]);
});

test("1,000 secrets are in the plan", () => {
  const text = JSON.stringify(PLANTED.plan);
  expect(PLANTED.canaries.length).toBe(1_000);
  expect(new Set(PLANTED.canaries.filter((canary) => text.includes(canary))).size).toBe(1_000);
});

test("none of them is in anything that the gate says or writes", async () => {
  const run = await emitted({ ...PLANTED, plan: JSON.stringify(PLANTED.plan) });
  expect({ code: run.code, outputs: run.bytes.size }).toEqual({ code: 1, outputs: FORMATS.length + 2 });
  expect(found(PLANTED.canaries, run)).toEqual([]);
}, 600_000);

test("a text that is not sensitive is found in every output, so the search finds", async () => {
  const { plan, ...rest } = goldenDocuments();
  for (const { type, change } of plan.resource_changes) {
    if (type === "aws_s3_bucket_object_lock_configuration") {
      change.after.rule = [{ default_retention: [{ mode: "Kq7shownvX2w", days: null, years: 7 }] }];
    }
  }
  const run = await emitted({ ...rest, plan: JSON.stringify(plan) });
  const outputs = new Set(found(["Kq7shownvX2w"], run).map((hit) => hit.split(" ")[0]));
  expect([...outputs].sort()).toEqual([...run.bytes.keys()].sort());
}, 600_000);

const BROKEN: ReadonlyArray<readonly [string, (text: string) => string]> = [
  ["is cut short", (text) => text.slice(0, -5)],
  ["is cut within a secret", (text) => text.slice(0, text.lastIndexOf(PLANTED.canaries[0]!) + 6)],
  ["has a member twice", (text) => `{"complete":true,${text.slice(1)}`],
  ["is of another format", (text) => text.replace(/"format_version":"[^"]*"/, '"format_version":"2.0"')],
  [
    "has a secret for a list",
    (text) => text.replace(/"resource_changes":/, `"resource_changes":"${PLANTED.canaries[0]}","x":`),
  ],
  ["has no end", (text) => `${text}${text}`],
];

test.each(BROKEN)(
  "none of them is in the error of a plan that %s",
  async (_, broken) => {
    const run = await emitted({ ...PLANTED, plan: broken(JSON.stringify(PLANTED.plan)) });
    expect({ code: run.code, outputs: run.bytes.size }).toEqual({ code: 2, outputs: FORMATS.length + 2 });
    expect(found(PLANTED.canaries, run)).toEqual([]);
  },
  600_000,
);
