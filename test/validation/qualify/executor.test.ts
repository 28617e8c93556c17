// SPDX-License-Identifier: Apache-2.0
import { loginOf } from "../../../validation/qualify/executor";

const user = () => "build";

test.each([
  [{ GITHUB_ACTIONS: "true", GITHUB_ACTOR: "anna", GITHUB_RUN_ID: "7" }, "anna", "github-actions", "7"],
  [{ GITLAB_CI: "true", GITLAB_USER_LOGIN: "ravi", CI_PIPELINE_ID: "8" }, "ravi", "gitlab-ci", "8"],
])("in a CI whoever started it executes: %j", (env, name, source, run) => {
  expect(loginOf(env, user)).toEqual({ name, source, run });
});

test("outside of a CI it is the user of the operating system, whatever else is set", () => {
  expect(loginOf({ GITHUB_ACTOR: "anna", USER: "quentin" }, user)).toEqual({
    name: "build",
    source: "operating-system",
  });
});

test.each([{ GITHUB_ACTIONS: "true" }, { GITLAB_CI: "true", GITLAB_USER_LOGIN: "ravi" }])(
  "a CI that does not say who started it begins no run: %j",
  (env) => {
    expect(() => loginOf(env, user)).toThrow(expect.objectContaining({ code: "TRANSPORT" }));
  },
);
