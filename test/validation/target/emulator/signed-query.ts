// SPDX-License-Identifier: Apache-2.0
import { createHash, createHmac } from "node:crypto";
import * as fs from "node:fs";
import * as https from "node:https";
import type { Credentials, Emulator } from "../../../../validation/target/emulator";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** One request signed by hand (AWS Signature Version 4), for protocols and sub-resources that the SDK does not send. */
export function signedQuery(
  emulator: Emulator,
  credentials: Credentials,
  service: string,
  method: string,
  path: string,
  query: Record<string, string>,
  form?: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const url = new URL(emulator.endpoint);
  const body = form === undefined ? "" : new URLSearchParams(form).toString();
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${stamp.slice(0, 8)}/${emulator.region}/${service}/aws4_request`;
  const search = new URLSearchParams(query).toString();
  const headers: Record<string, string> = {
    ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }),
    host: url.host,
    "x-amz-content-sha256": sha256(body),
    "x-amz-date": stamp,
    ...(credentials.sessionToken === undefined ? {} : { "x-amz-security-token": credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    path,
    search,
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    headers["x-amz-content-sha256"],
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", stamp, scope, sha256(canonical)].join("\n");
  const key = [emulator.region, service, "aws4_request"].reduce<Buffer>(
    hmac,
    hmac(`AWS4${credentials.secretAccessKey}`, stamp.slice(0, 8)),
  );
  const signature = hmac(key, toSign).toString("hex");
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        host: url.hostname,
        port: url.port,
        path: search ? `${path}?${search}` : path,
        method,
        headers,
        ca: fs.readFileSync(emulator.caFile),
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}
