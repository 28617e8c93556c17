// SPDX-License-Identifier: Apache-2.0
import { accountOf, isMarkedSynth, isOfflineSynth } from "../../../validation/plan/provider-block";

const SKIPS = { skip_credentials_validation: true };
const ENDPOINTS = { endpoints: [{ s3: "https://127.0.0.1:4566" }] };
const synth = (...aws: object[]) => ({ provider: { aws } });

test.each<[string, unknown, boolean]>([
  ["that skips the check of credentials and has no endpoint", synth(SKIPS), true],
  ["of which one block is offline", synth({ ...SKIPS, ...ENDPOINTS }, { ...SKIPS, endpoints: [{}] }), true],
  ["whose skip says by text that it is on", synth({ skip_credentials_validation: "true" }), true],
  ["for the emulator", synth({ ...SKIPS, ...ENDPOINTS }), false],
  ["for AWS", synth({ region: "eu-west-1" }), false],
  ["without AWS provider", {}, false],
])("a stack %s is marked offline: %#", (_title, given, expected) => {
  expect(isOfflineSynth(given)).toBe(expected);
});

const URL = "https://127.0.0.1:4566";

test.each<[string, unknown, boolean]>([
  ["with an endpoint", synth({ endpoints: [{ s3: URL }] }), true],
  ["with endpoints in one block", synth({ endpoints: { s3: URL } }), true],
  ["with endpoints that nobody knows yet", synth({ endpoints: "${" + "var.endpoints}" }), true],
  ["with endpoints that are made for each of something", synth({ dynamic: { endpoints: { for_each: {} } } }), true],
  ["with a second block that has an endpoint", synth({}, { alias: "b", endpoints: [{}, { s3: URL }] }), true],
  ["with one provider block that has an endpoint", { provider: { aws: { endpoints: { s3: URL } } } }, true],
  ["with a list of providers of which one has an endpoint", { provider: [{ aws: { endpoints: { s3: URL } } }] }, true],
  [
    "with a provider of AWS by another name that has an endpoint",
    {
      terraform: { required_providers: { cloud: { source: "hashicorp/aws" } } },
      provider: { cloud: [{ endpoints: [{ s3: URL }] }] },
    },
    true,
  ],
  ["that asks for no account", synth({ skip_requesting_account_id: true }), true],
  ["that skips the check of credentials", synth(SKIPS), true],
  [
    "with checks that are off and empty endpoints",
    synth({ skip_credentials_validation: false, endpoints: [{}] }),
    false,
  ],
  ["with dynamic tags", synth({ dynamic: { default_tags: { for_each: {} } } }), false],
  ["with an endpoint of another provider", { provider: { aws: [{}], minio: [{ endpoints: [{ s3: URL }] }] } }, false],
])("a stack %s is marked as none for AWS itself: %#", (_title, given, expected) => {
  expect(isMarkedSynth(given)).toBe(expected);
});

test.each<[string, unknown, string]>([
  ["the first that is allowed", synth({}, { allowed_account_ids: ["111122223333", "444455556666"] }), "111122223333"],
  ["zeros when none is named", synth({ region: "eu-west-1" }), "000000000000"],
  ["zeros when it is known only later", synth({ allowed_account_ids: ["${" + "var.account}"] }), "000000000000"],
  ["zeros without AWS provider", null, "000000000000"],
])("the account is %s", (_title, given, expected) => {
  expect(accountOf(given)).toBe(expected);
});
