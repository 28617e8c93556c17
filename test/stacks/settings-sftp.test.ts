// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App, Testing } from "cdktf";
import { ClinicalLandingZoneStack } from "../../stacks/clinical-landing-zone-stack";
import { readSettings } from "../../stacks/settings";
import { codeOf, resource, type SynthDocument } from "../modules/synth";

const SETTINGS = path.join(__dirname, "../../stacks/settings");
const EXAMPLE = fs.readFileSync(path.join(SETTINGS, "production.yaml"), "utf8");

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  fs.copyFileSync(path.join(SETTINGS, "vendors.yaml"), path.join(folder, "vendors.yaml"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** The settings of production with more said of the server, or at the end. */
function settingsWith(server: string, more = "") {
  const file = path.join(folder, "settings.yaml");
  const zones = "zones: [eu-central-1a, eu-central-1b]";
  fs.writeFileSync(file, `${EXAMPLE.replace(zones, server === "" ? zones : `${zones}, ${server}`)}${more}\n`);
  return readSettings("production", file);
}

test("policy, banners, name of one's own and trial limit reach the planned zone", () => {
  const hostname = '{ name: "sftp.example.org", zoneId: Z0123456789ABCDEFGHIJ }';
  const server = `securityPolicy: TransferSecurityPolicy-FIPS-2025-03, bannerBeforeLogin: "Acme", hostname: ${hostname}`;
  const settings = settingsWith(server, "largestTrialBytes: 5000000");
  const stack = new ClinicalLandingZoneStack(new App(), "zone", settings, { name: "offline" });
  const document = JSON.parse(Testing.synth(stack)) as SynthDocument;
  expect(resource(document, "aws_transfer_server")).toMatchObject({
    security_policy_name: "TransferSecurityPolicy-FIPS-2025-03",
    pre_authentication_login_banner: "Acme",
  });
  expect(resource(document, "aws_route53_record").zone_id).toBe("Z0123456789ABCDEFGHIJ");
  const { environment } = resource(document, "aws_lambda_function", "Ingest");
  expect(environment).toMatchObject({ variables: { LARGEST_TRIAL_BYTES: "5000000" } });
});

test.each([
  'bannerBeforeLogin: ""',
  `bannerAfterLogin: ${"x".repeat(4097)}`,
  "hostname: { name: sftp.example.org }",
  "secondComponent: { secretKeyArns: [] }",
  "secondComponent: { secretKeyArns: [alias/x] }",
  "protocols: [FTPS]",
])("the settings refuse %s of the server", (server) => {
  expect(codeOf(() => settingsWith(server))).toBe("SETTINGS_INVALID");
});

test("the settings refuse a limit of trials that is none", () => {
  expect(codeOf(() => settingsWith("", "largestTrialBytes: 0"))).toBe("SETTINGS_INVALID");
});

test("the example settings have a server in production and qualification, and none in development", () => {
  const has = (environment: Parameters<typeof readSettings>[0]) => readSettings(environment).sftp !== undefined;
  expect([has("production"), has("qualification"), has("development")]).toEqual([true, true, false]);
});
