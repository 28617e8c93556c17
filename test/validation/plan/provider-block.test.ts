// SPDX-License-Identifier: Apache-2.0
import { accountOf, isOfflineSynth } from "../../../validation/plan/provider-block";

const SKIPS = { skip_credentials_validation: true };
const ENDPOINTS = { endpoints: [{ s3: "https://127.0.0.1:4566" }] };
const synth = (...aws: object[]) => ({ provider: { aws } });

test.each<[string, unknown, boolean]>([
  ["that skips the check of credentials and has no endpoint", synth(SKIPS), true],
  ["of which one block is offline", synth({ ...SKIPS, ...ENDPOINTS }, { ...SKIPS, endpoints: [{}] }), true],
  ["for the emulator", synth({ ...SKIPS, ...ENDPOINTS }), false],
  ["for AWS", synth({ region: "eu-west-1" }), false],
  ["without AWS provider", {}, false],
])("a stack %s is marked offline: %#", (_title, given, expected) => {
  expect(isOfflineSynth(given)).toBe(expected);
});

test.each<[string, unknown, string]>([
  ["the first that is allowed", synth({}, { allowed_account_ids: ["111122223333", "444455556666"] }), "111122223333"],
  ["zeros when none is named", synth({ region: "eu-west-1" }), "000000000000"],
  ["zeros when it is known only later", synth({ allowed_account_ids: ["${" + "var.account}"] }), "000000000000"],
  ["zeros without AWS provider", null, "000000000000"],
])("the account is %s", (_title, given, expected) => {
  expect(accountOf(given)).toBe(expected);
});
