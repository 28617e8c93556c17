// SPDX-License-Identifier: Apache-2.0
import * as http from "node:http";
import { childEnvironment, offlineEnvironment } from "../../../validation/plan/child-environment";
import { type StsStub, startStsStub } from "../../../validation/plan/sts-stub";

describe("the STS stub", () => {
  let stub: StsStub;
  beforeAll(async () => {
    stub = await startStsStub("111122223333");
  });
  afterAll(() => stub.close());

  const call = (action: string, path = "/") =>
    fetch(`${stub.url}${path}`, { method: "POST", body: `Action=${action}&Version=2011-06-15` });

  test("listens on the loopback interface only", () => {
    expect(stub.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test("knows its account", async () => {
    const response = await call("GetCallerIdentity");
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining("<Account>111122223333</Account>"),
    ]);
  });

  test.each([
    ["GetUser", "/"],
    ["AssumeRole", "/"],
    ["GetCallerIdentity", "/bucket/key"],
  ])("refuses %s at %s with an error that SDKs do not retry", async (action, path) => {
    const response = await call(action, path);
    expect([response.status, await response.text()]).toEqual([
      403,
      expect.stringContaining("<Code>AccessDenied</Code>"),
    ]);
  });

  test("refuses to be a way out", async () => {
    const { hostname, port } = new URL(stub.url);
    const status = await new Promise((resolve) => {
      const request = http.request({ hostname, port, method: "CONNECT", path: "example.org:443" });
      request.on("connect", (response, socket) => {
        socket.destroy();
        resolve(response.statusCode);
      });
      request.end();
    });
    expect(status).toBe(403);
  });
});

describe("the environment of a child", () => {
  const USER = { PATH: "/bin", AWS_PROFILE: "payer", AWS_SECRET_ACCESS_KEY: "s", TF_CLI_ARGS: "-x", TF_VAR_a: "1" };

  test.each(["offline", "emulator"] as const)("has nothing of the user's AWS for %s", (target) => {
    const env = childEnvironment(USER, target, {});
    expect(Object.keys(env).filter((name) => name in USER)).toEqual(["PATH", "TF_VAR_a"]);
    expect(env).toMatchObject({ AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" });
  });

  test("has the emulator's own settings for emulator, and only there", () => {
    const own = { AWS_ACCESS_KEY_ID: "emulator" };
    expect(childEnvironment(USER, "emulator", own)).toMatchObject(own);
    expect(childEnvironment(USER, "offline", own)).not.toMatchObject(own);
  });

  test("keeps the user's AWS settings for aws", () => {
    expect(childEnvironment(USER, "aws")).toMatchObject({ AWS_PROFILE: "payer", AWS_SECRET_ACCESS_KEY: "s" });
  });

  test("leads every request of an offline plan to the stub", () => {
    const env = offlineEnvironment({ NO_PROXY: "*", no_proxy: "*", https_proxy: "http://p" }, "http://127.0.0.1:9");
    const names = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "HTTP_PROXY", "HTTPS_PROXY"];
    expect(names.map((name) => env[name])).toEqual(names.map(() => "http://127.0.0.1:9"));
    expect(Object.keys(env).filter((name) => /^(no_proxy|https?_proxy)$/.test(name) || name === "NO_PROXY")).toEqual(
      [],
    );
  });
});
