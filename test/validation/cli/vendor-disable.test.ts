// SPDX-License-Identifier: Apache-2.0
import { disable, type PortMaker } from "../../../validation/cli/vendor-disable";
import type { DenyItem } from "../../../validation/vendors/disable";

const ARGV = [
  ...["acme", "--now", "--reason", "The key was lost on a train", "--by", "ann.lee"],
  ...["--table", "vendors", "--role", "acme-clin-vendor-acme"],
];

async function run(argv: readonly string[], { deny, revoke }: { deny?: Error; revoke?: Error } = {}) {
  let stdout = "";
  const put: DenyItem[] = [];
  const makePort: PortMaker = async () => ({
    putDeny: async (item) => {
      if (deny) throw deny;
      put.push(item);
      return item;
    },
    putRolePolicy: async () => {
      if (revoke) throw revoke;
    },
  });
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: () => true },
    env: {},
    cwd: "/",
  };
  return { code: await disable([...argv], io, makePort), stdout, put };
}

test("says what was done and what must follow in git", async () => {
  const { code, stdout } = await run(ARGV);
  expect(stdout.replace(/\d{4}-\d\d-\d\dT[0-9:.]+Z/, "<now>")).toMatchInlineSnapshot(`
"vendor    acme disabled by ann.lee, <now>: The key was lost on a train
logins    refused from the next one on: the identity provider reads the table at every login
sessions  revoked: role acme-clin-vendor-acme denies everything to credentials given out so far; IAM takes some seconds

what must follow in git, by two people:
  part11 vendor offboard acme ...            or, for a lost key,
  part11 vendor rotate-key acme --lost ...   then review, plan and apply;
  only then may an administrator take the deny item out of the table, and the policy off the role.
"
`);
  expect(code).toBe(0);
});

test("exits 1 when open sessions could not be revoked, and says so", async () => {
  const { code, stdout, put } = await run(ARGV, { revoke: new Error("not allowed") });
  expect([code, put.length, stdout]).toEqual([1, 1, expect.stringContaining("sessions  NOT revoked")]);
});

test("is an error when the deny item was not written", async () => {
  await expect(run(ARGV, { deny: new Error("no such table") })).rejects.toMatchObject({ code: "TRANSPORT" });
});

test.each([
  ["without --now", ARGV.filter((arg) => arg !== "--now")],
  ["with a reason that is none", ARGV.map((arg) => (arg.startsWith("The key") ? "lost" : arg))],
  ["with an id that is none", ARGV.map((arg) => (arg === "acme" ? "Acme!" : arg))],
  ["with the ARN of a role", ARGV.map((arg) => (arg.startsWith("acme-") ? "arn:aws:iam::111122223333:role/x" : arg))],
])("touches nothing %s", async (_, argv) => {
  await expect(run(argv)).rejects.toMatchObject({ code: "USAGE" });
});
