// SPDX-License-Identifier: Apache-2.0
import type { EvidenceRef, StepFinished } from "../../../validation/evidence";
import { iqProtocol, runIq } from "../../../validation/iq";
import { sha256Hex } from "../../../validation/json";
import { errorXml, fakeConnection, versioningXml, type WireAnswer } from "./fake-aws";
import { type SampleResource, sampleInputs, VERSIONING } from "./sample-plan";

interface Course {
  readonly events: string[];
  readonly finished: StepFinished[];
  readonly files: Map<string, string>;
}

async function run(
  resources: readonly SampleResource[],
  answer: () => WireAnswer,
  change: (given: ReturnType<typeof sampleInputs>) => ReturnType<typeof sampleInputs> = (given) => given,
): Promise<Course> {
  const { inputs, state } = change(sampleInputs(resources));
  const course: Course = { events: [], finished: [], files: new Map() };
  await runIq({
    ...inputs,
    state,
    connection: fakeConnection(answer),
    evidence: (path, content): EvidenceRef => {
      course.files.set(path, content);
      return { path, sha256: sha256Hex(content), size: Buffer.byteLength(content) };
    },
    onStarted: (step) => course.events.push(`start ${step}`),
    onFinished: (finished) => {
      course.events.push(`finish ${finished.step}`);
      course.finished.push(finished);
    },
  });
  return course;
}

const enabled = () => ({ status: 200, body: versioningXml("Enabled") });
const resultOf = ({ finished }: Course, step = "IQ-001") => finished.find((one) => one.step === step)!;

describe("runIq", () => {
  it("passes a resource that is as configured, with a row an attribute", async () => {
    const { result, rows } = resultOf(await run([VERSIONING], enabled));
    expect([result, rows!.map(({ attribute, result }) => [attribute, result])]).toEqual([
      "PASS",
      [
        ["bucket", "PASS"],
        ["versioning_configuration.status", "PASS"],
      ],
    ]);
  });

  it("fails a resource that was changed, and names the attribute", async () => {
    const changed = await run([VERSIONING], () => ({ status: 200, body: versioningXml("Suspended") }));
    expect(resultOf(changed)).toMatchObject({ result: "FAIL", reason: "differs: versioning_configuration.status" });
  });

  it("fails a resource that AWS does not have", async () => {
    const gone = await run([VERSIONING], () => ({ status: 404, body: errorXml("NoSuchBucket") }));
    expect(resultOf(gone)).toMatchObject({ result: "FAIL", reason: "AWS shows no such resource" });
  });

  it("fails a resource that is not in state", async () => {
    expect(resultOf(await run([{ ...VERSIONING, state: null }], enabled))).toMatchObject({
      result: "FAIL",
      reason: "the resource is not in state",
    });
  });

  const lost = () => {
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  };
  it.each([
    ["the connection is lost", lost, /ECONNREFUSED/],
    ["access is denied", () => ({ status: 403, body: errorXml("AccessDenied") }), /AccessDenied/],
    ["the service is out of order", () => ({ status: 503, body: errorXml("SlowDown") }), /SlowDown/],
    ["the answer cannot be read", () => ({ status: 200, body: "<Versioning" }), /./],
  ])("blocks a step, without rows, when %s", async (_, answer, reason) => {
    const { result, rows, reason: given } = resultOf(await run([VERSIONING], answer as () => WireAnswer));
    expect([result, rows, reason.test(given!)]).toEqual(["BLOCKED", undefined, true]);
  });

  it("blocks a step of a type without a reader", async () => {
    const queue = { type: "aws_cognito_user_pool", name: "signers", config: { name: "a" }, after: { name: "a" } };
    expect(resultOf(await run([queue], enabled))).toMatchObject({
      result: "BLOCKED",
      reason: expect.stringContaining("no live reader"),
    });
  });

  it("blocks a step whose configuration is not in the synth text", async () => {
    const foreign = await run([VERSIONING], enabled, ({ inputs, state }) => ({
      inputs: { ...inputs, synth: {} },
      state,
    }));
    expect(resultOf(foreign)).toMatchObject({ result: "BLOCKED", reason: expect.stringContaining("not in the synth") });
  });

  it("gives every step of the protocol one result, in its order", async () => {
    const two = [VERSIONING, { ...VERSIONING, name: "audit" }];
    const { finished } = await run(two, enabled);
    expect(finished.map(({ step }) => step)).toEqual(iqProtocol(sampleInputs(two).inputs).steps.map(({ id }) => id));
  });

  it("starts every step before it finishes it", async () => {
    const { events } = await run([VERSIONING], enabled);
    expect(events.slice(-2)).toEqual(["start IQ-001", "finish IQ-001"]);
  });

  it("does not run what the target leaves out, and says why", async () => {
    const leftOut = [{ type: "aws_s3_bucket_inventory", reason: "the target cannot apply it" }];
    const course = await run([VERSIONING], enabled, ({ inputs, state }) => ({
      inputs: { ...inputs, profile: { ...inputs.profile, leftOut } },
      state,
    }));
    expect(resultOf(course, "IQ-LEFT-OUT-aws_s3_bucket_inventory")).toMatchObject({
      result: "NOT RUN",
      reason: "the target cannot apply it",
    });
  });

  it("keeps request and answer of every call as evidence", async () => {
    const { files } = await run([VERSIONING], enabled);
    const { exchanges } = JSON.parse(files.get("iq/IQ/IQ-001.json")!);
    expect(exchanges).toMatchObject([
      { operation: "GetBucketVersioning", response: { status: 200, body: { text: versioningXml("Enabled") } } },
    ]);
  });

  it("keeps no credential in evidence", async () => {
    const { files } = await run([VERSIONING], enabled);
    expect([...files.values()].join()).not.toMatch(/session-token|not-a-secret|Credential=/);
  });

  it("keeps no sensitive value in evidence", async () => {
    const secret = { ...VERSIONING, after: { ...VERSIONING.after, note: "Enabled" }, sensitive: { note: true } };
    const { files } = await run([secret], enabled);
    expect(files.get("iq/IQ/IQ-001.json")).toContain("<Status>(sensitive)</Status>");
  });

  it("starts no resource step once it is aborted", async () => {
    const { inputs, state } = sampleInputs([VERSIONING]);
    const started: string[] = [];
    const aborted = runIq({
      ...inputs,
      state,
      connection: fakeConnection(enabled),
      evidence: (path, content) => ({ path, sha256: sha256Hex(content), size: Buffer.byteLength(content) }),
      onStarted: (step) => started.push(step),
      onFinished: () => undefined,
      signal: AbortSignal.abort(new Error("interrupted")),
    });
    await expect(aborted).rejects.toThrow("interrupted");
    expect(started).not.toContain("IQ-001");
  });

  it("refuses a state that is not Terraform's", async () => {
    const foreign = run([VERSIONING], enabled, ({ inputs }) => ({ inputs, state: {} }));
    await expect(foreign).rejects.toMatchObject({ code: "PLAN_FORMAT" });
  });
});
