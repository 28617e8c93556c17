// SPDX-License-Identifier: Apache-2.0
import MarkdownIt from "markdown-it";
import { vendorGuide } from "../../../validation/vendors/guide";
import type { Vendor } from "../../../validation/vendors/vendor";
import { parseVendors } from "../../../validation/vendors/vendor-file";
import { EXAMPLE } from "./example";

const { vendors } = parseVendors(Buffer.from(EXAMPLE), "vendors.yaml");
const GATEWAY = { host: "sftp.example.org", hostKeyFingerprint: "SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w" };
const [ACME, BOREALIS, CORVID] = vendors.map((vendor) => vendorGuide(vendor, GATEWAY)) as [string, string, string];

describe("the guide of a vendor", () => {
  test.each(["OpenSSH", "WinSCP", "FileZilla"])("has a section for %s", (client) => {
    expect(ACME).toContain(`\n## ${client}\n`);
  });

  test.each([
    ["renaming after the upload is off", "temporary filename for: **Disable**"],
    ["time stamps are off in WinSCP", "Preserve timestamp: **off**"],
    ["time stamps are off in FileZilla", "Preserve timestamps of transferred files: **off**"],
    ["a file is never resumed in FileZilla", "**Overwrite**, never Resume"],
    ["a script of WinSCP does the same", "put -resumesupport=off -nopreservetime -nopermissions"],
  ])("says that %s", (_, text) => {
    expect(ACME).toContain(text);
  });

  test("names each folder, and what is due in it", () => {
    expect(ACME).toContain("| folders | `/st-101, /st-102, /test` |");
    expect(ACME).toContain(
      "| `/st-101/LAB_CHEM_{date}.csv` | every monday at 06:00, from 24 hours before to 12 hours after |",
    );
    expect(BOREALIS).toContain("every month on day 15 at 18:00");
    expect(CORVID).toContain("once, on 2026-12-01 at 12:00");
  });

  test("says when nothing is agreed yet", () => {
    const none = { ...vendors[0]!, studies: [{ id: "st-101" }] };
    expect(vendorGuide(none, GATEWAY)).toContain("Not agreed yet.");
  });

  test("names the second component where there is one, and never a secret", () => {
    const secretArn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:vendor/acme";
    const guide = vendorGuide({ ...vendors[0]!, secretArn }, GATEWAY);
    expect(guide).toContain("the private key, then the password given to you apart");
    expect(guide).not.toContain("secretsmanager");
  });

  test("shows the name of a vendor as text", () => {
    const hostile: Vendor = { ...vendors[0]!, name: "[x](https://evil.example) <img src=x>" };
    const page = new MarkdownIt({ html: true }).render(vendorGuide(hostile, GATEWAY));
    expect(page).not.toMatch(/<img|<a /);
  });
});
