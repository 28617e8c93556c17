// SPDX-License-Identifier: Apache-2.0
import { onlyToAws } from "../../../../validation/target/aws";
import { CountingWire } from "./counting-wire";

const request = (hostname: string, protocol = "https:") => ({ hostname, protocol, method: "GET" });

test.each([
  "sts.eu-central-1.amazonaws.com",
  "iam.amazonaws.com",
  "acme-raw.s3.eu-central-1.amazonaws.com",
  "111122223333.s3-control.eu-central-1.amazonaws.com",
  "s3.cn-north-1.amazonaws.com.cn",
  "lambda.eu-central-1.api.aws",
])("%s is sent to", async (hostname) => {
  const wire = new CountingWire();
  await onlyToAws(wire.handler).handle(request(hostname));
  expect(wire.requests).toEqual([`GET ${hostname}`]);
});

test.each([
  ["an emulator", "127.0.0.1", "https:"],
  ["an emulator by name", "localhost", "https:"],
  ["a domain that only ends alike", "sts.eu-central-1.evilamazonaws.com", "https:"],
  ["a domain that only begins alike", "sts.amazonaws.com.example.org", "https:"],
  ["AWS without TLS", "sts.eu-central-1.amazonaws.com", "http:"],
])("%s gets nothing", async (_, hostname, protocol) => {
  const wire = new CountingWire();
  const call = onlyToAws(wire.handler).handle(request(hostname, protocol));
  await expect(call).rejects.toMatchObject({ code: "TARGET_REFUSED", parts: { got: `${protocol}//${hostname}` } });
  expect(wire.requests).toEqual([]);
});
