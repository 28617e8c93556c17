// SPDX-License-Identifier: Apache-2.0
import { withoutStatement } from "../../../validation/oq/bucket-policy";

const statement = (Sid: string) => ({ Sid, Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" });
const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement("One"), statement("Other")] });

test("a policy loses the statement that is named, and nothing else", () => {
  expect(JSON.parse(withoutStatement(policy, "One"))).toEqual({
    Version: "2012-10-17",
    Statement: [statement("Other")],
  });
});

test("a statement that is not there is an error, since the mutant would be no mutant", () => {
  expect(() => withoutStatement(policy, "Third")).toThrow("no statement Third");
});
