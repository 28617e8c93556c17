// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { sha256Hex } from "../../../../validation/json";
import {
  assertCallerOf,
  assertOwnEndpoints,
  assertPlanOf,
  assertRegionOf,
  assertStateOf,
  assertSynthOf,
  readSettingsOf,
} from "../../../../validation/target/aws";
import { temporaryFolder } from "../../evidence/temporary-folder";
import { refusal, SAID } from "./refusal";

const OTHER = "999988887777";
const temporary = temporaryFolder();
afterAll(() => temporary.remove());

describe("the environment", () => {
  test("of a user who set nothing is let through", () => {
    expect(refusal(() => assertOwnEndpoints({ HOME: "/home/anna", AWS_PROFILE: "qa" }))).toBe("let through");
  });

  test.each(["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])("with %s is refused: calls would go elsewhere", (name) => {
    const got = ["TARGET_REFUSED", "environment", `${name} is set`];
    expect(refusal(() => assertOwnEndpoints({ [name]: "http://localhost:4566" }))).toEqual(got);
  });

  test("that checks no certificate is refused", () => {
    const got = ["TARGET_REFUSED", "environment", "NODE_TLS_REJECT_UNAUTHORIZED=0"];
    expect(refusal(() => assertOwnEndpoints({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }))).toEqual(got);
  });

  test.each(["AWS_REGION", "AWS_DEFAULT_REGION"])("whose %s is another region is refused", (name) => {
    expect(refusal(() => assertRegionOf({ [name]: "us-east-1" }, SAID))).toEqual(["TARGET_REFUSED", name, "us-east-1"]);
    expect(refusal(() => assertRegionOf({ [name]: SAID.region }, SAID))).toBe("let through");
  });
});

describe("the caller, as STS names it,", () => {
  const arn = "arn:aws:sts::111122223333:assumed-role/reader/anna";

  test("of the account is let through", () => {
    expect(refusal(() => assertCallerOf({ arn, account: SAID.accountId }, SAID))).toBe("let through");
  });

  test("of another account is refused", () => {
    const got = ["TARGET_REFUSED", "STS GetCallerIdentity", OTHER];
    expect(refusal(() => assertCallerOf({ arn, account: OTHER }, SAID))).toEqual(got);
  });

  test("is never root", () => {
    const root = "arn:aws:iam::111122223333:root";
    const got = ["TARGET_REFUSED", "STS GetCallerIdentity", root];
    expect(refusal(() => assertCallerOf({ arn: root, account: SAID.accountId }, SAID))).toEqual(got);
  });
});

describe("the provider blocks", () => {
  const main = { region: SAID.region, allowed_account_ids: [SAID.accountId] };
  const replica = { alias: "replica", region: "eu-west-1", allowed_account_ids: [SAID.accountId] };
  const WHERE = "provider block of the plan";
  const synthOf = (...aws: object[]) => ({ provider: { aws } });

  test("of that account and region are let through", () => {
    expect(refusal(() => assertSynthOf(synthOf(main, replica), SAID))).toBe("let through");
  });

  test("that are one, and no list, are read all the same", () => {
    const one = (aws: object) => refusal(() => assertSynthOf({ provider: { aws } }, SAID));
    const other = { ...main, allowed_account_ids: [OTHER] };
    expect([one(main), one(other)]).toEqual(["let through", ["TARGET_REFUSED", WHERE, `["${OTHER}"]`]]);
  });

  test.each([
    ["the account is another one", [{ ...main, allowed_account_ids: [OTHER] }], `["${OTHER}"]`],
    [
      "two accounts are allowed",
      [{ ...main, allowed_account_ids: [SAID.accountId, OTHER] }],
      `["111122223333","${OTHER}"]`,
    ],
    ["any account is allowed", [{ region: SAID.region }], "null"],
    ["the replica's account is another one", [main, { ...replica, allowed_account_ids: [OTHER] }], `["${OTHER}"]`],
    ["the region is another one", [{ ...main, region: "us-east-1" }], '"us-east-1"'],
    ["an endpoint is named", [{ ...main, endpoints: [{ s3: "https://127.0.0.1:1" }] }], "endpoints"],
    ["an endpoint is named in one block", [{ ...main, endpoints: { s3: "https://127.0.0.1:1" } }], "endpoints"],
    ["there is none", [], "null"],
  ])("are refused where %s", (_, blocks, got) => {
    expect(refusal(() => assertSynthOf(synthOf(...blocks), SAID))).toEqual(["TARGET_REFUSED", WHERE, got]);
  });
});

