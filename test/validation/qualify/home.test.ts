// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { homeOf } from "../../../validation/qualify/home";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const MAIN = { region: "eu-central-1", allowed_account_ids: ["111122223333"] };
const REPLICA = { alias: "replica", region: "eu-west-1", allowed_account_ids: ["111122223333"] };

function home(aws: unknown) {
  const file = path.join(temporary.path, "cdk.tf.json");
  fs.writeFileSync(file, JSON.stringify({ provider: { aws } }));
  return homeOf(file);
}

test("a stack lives where its default provider block says, and in the regions of all of them", () => {
  const expected = { accountId: "111122223333", region: "eu-central-1", regions: ["eu-west-1", "eu-central-1"] };
  expect(home([REPLICA, MAIN])).toEqual(expected);
});

test("one provider block need not be in a list", () => {
  expect(home(MAIN)).toEqual({ accountId: "111122223333", region: "eu-central-1", regions: ["eu-central-1"] });
});

test.each([
  ["provider blocks without a default one", [REPLICA]],
  ["a provider block without region", [{ ...MAIN, region: undefined }]],
  ["a provider block without account", [{ ...MAIN, allowed_account_ids: [] }]],
  ["accounts that nobody knows yet", [{ ...MAIN, allowed_account_ids: "${" + "var.accounts}" }]],
  ["no provider block", undefined],
])("%s are no home", (_, aws) => {
  expect(() => home(aws)).toThrow(expect.objectContaining({ code: "PLAN_FOREIGN" }));
});
