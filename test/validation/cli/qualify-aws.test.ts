// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { protocol } from "../../../validation/cli/protocol";
import { type QualifyPorts, qualify } from "../../../validation/cli/qualify";
import { sha256Hex } from "../../../validation/json";
import { qualifyReadOnly, readApproved } from "../../../validation/qualify";
import { temporaryFolder } from "../evidence/temporary-folder";
import { ACCOUNT, awsWithTrail, installedTrail, REGION } from "../qualify/read-only/installed-trail";
import { InMemoryKms } from "../seal-kms/in-memory";
import { CountingWire } from "../target/aws/counting-wire";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());
let runs = 0;

function given(environment: "production" | "qualification") {
  runs += 1;
  return installedTrail(path.join(temporary.path, `given-${runs}`), environment);
}

async function called(argv: readonly string[], wire = new CountingWire(awsWithTrail())) {
  let [out, err] = ["", ""];
  const io = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
    env: {},
    cwd: temporary.path,
  };
  const ports: QualifyPorts = { kms: async () => new InMemoryKms(), wire };
  const result = await qualify([...argv], io, ports).catch((error: { code: string; parts?: object }) => error);
  return { result, out, err, requests: wire.requests };
}

const SAID = ["--target", "aws", "--account", ACCOUNT, "--region", REGION];
const filesOf = ({ plan, settings }: ReturnType<typeof given>) => ["--plan", plan, "--settings", settings];

describe("options", () => {
  const all = ["--plan", "plan", "--settings", "settings.yaml"];

  test.each([
    ["of AWS without the target", ["--account", ACCOUNT], "--account without it"],
    ["of reading without the target", ["--read-only"], "--read-only without it"],
    ["of the cost without the target", ["--accept-cost"], "--accept-cost without it"],
    ["without an account", ["--target", "aws", "--region", REGION, ...all], "none"],
    ["without a region", ["--target", "aws", "--account", ACCOUNT, ...all], "none"],
    ["without a plan", [...SAID, "--settings", "settings.yaml"], "none"],
    ["without settings", [...SAID, "--plan", "plan"], "none"],
    ["that read without a state", [...SAID, ...all, "--read-only"], "none"],
    ["that read and send files", [...SAID, ...all, "--read-only", "--state", "s", "--arrivals", "5"], "--arrivals"],
    ["that read and accept a cost", [...SAID, ...all, "--read-only", "--state", "s", "--accept-cost"], "--accept-cost"],
    [
      "that read and sign in KMS",
      [...SAID, ...all, "--read-only", "--state", "s", "--kms-key", "alias/a"],
      "--kms-key",
    ],
  ])("%s are refused", async (_, argv, got) => {
    const { result, requests } = await called(argv);
    expect([result, requests]).toEqual([
      expect.objectContaining({ code: "USAGE", parts: expect.objectContaining({ got }) }),
      [],
    ]);
  });

  test.each([
    ["--account", "1111"],
    ["--region", "Frankfurt"],
    ["--environment", "development"],
    ["--target", "localstack"],
  ])("%s %s is refused", async (option, value) => {
    expect((await called(["--target", "aws", option, value])).result).toMatchObject({ code: "USAGE" });
  });
});

describe("--read-only", () => {
  test("reads as production, prints what it is, and exits 1 where something is missing", async () => {
    const files = given("production");
    const argv = [...SAID, ...filesOf(files), "--state", files.state, "--read-only", "--provisional", "--out", "read"];
    const { result, out } = await called(argv);
    expect(result).toBe(1);
    expect(out).toContain(`target       aws ${ACCOUNT} ${REGION}, read-only`);
    expect(out).toContain("READ-ONLY    ");
  });
});

