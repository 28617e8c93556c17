// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { readJournal, type Summary, verifyBundle } from "../../../../validation/evidence";
import { challenges } from "../../../../validation/oq";
import type { Qualification } from "../../../../validation/qualify";
import type { Observation } from "../../../../validation/qualify/read-only/observation";
import { trailDelivers } from "../../../../validation/qualify/read-only/observations/trail-delivers";
import { qualifyReadOnly, type ReadOnlyOptions } from "../../../../validation/qualify/read-only/read-only";
import { temporaryFolder } from "../../evidence/temporary-folder";
import { CountingWire } from "../../target/aws/counting-wire";
import { ACCOUNT, awsWithTrail, CALLER_ARN, installedTrail, REGION } from "./installed-trail";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const said = { accountId: ACCOUNT, region: REGION, environment: "production" } as const;
let runs = 0;

function optionsOf(more: Partial<ReadOnlyOptions> = {}): ReadOnlyOptions {
  runs += 1;
  const folder = path.join(temporary.path, `run-${runs}`);
  return {
    cwd: temporary.path,
    env: {},
    said,
    ...installedTrail(folder),
    out: path.join(folder, "bundle"),
    provisional: true,
    onProgress: () => undefined,
    wire: new CountingWire(awsWithTrail()),
    ...more,
  };
}

describe("a read-only run", () => {
  const wire = new CountingWire(awsWithTrail());
  let done: Qualification;
  let summary: Summary;
  let report: string;
  const finished = () =>
    readJournal(path.join(done.folder, "journal.jsonl")).flatMap((entry) =>
      entry.type === "step-finished" ? [entry.body] : [],
    );

  beforeAll(async () => {
    done = await qualifyReadOnly(optionsOf({ wire }));
    summary = done.summary;
    report = fs.readFileSync(path.join(done.folder, "report.html"), "utf8");
  });

  it("leaves an intact bundle of AWS that says what it is", () => {
    expect(verifyBundle(done.folder).problems).toEqual([]);
    expect(summary.target).toEqual({
      name: `aws ${ACCOUNT} ${REGION}, read-only`,
      kind: "aws",
      access: "read-only",
    });
  });

  it("names every challenge as not run, with the reason", () => {
    const notRun = finished().filter(({ result }) => result === "NOT RUN");
    expect(notRun.map(({ step }) => step)).toEqual(challenges.map(({ step }) => step.id));
    expect(notRun.filter(({ reason }) => !reason?.startsWith("read-only run: "))).toEqual([]);
  });

  it("says of the challenges that would only read why they are not run either", () => {
    const reading = finished().filter(({ reason }) => reason?.startsWith("read-only run: the step reads "));
    expect(reading.map(({ step }) => step).sort()).toEqual(["OQ-as-found", "OQ-premise-challenged-bucket"]);
  });

  it("reads back what is installed", () => {
    const trail = finished().find(({ step }) => step === "IQ-001");
    expect([trail?.principal, (trail?.rows?.length ?? 0) > 0]).toEqual([CALLER_ARN, true]);
  });

  it("passes a step that only reads by what AWS answers", () => {
    expect(finished().find(({ step }) => step === trailDelivers.step.id)?.result).toBe("PASS");
  });

  it("asks STS and CloudTrail of the region, and nobody else", () => {
    const asked = new Set(wire.requests);
    expect([...asked].sort()).toEqual([`POST cloudtrail.${REGION}.amazonaws.com`, `POST sts.${REGION}.amazonaws.com`]);
  });

  it("confirms account, inputs and guard before anything else", () => {
    const [preflight] = readJournal(path.join(done.folder, "journal.jsonl")).flatMap((entry) =>
      entry.type === "preflight" ? [entry.body] : [],
    );
    expect(preflight!.checks.map(({ id, result }) => [id, result])).toEqual([
      ["PF-01", "PASS"],
      ["PF-02", "PASS"],
      ["PF-03", "PASS"],
    ]);
  });

  it("says read-only in the header, in the running head and in the foot of its report", () => {
    const marks = report.match(/READ-ONLY: read-only: what is installed was read/g) ?? [];
    expect(marks.length).toBeGreaterThanOrEqual(4);
  });

  it("keeps nothing of the state but the attributes that IQ compares", () => {
    const files = fs.readdirSync(done.folder, { recursive: true, encoding: "utf8" });
    expect(files.filter((name) => /state/.test(name))).toEqual([]);
  });
});

