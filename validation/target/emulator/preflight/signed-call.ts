// SPDX-License-Identifier: Apache-2.0
import { createHash, createHmac } from "node:crypto";
import * as fs from "node:fs";
import * as https from "node:https";
import type { Stage } from "./stage";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

export interface SignedCall {
  /** Signing name of the service, for example `transfer`. */
  readonly service: string;
  /** As transcripts name it, for example `CreateServer`. */
  readonly operation: string;
  readonly method?: "POST" | "PUT";
  readonly path?: string;
  /** `X-Amz-Target` of a JSON protocol. */
  readonly target?: string;
  readonly body: object;
}

/**
 * One JSON call signed by hand (AWS Signature Version 4) as the administrator, for services whose SDK client this package
 * does not carry; kept in the transcript like the others.
 *
 * @throws Error with the answer's body unless the status is 2xx
 */
export async function signedCall(stage: Stage, call: SignedCall): Promise<Record<string, unknown>> {
  const { emulator, administrator } = stage;
  const url = new URL(emulator.endpoint);
  const [method, path, text] = [call.method ?? "POST", call.path ?? "/", JSON.stringify(call.body)];
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${stamp.slice(0, 8)}/${emulator.region}/${call.service}/aws4_request`;
  const headers: Record<string, string> = {
    "content-type": "application/x-amz-json-1.1",
    host: url.host,
    "x-amz-content-sha256": sha256(text),
    "x-amz-date": stamp,
    ...(administrator.sessionToken === undefined ? {} : { "x-amz-security-token": administrator.sessionToken }),
    ...(call.target === undefined ? {} : { "x-amz-target": call.target }),
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}`);
  const canonical = [method, path, "", ...lines, "", names.join(";"), headers["x-amz-content-sha256"]].join("\n");
  const dateKey = hmac(`AWS4${administrator.secretAccessKey}`, stamp.slice(0, 8));
  const key = [emulator.region, call.service, "aws4_request"].reduce<Buffer>(hmac, dateKey);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", stamp, scope, sha256(canonical)].join("\n")).toString("hex");
  const credential = `${administrator.accessKeyId}/${scope}`;
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  const { status, body } = await send(emulator.caFile, url, method, path, headers, text);
  stage.transcript.keep({
    principal: stage.administratorArn,
    operation: call.operation,
    request: { scheme: "https", method, path, query: {}, headers: {}, body: { text } },
    response: { status, headers: {}, body: { text: body } },
    transportError: null,
  });
  if (status >= 300) throw new Error(`${call.operation}: ${status} ${body}`);
  return body === "" ? {} : (JSON.parse(body) as Record<string, unknown>);
}

function send(
  caFile: string,
  url: URL,
  method: string,
  path: string,
  headers: Record<string, string>,
  text: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: url.hostname, port: url.port, path, method, headers, ca: fs.readFileSync(caFile) };
    const request = https.request(options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on("error", reject);
    request.end(text);
  });
}