describe("the plan's tags Environment", () => {
  const planOf = (...environments: Array<string | undefined>) => ({
    resource_changes: environments.map((Environment) => ({
      change: { actions: ["create"], after: { tags: Environment && { Environment } } },
    })),
  });

  test("that all name the environment are let through", () => {
    expect(refusal(() => assertPlanOf(planOf("production", undefined), SAID))).toBe("let through");
  });

  test.each([
    ["another one", ["qualification"], "qualification"],
    ["two", ["production", "qualification"], "production, qualification"],
    ["none", [undefined], "none"],
  ])("that name %s are refused", (_, environments, got) => {
    const plan = planOf(...environments);
    expect(refusal(() => assertPlanOf(plan, SAID))).toEqual(["TARGET_REFUSED", "tag Environment of the plan", got]);
  });
});

describe("the settings file", () => {
  const written = (text: string) => {
    const file = path.join(temporary.path, "settings.yaml");
    fs.writeFileSync(file, text);
    return file;
  };
  const lines = { accountId: `"${SAID.accountId}"`, region: SAID.region, environment: SAID.environment };
  const textOf = (settings: object) =>
    Object.entries(settings)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join("");

  test("of that account, region and environment is let through, with the SHA-256 of what was read", () => {
    const text = textOf(lines);
    expect(readSettingsOf(written(text), SAID)).toEqual({
      settings: { ...lines, accountId: SAID.accountId },
      sha256: sha256Hex(text),
    });
  });

  test("that nobody would write by hand is refused by its size", () => {
    const file = written(`${textOf(lines)}# ${"x".repeat(1_000_000)}`);
    expect(() => readSettingsOf(file, SAID)).toThrow(expect.objectContaining({ code: "FILE_TOO_LARGE" }));
  });

  test.each([
    ["accountId", `"${OTHER}"`, `"${OTHER}"`],
    ["accountId", "111122223333", "111122223333"],
    ["region", "us-east-1", '"us-east-1"'],
    ["environment", "qualification", '"qualification"'],
  ])("with the %s %s is refused", (member, value, got) => {
    const file = written(textOf({ ...lines, [member]: value }));
    expect(refusal(() => readSettingsOf(file, SAID))).toEqual(["TARGET_REFUSED", `${member} of the settings`, got]);
  });

  test("that is no plain YAML is refused", () => {
    const file = written(`a: &x 1\n${textOf(lines)}`);
    expect(refusal(() => readSettingsOf(file, SAID))).toEqual(["TARGET_REFUSED", "settings", expect.any(String)]);
  });

  test("that is not there is refused by its name", () => {
    expect(() => readSettingsOf("/nowhere/settings.yaml", SAID)).toThrow(
      expect.objectContaining({ code: "FILE_NOT_FOUND" }),
    );
  });
});

describe("the state", () => {
  const tags = { Environment: SAID.environment };
  const arnOf = (account: string, region = SAID.region) => ({
    values: { arn: `arn:aws:sns:${region}:${account}:alarms`, tags },
  });
  const OWN = arnOf(SAID.accountId);

  test("of that account, region and environment is let through, whatever has no account in its ARN", () => {
    const bucket = { values: { arn: "arn:aws:s3:::acme-raw", tags: null } };
    const role = { values: { arn: `arn:aws:iam::${SAID.accountId}:role/acme` } };
    const replica = arnOf(SAID.accountId, "eu-west-1");
    expect(refusal(() => assertStateOf([bucket, role, replica, OWN], SAID))).toBe("let through");
  });

  test.each([
    ["of another account", [OWN, arnOf(OTHER)], OTHER],
    ["that names no account", [{ values: { arn: "arn:aws:s3:::acme-raw", tags } }], "none"],
    ["of nothing", [], "none"],
    ["of another region", [arnOf(SAID.accountId, "eu-west-1")], "eu-west-1"],
    ["that names no region", [{ values: { arn: `arn:aws:iam::${SAID.accountId}:role/acme`, tags } }], "no region"],
  ])("%s is refused", (_, resources, got) => {
    expect(refusal(() => assertStateOf(resources, SAID))).toEqual(["TARGET_REFUSED", "ARNs of the state", got]);
  });

  test.each([
    ["of another environment", { Environment: "qualification" }, "qualification"],
    ["of no known environment", {}, "none"],
  ])("%s is refused", (_, other, got) => {
    const resources = [{ values: { ...OWN.values, tags: other } }];
    const where = "tag Environment of the state";
    expect(refusal(() => assertStateOf(resources, SAID))).toEqual(["TARGET_REFUSED", where, got]);
  });
});
