// SPDX-License-Identifier: Apache-2.0
import type { LambdaClient } from "@aws-sdk/client-lambda";
import { LambdaScan } from "../../../modules/ingest/arrivals/aws-scan";

const version = { bucket: "inbox", key: "k", versionId: "v1" };
const content = { bytes: 1, sha256: "a".repeat(64) };

/** The verdict when the function answers so. */
async function verdict(answer: () => object) {
  const asked: Array<Record<string, unknown>> = [];
  const send = async ({ input }: { input: Record<string, unknown> }) => {
    asked.push(input);
    return answer();
  };
  const scan = new LambdaScan({ send } as unknown as LambdaClient, "arn:aws:lambda:scan");
  return { said: await scan.look(version, content), asked };
}

const payload = (value: unknown) => () => ({ Payload: Buffer.from(JSON.stringify(value)) });

test("the function is given version, size and hash, and waited for", async () => {
  const { said, asked } = await verdict(payload({ versionId: "v1", verdict: "CLEAN" }));
  expect(said).toEqual({ verdict: "CLEAN" });
  expect(asked).toEqual([
    {
      FunctionName: "arn:aws:lambda:scan",
      InvocationType: "RequestResponse",
      Payload: JSON.stringify({ ...version, ...content }),
    },
  ]);
});

test("a refusal keeps its reason", async () => {
  const { said } = await verdict(payload({ versionId: "v1", verdict: "REFUSED", reason: "eicar \ud800" }));
  expect(said).toEqual({ verdict: "REFUSED", reason: "eicar \ufffd" });
});

test.each<[string, () => object]>([
  ["an answer about another version", payload({ versionId: "v2", verdict: "CLEAN" })],
  ["an answer about no version", payload({ verdict: "CLEAN" })],
  ["another word", payload({ versionId: "v1", verdict: "clean" })],
  ["no verdict", payload({ versionId: "v1" })],
  ["null", payload(null)],
  ["no JSON", () => ({ Payload: Buffer.from("CLEAN") })],
  ["nothing", () => ({})],
  [
    "a function that failed",
    () => ({ FunctionError: "Unhandled", ...payload({ versionId: "v1", verdict: "CLEAN" })() }),
  ],
  [
    "a function that cannot be called",
    () => {
      throw new Error("throttled");
    },
  ],
])("%s is no verdict", async (_title, answer) => {
  expect((await verdict(answer)).said).toMatchObject({ verdict: "UNKNOWN" });
});
