// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
  ephemeralSealKey,
  publicKeyFromPem,
  publicKeyPem,
  readJournal,
  type Summary,
  verifyBundle,
} from "../../validation/evidence";
import type { Facts } from "../../validation/facts";
import { decide, decisionBytes, evaluate, loadPolicy } from "../../validation/gate";
import { parseStrict } from "../../validation/json";
import { challenges } from "../../validation/oq";
import { packageRoot } from "../../validation/package-root";
import { qualify } from "../../validation/qualify";
import { readProfile } from "../../validation/qualify/profile";
import type { Exchange } from "../../validation/target/transcript";

const key = ephemeralSealKey();
let scratch: string;
let bundle: string;
let summary: Summary;
let said: string[];

/** `refused: 403 Code`, or `HTTP 200` with or without the code of a per-key error. */
const STATUS = /refused: (?<s>\d{3}) (?<c>\w+)|HTTP (?<h>\d{3})(?: with a per-key error (?<k>\w+))?/g;

/** The main job, once: every test below reads what it left. */
beforeAll(async () => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-qualify-"));
  said = [];
  // Few: `part11 qualify` sends more, and CI runs it beside this.
  const sent = { arrivals: 20 };
  const options = {
    cwd: packageRoot(),
    env: process.env,
    out: path.join(scratch, "bundle"),
    key,
    provisional: true,
    ...sent,
  };
  ({ folder: bundle, summary } = await qualify({ ...options, onProgress: (line) => said.push(line) }));
}, 1_800_000);

afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const entries = () => readJournal(path.join(bundle, "journal.jsonl"));

test("the evidence is complete for this target, and says that it is development evidence", () => {
  expect(summary.problems).toEqual([]);
  expect(summary.status).toBe("COMPLETE");
  expect(summary.conclusion).toMatch(
    /^development evidence complete for this target, \d+ steps? not run on it; provisional: executed without the required approvals$/,
  );
});

test("the machine's clock was held against the target's, which is the same one", () => {
  expect(summary.clocks).toEqual({
    kind: "same-machine",
    startSkewMs: expect.any(Number),
    endSkewMs: expect.any(Number),
  });
});

test("planned is executed and blocked and not run and not applicable", () => {
  const { planned, executed, blocked, notRun, notApplicable } = summary.counts;
  expect(planned).toBe(executed + blocked + notRun + notApplicable);
  expect(blocked).toBe(0);
});

test("only steps that require AWS, and what the target leaves out, are not run", () => {
  const notRun = entries().flatMap((entry) =>
    entry.type === "step-finished" && entry.body.result === "NOT RUN" ? [entry.body.step] : [],
  );
  const onAwsOnly = challenges.filter(({ step }) => step.requires === "aws").map(({ step }) => step.id);
  const leftOut = readProfile("emulator").leaveOut.map(({ type }) => `IQ-LEFT-OUT-${type}`);
  expect(notRun.sort()).toEqual([...onAwsOnly, ...leftOut].sort());
});

test("every negative step has a twin that was allowed and a mutant that went through", () => {
  const negative = new Set(challenges.filter(({ step }) => step.kind === "negative").map(({ step }) => step.id));
  for (const entry of entries()) {
    if (entry.type !== "step-finished" || !negative.has(entry.body.step)) continue;
    expect(entry.body).toMatchObject({ result: "PASS", twin: { result: "PASS" }, mutant: { result: "PASS" } });
  }
});

test("every protocol is fixed before the first step", () => {
  const seqOf = (type: string) =>
    entries()
      .filter((entry) => entry.type === type)
      .map(({ seq }) => seq);
  expect(Math.max(...seqOf("protocol-fixed"))).toBeLessThan(Math.min(...seqOf("step-started")));
});

test("the production plan is judged without a finding, and no plan is applied that was not judged", () => {
  const judged = entries().flatMap((entry) => (entry.type === "gate-decided" ? [entry.body] : []));
  expect(judged.find(({ plan }) => plan === "landing-zone-production")).toMatchObject({
    verdict: "pass",
    findings: [],
  });
  const applied = entries().flatMap((entry) => (entry.type === "apply-started" ? [entry.body] : []));
  for (const { plan, planSha256 } of applied) {
    expect(judged.find((decision) => decision.plan === plan)?.planSha256).toBe(planSha256);
  }
});

test("the document that the policies judged is there, and they decide the same of it again", () => {
  const policy = loadPolicy();
  const judged = entries().flatMap((entry) => (entry.type === "gate-decided" ? [entry.body] : []));
  expect(judged).toHaveLength(3);
  for (const { facts, decisions } of judged) {
    const document = parseStrict(fs.readFileSync(path.join(bundle, facts.path)), facts.path) as Facts;
    const again = decisionBytes(decide(document, policy, evaluate(document, policy), { failOn: "low" }));
    expect(again).toBe(fs.readFileSync(path.join(bundle, decisions.path), "utf8"));
  }
});

test("what a second plan reads otherwise is shown before and after", () => {
  for (const plan of ["landing-zone", "oq-challenge"]) {
    const { drift } = JSON.parse(fs.readFileSync(path.join(bundle, "second-plan", `${plan}.json`), "utf8"));
    expect(drift.length).toBeGreaterThan(0);
    for (const { attributes, values } of drift) expect(Object.keys(values).sort()).toEqual([...attributes].sort());
  }
});

