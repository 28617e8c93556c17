// SPDX-License-Identifier: Apache-2.0
import { guardRefuses, journalPreflight } from "../../../../validation/qualify/read-only/preflight";
import { ReadOnlyGuard } from "../../../../validation/target/aws";
import { Transcript } from "../../../../validation/target/transcript";
import { ACCOUNT, CALLER_ARN } from "./installed-trail";

const AT = { region: "eu-central-1" };

test("a guard that lets nothing out passes its preflight", async () => {
  expect(await guardRefuses(AT, new ReadOnlyGuard())).toMatchObject({
    result: "PASS",
    actual: "WRITE_REFUSED, WRITE_REFUSED; 0 requests",
  });
});

test("a guard that lets a write out fails it", async () => {
  const { result, actual } = await guardRefuses(AT, new ReadOnlyGuard({ S3Client: ["PutObject"] }));
  expect([result, actual]).toEqual(["FAIL", expect.stringMatching(/, WRITE_REFUSED; [1-9]\d* requests$/)]);
});

test("a guard whose handler lets clients without guard out fails it", async () => {
  const open = new ReadOnlyGuard();
  open.handler = (wire) => wire;
  const { result, actual } = await guardRefuses(AT, open);
  expect([result, actual]).toEqual(["FAIL", expect.stringMatching(/^WRITE_REFUSED, .*; [1-9]\d* requests$/)]);
});

describe("the journal", () => {
  const at = new Date("2026-11-22T12:00:00Z");
  const said = { accountId: ACCOUNT, region: AT.region, environment: "production" } as const;
  const identity = { arn: CALLER_ARN, account: ACCOUNT, target: "aws" } as const;
  const executor = { identity, login: { name: "anna", source: "operating-system" } } as const;
  const confirmed = { said, executor, startedAt: at, finishedAt: at, transcript: new Transcript(), given: {} };

  /** What is written of the checks, and what stops the run. */
  async function written(guard: ReadOnlyGuard) {
    const results: string[] = [];
    const append = (_: string, { checks }: { checks: Array<{ result: string }> }) =>
      results.push(...checks.map(({ result }) => result));
    const bundle = { addJson: () => ({ path: "transcripts/preflight.json" }), journal: { append } };
    const stopped = await journalPreflight(bundle as never, confirmed, guard).catch((error: unknown) => error);
    return { results, stopped };
  }

  test("has every check of a guard that lets nothing out, and the run goes on", async () => {
    expect(await written(new ReadOnlyGuard())).toEqual({ results: ["PASS", "PASS", "PASS"], stopped: undefined });
  });

  test("has the failure of a guard that lets a write out, and the run goes no further", async () => {
    const { results, stopped } = await written(new ReadOnlyGuard({ S3Client: ["PutObject"] }));
    expect(results).toEqual(["PASS", "PASS", "FAIL"]);
    expect(stopped).toMatchObject({ code: "TARGET_REFUSED", parts: { where: "preflight PF-03" } });
  });
});
