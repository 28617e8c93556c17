// SPDX-License-Identifier: Apache-2.0
import { Readable } from "node:stream";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Transcript } from "../../../validation/target/transcript";

/** Secrets Manager that answers with what it was sent, or breaks with it. */
function client(breaks = false): SecretsManagerClient {
  const handle = async (sent: { body: Uint8Array; headers: Record<string, string> }) => {
    const body = Buffer.concat([sent.body]).toString();
    if (breaks) throw new Error(`no connection for ${body}`);
    const seen = { ...sent.headers, "content-type": "application/x-amz-json-1.1", "x-echo": encodeURIComponent(body) };
    return { response: { statusCode: 200, headers: seen, body: Readable.from([Buffer.from(body)]) } };
  };
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  return new SecretsManagerClient({
    region: "eu-west-1",
    credentials,
    maxAttempts: 1,
    requestHandler: { handle } as never,
  });
}

/** A password with signs that JSON and URLs write otherwise. */
const PASSWORD = 'p"w\\ /+%1';

async function told(transcript: Transcript, breaks = false): Promise<string> {
  const attached = transcript.attach(client(breaks), "role");
  await attached.send(new CreateSecretCommand({ Name: "n", SecretString: PASSWORD })).catch(() => undefined);
  return JSON.stringify(transcript.exchanges);
}

const FORMS = [PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), encodeURIComponent(PASSWORD)].map((form) =>
  JSON.stringify(form).slice(1, -1),
);

test("a request and its answer are kept as they are", async () => {
  const text = await told(new Transcript());
  expect(text).toContain(FORMS[1]);
});

test.each([
  ["an answer", false],
  ["a broken connection", true],
])("what is withheld stands nowhere in an exchange with %s", async (_, breaks) => {
  const transcript = new Transcript();
  transcript.withhold(PASSWORD);
  const text = await told(transcript, breaks);
  expect(FORMS.filter((form) => text.includes(form))).toEqual([]);
  expect(text).toContain("(withheld)");
  expect(transcript.exchanges).toHaveLength(1);
});