describe("a run that writes", () => {
  /** The plan with one lock more, and digests that fit. */
  function withLock(files: ReturnType<typeof given>, days: number) {
    const file = path.join(files.plan, "plan.json");
    const plan = JSON.parse(fs.readFileSync(file, "utf8"));
    const after = { bucket: "acme-qual-raw", rule: [{ default_retention: [{ mode: "COMPLIANCE", days }] }] };
    const type = "aws_s3_bucket_object_lock_configuration";
    plan.resource_changes.push({
      address: `${type}.raw`,
      mode: "managed",
      type,
      change: { actions: ["create"], after },
    });
    fs.writeFileSync(file, JSON.stringify(plan));
    const digests = path.join(files.plan, "digests.json");
    const sha256 = sha256Hex(fs.readFileSync(file));
    fs.writeFileSync(digests, JSON.stringify({ ...JSON.parse(fs.readFileSync(digests, "utf8")), "plan.json": sha256 }));
    return files;
  }

  test("on production is refused before anything is asked", async () => {
    const { result, requests } = await called([
      ...SAID,
      ...filesOf(given("production")),
      "--environment",
      "production",
    ]);
    expect(result).toMatchObject({ code: "TARGET_REFUSED", parts: { where: "--environment" } });
    expect(requests).toEqual([]);
  });

  test("with a lock of two days is refused", async () => {
    const { result } = await called([...SAID, ...filesOf(withLock(given("qualification"), 2))]);
    expect(result).toMatchObject({ code: "TARGET_REFUSED", parts: { got: "COMPLIANCE for 2 days on acme-qual-raw" } });
  });

  test("tells what it costs, and goes no further until somebody accepts that, in a pipeline too", async () => {
    const { result, err, requests } = await called([...SAID, ...filesOf(withLock(given("qualification"), 1))]);
    expect(result).toMatchObject({ code: "COST_NOT_ACCEPTED" });
    expect(err).toContain("cannot be deleted before their day by anybody");
    expect(requests).toEqual([]);
  });

  test("in another account is refused after the cost was accepted", async () => {
    const wire = new CountingWire(awsWithTrail({ account: "999988887777", arn: "arn:aws:iam::999988887777:user/x" }));
    const argv = [...SAID, ...filesOf(withLock(given("qualification"), 1)), "--accept-cost"];
    expect((await called(argv, wire)).result).toMatchObject({ code: "TARGET_REFUSED" });
  });

  test("that every guard lets through is refused as a whole: nothing but STS is asked", async () => {
    const argv = [...SAID, ...filesOf(withLock(given("qualification"), 1)), "--accept-cost"];
    const { result, requests } = await called(argv);
    expect(result).toMatchObject({ code: "NOT_IMPLEMENTED", parts: { expected: "--read-only" } });
    expect(requests).toEqual([`POST sts.${REGION}.amazonaws.com`]);
  });
});

describe("part11 protocol --target aws", () => {
  async function issued(...argv: string[]) {
    let out = "";
    const io = {
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: () => true },
      env: {},
      cwd: temporary.path,
    };
    const result = await protocol(argv, io).catch((error: { code: string }) => error);
    return { result, out };
  }

  test("issues exactly what --read-only executes, and asks AWS nothing", async () => {
    const files = given("production");
    const { result, out } = await issued(...SAID, ...filesOf(files), "--read-only", "--out", "issued");
    expect([result, out]).toEqual([0, expect.stringMatching(/^IQ {3}version 1 {2}3 steps.*\noq {3}version 1/)]);
    const { plan, settings, state } = files;
    const approved = readApproved(path.join(temporary.path, "issued"), undefined);
    const said = { accountId: ACCOUNT, region: REGION, environment: "production" } as const;
    const wire = new CountingWire(awsWithTrail());
    const told = { cwd: temporary.path, env: {}, said, plan, settings, state, onProgress: () => undefined, wire };
    const done = await qualifyReadOnly({ ...told, approved, provisional: true, out: "executed" });
    expect(done.summary.problems.filter(({ where }) => where.startsWith("protocol "))).toEqual([]);
  });

  test("issues nothing for a run that writes, which this version does not execute", async () => {
    const { result } = await issued(...SAID, ...filesOf(given("qualification")), "--out", "written");
    expect(result).toMatchObject({ code: "USAGE", parts: { expected: "--read-only beside --target aws" } });
  });
});
