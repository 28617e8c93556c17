// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { ensureTerraform, locateTerraform, terraformPlatform } from "../../../validation/toolchain/terraform";
import { zipEntry } from "../../../validation/toolchain/zip-entry";
import { fakeMachine, removeFakeMachines } from "./fake-tool";
import { zipOf } from "./zip-archive";

afterAll(removeFakeMachines);

const saysVersion = (version: string) => `echo '{"terraform_version":"${version}"}'`;

describe("a Terraform that is there", () => {
  test("is taken from PATH", async () => {
    const machine = fakeMachine();
    const file = machine.tool("terraform", saysVersion("1.12.2"));
    expect(await locateTerraform(machine.context)).toEqual({ path: file, version: "1.12.2", source: "PATH" });
  });

  test("is taken by TERRAFORM_BINARY_NAME before PATH", async () => {
    const machine = fakeMachine({ TERRAFORM_BINARY_NAME: "tofu" });
    machine.tool("terraform", saysVersion("1.11.4"));
    const file = machine.tool("tofu", saysVersion("1.10.0"));
    expect(await locateTerraform(machine.context)).toMatchObject({ path: file, source: "TERRAFORM_BINARY_NAME" });
  });

  test("is asked without the user's missing configuration file, which would spoil its answer", async () => {
    const machine = fakeMachine({ TF_CLI_CONFIG_FILE: "/nonexistent/.terraformrc" });
    machine.tool("terraform", `[ -z "$TF_CLI_CONFIG_FILE" ] && ${saysVersion("1.9.0")}`);
    expect(await locateTerraform(machine.context)).toMatchObject({ version: "1.9.0" });
  });

  test.each(["1.8.5", "2.0.0", "0.15.5", "1.9.0-rc1", "nonsense"])("is passed over at version %s", async (version) => {
    const machine = fakeMachine();
    machine.tool("terraform", saysVersion(version));
    expect(await locateTerraform(machine.context)).toBeUndefined();
    expect(machine.progress).toEqual([expect.stringContaining(`its version is ${version}`)]);
  });
});

describe("TERRAFORM_BINARY_NAME fails", () => {
  test("when it names nothing", async () => {
    const machine = fakeMachine({ TERRAFORM_BINARY_NAME: "terrafrom" });
    machine.tool("terraform", saysVersion("1.11.4"));
    await expect(locateTerraform(machine.context)).rejects.toMatchObject({ code: "TERRAFORM_MISSING" });
  });

  test("when it names an unsupported version", async () => {
    const machine = fakeMachine({ TERRAFORM_BINARY_NAME: "terraform" });
    machine.tool("terraform", saysVersion("1.5.7"));
    await expect(locateTerraform(machine.context)).rejects.toMatchObject({ code: "TERRAFORM_MISSING" });
  });
});

describe("the pinned download", () => {
  const archive = zipOf({ name: "terraform", content: `#!/bin/sh\n${saysVersion("1.11.4")}\n` });
  const sha256 = createHash("sha256").update(archive).digest("hex");
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    requests.push(request.url ?? "");
    if (request.url?.startsWith("/releases/")) response.end(archive);
    else response.writeHead(404).end();
  });
  let releasesUrl: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    releasesUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const release = (more = {}) => ({ releasesUrl, archiveSha256: { [terraformPlatform()]: sha256 }, ...more });

  test("is fetched once and then found in the cache", async () => {
    requests.length = 0;
    const { context } = fakeMachine();
    expect(await ensureTerraform(context, release())).toMatchObject({ version: "1.11.4", source: "download" });
    expect(await ensureTerraform(context, release())).toMatchObject({ version: "1.11.4", source: "cache" });
    expect(requests).toEqual([`/releases/1.11.4/terraform_1.11.4_${terraformPlatform()}.zip`]);
  });

  const refusals: [string, string, () => Parameters<typeof ensureTerraform>[1]][] = [
    [
      "with other bytes",
      "CHECKSUM_MISMATCH",
      () => release({ archiveSha256: { [terraformPlatform()]: "0".repeat(64) } }),
    ],
    ["that is not there", "DOWNLOAD_FAILED", () => release({ releasesUrl: releasesUrl.replace("releases", "none") })],
    ["without network", "DOWNLOAD_FAILED", () => release({ releasesUrl: "http://127.0.0.1:1" })],
    ["for a platform without a pin", "TERRAFORM_MISSING", () => release({ archiveSha256: {} })],
  ];

  test.each(refusals)("fails %s, and leaves nothing in the cache", async (_title, code, given) => {
    const { context } = fakeMachine();
    await expect(ensureTerraform(context, given())).rejects.toMatchObject({ code });
    expect(fs.existsSync(path.join(context.cwd, ".part11"))).toBe(false);
  });
});

describe("a zip entry", () => {
  test.each([true, false])("is read (deflated: %s)", (deflated) => {
    const zip = zipOf({ name: "b", content: "other" }, { name: "a", content: "content", deflated });
    expect(zipEntry(zip, "a")?.toString()).toBe("content");
  });

  test("is undefined when the archive has no such name or is no archive", () => {
    expect(zipEntry(zipOf({ name: "a", content: "content" }), "b")).toBeUndefined();
    expect(zipEntry(Buffer.from("not a zip"), "a")).toBeUndefined();
  });
});