test("Terraform, the package's code and the locked Python packages are named by digest, Python by version", () => {
  const tools = entries().flatMap((entry) => (entry.type === "tool-versions" ? entry.body.tools : []));
  const tool = (name: string) => tools.find((one) => one.name.startsWith(name));
  for (const name of ["terraform", "cdktf-part11", "requirements.txt"]) {
    expect(tool(name)?.sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(tool("python")?.version).toMatch(/^3\.\d+\.\d+$/);
});

test("a second plan is empty", () => {
  const again = entries().flatMap((entry) => (entry.type === "second-plan" ? [entry.body] : []));
  expect(again.map(({ plan, exitCode, changes }) => ({ plan, exitCode, changes }))).toEqual([
    { plan: expect.any(String), exitCode: 0, changes: [] },
    { plan: expect.any(String), exitCode: 0, changes: [] },
  ]);
});

test("no call was made as the emulator's root", () => {
  const transcripts = fs.readdirSync(path.join(bundle, "transcripts", "oq")).flatMap(
    (file) =>
      JSON.parse(fs.readFileSync(path.join(bundle, "transcripts", "oq", file), "utf8")) as Array<{
        principal: string;
      }>,
  );
  expect(transcripts.length).toBeGreaterThan(100);
  // A client that does not speak SSH is refused before it says who it is.
  const nobody = "none: no user is named";
  expect(transcripts.filter(({ principal }) => !/:role\//.test(principal) && principal !== nobody)).toEqual([]);
});

test("every HTTP status in an Actual is one that the wire carried, with the code beside it", () => {
  const invented = entries().flatMap((entry) => {
    if (entry.type !== "step-finished" || entry.body.protocol !== "oq") return [];
    const { step, actual, twin, mutant, evidence } = entry.body;
    const answers = evidence
      .flatMap(({ path: file }) => JSON.parse(fs.readFileSync(path.join(bundle, file), "utf8")) as Exchange[])
      .flatMap(({ response }) => (response ? [`${response.status} ${JSON.stringify(response.body)}`] : []));
    const said = [actual, twin?.actual, mutant?.actual].join("\n").matchAll(STATUS);
    return [...said]
      .filter(
        ({ groups = {} }) =>
          !answers.some((a) => a.startsWith(groups.s ?? groups.h!) && a.includes(groups.c ?? groups.k ?? "")),
      )
      .map(([text]) => `${step}: ${text}`);
  });
  expect(invented).toEqual([]);
});

test("what every refused call left unchanged is recorded where the protocol accepts by it", () => {
  const promising = challenges.filter(
    ({ step }) => step.kind === "negative" && /unchanged|still logging|afterwards/.test(step.acceptance),
  );
  const silent = promising.filter(({ step }) => {
    const finished = entries().find((entry) => entry.type === "step-finished" && entry.body.step === step.id);
    return finished?.type !== "step-finished" || !finished.body.actual.includes("; afterwards: ");
  });
  expect(promising.length).toBeGreaterThan(8);
  expect(silent.map(({ step }) => step.id)).toEqual([]);
});

test("the installed system is left as it was found, and what remains is named", () => {
  const left = entries().flatMap((entry) =>
    entry.type === "step-finished" && entry.body.step === "OQ-as-left" ? [entry.body] : [],
  );
  expect(left).toMatchObject([
    { result: "PASS", actual: expect.stringMatching(/settings as before\. Remains: [1-9]\d* versions/) },
  ]);
});

test("installation rows show the default that was read", () => {
  const rows = entries().flatMap((entry) => (entry.type === "step-finished" ? (entry.body.rows ?? []) : []));
  const usage = rows.filter(({ attribute }) => attribute === "key_usage");
  expect(usage.length).toBeGreaterThan(0);
  for (const { config, live } of usage)
    expect({ config, live }).toMatchObject({
      config: { kind: "not-set" },
      live: { kind: "default", value: "ENCRYPT_DECRYPT" },
    });
});

test("it verifies with the signer's key, and says so when nobody pins the signer", () => {
  const signer = publicKeyFromPem(Buffer.from(publicKeyPem(key.publicKey)), "key");
  expect(verifyBundle(bundle, signer)).toMatchObject({ exit: 0, problems: [] });
  expect(verifyBundle(bundle)).toMatchObject({ exit: 3, problems: [] });
});

test("no credential and no folder of this machine is in the bundle", () => {
  const files = fs
    .readdirSync(bundle, { recursive: true, encoding: "utf8" })
    .filter((file) => fs.statSync(path.join(bundle, file)).isFile());
  const leaking = files.filter((file) => {
    const text = fs.readFileSync(path.join(bundle, file), "utf8");
    return (
      /BEGIN [A-Z ]*PRIVATE KEY|aws_secret|SecretAccessKey|SessionToken"|x-amz-security-token: [^(]/i.test(text) ||
      text.includes(scratch) ||
      text.includes(packageRoot())
    );
  });
  expect(leaking).toEqual([]);
});

test("progress names every stage", () => {
  expect(said.join("\n")).toMatch(
    /set-up[\s\S]*plans; start[\s\S]*gate[\s\S]*apply[\s\S]*second plan[\s\S]*installation[\s\S]*operational[\s\S]*seal/,
  );
});