test("a step that tries to write is refused, nothing is sent, and the run says so even where the step hides it", async () => {
  const wire = new CountingWire(awsWithTrail());
  const hidden: Observation = {
    step: { ...trailDelivers.step, id: "OQ-read-hidden-write" },
    async run({ clients, region, arn }) {
      const put = new PutBucketPolicyCommand({ Bucket: "acme-raw", Policy: "{}" });
      await clients(region)
        .s3.send(put)
        .catch(() => undefined);
      return { result: "PASS", actual: "nothing happened", principal: arn };
    },
  };
  const { folder, summary } = await qualifyReadOnly(optionsOf({ wire, observations: [hidden] }));
  expect(wire.requests.filter((request) => request.includes("s3"))).toEqual([]);
  expect(summary.status).not.toBe("COMPLETE");
  expect(summary.problems).toContainEqual({
    status: "INCOMPLETE",
    where: "guard of read-only runs",
    what: "WRITE_REFUSED: read-only run: 1 calls were refused and not sent: S3Client PutBucketPolicy",
  });
  expect(verifyBundle(folder).problems).toEqual([]);
});

test("a step that tries to write and says so is blocked", async () => {
  const open: Observation = {
    step: { ...trailDelivers.step, id: "OQ-read-open-write" },
    async run({ clients, region, arn }) {
      await clients(region).s3.send(new PutBucketPolicyCommand({ Bucket: "acme-raw", Policy: "{}" }));
      return { result: "PASS", actual: "written", principal: arn };
    },
  };
  const { summary } = await qualifyReadOnly(optionsOf({ observations: [open] }));
  expect(summary.problems).toContainEqual({
    status: "INCOMPLETE",
    where: "step OQ-read-open-write",
    what: expect.stringContaining("blocked: call not sent in S3Client PutBucketPolicy"),
  });
});

describe("before a bundle is begun", () => {
  async function refusal(more: Partial<ReadOnlyOptions>): Promise<unknown> {
    const options = optionsOf(more);
    const error = await qualifyReadOnly(options).then(
      () => undefined,
      (caught: { code: string; parts?: { where: string } }) => caught,
    );
    expect(fs.existsSync(options.out!)).toBe(false);
    return [error?.code, error?.parts?.where];
  }
  const callerOf = (account: string, arn: string) => ({ wire: new CountingWire(awsWithTrail({ account, arn })) });

  test.each([
    ["an endpoint of the user's own", { env: { AWS_ENDPOINT_URL: "http://localhost:4566" } }, "environment"],
    ["another region in the environment", { env: { AWS_REGION: "us-east-1" } }, "AWS_REGION"],
    ["credentials of another account", callerOf("999988887777", CALLER_ARN), "STS GetCallerIdentity"],
    ["credentials of root", callerOf(ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`), "STS GetCallerIdentity"],
    ["another account", { said: { ...said, accountId: "999988887777" } }, "accountId of the settings"],
    ["another region", { said: { ...said, region: "eu-west-1" } }, "region of the settings"],
    ["another environment", { said: { ...said, environment: "qualification" } }, "environment of the settings"],
  ] as const)("%s is refused", async (_, more, where) => {
    expect(await refusal(more)).toEqual(["TARGET_REFUSED", where]);
  });

  test("a user without credentials is told so, and nothing is sent", async () => {
    const wire = new CountingWire(awsWithTrail());
    const credentials = async () => {
      throw Object.assign(new Error("none found"), { name: "CredentialsProviderError" });
    };
    expect(await refusal({ wire: { handler: wire.handler, credentials } })).toEqual([
      "TRANSPORT",
      "STS GetCallerIdentity",
    ]);
    expect(wire.requests).toEqual([]);
  });

  test("a plan that is not as it was written is refused", async () => {
    const options = optionsOf();
    fs.appendFileSync(path.join(options.plan, "plan.json"), " ");
    await expect(qualifyReadOnly(options)).rejects.toMatchObject({ code: "PLAN_CHANGED" });
  });

  test("a state that is none is refused", async () => {
    const file = path.join(temporary.path, "null.json");
    fs.writeFileSync(file, "null");
    expect(await refusal({ state: file })).toEqual(["TARGET_REFUSED", "ARNs of the state"]);
  });

  test("neither approvals nor --provisional is refused", async () => {
    expect(await refusal({ provisional: false })).toEqual(["APPROVALS_MISSING", "part11 qualify"]);
  });
});
