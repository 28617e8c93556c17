// SPDX-License-Identifier: Apache-2.0
import { csv } from "../../../validation/vendors/csv";
import { offboard } from "../../../validation/vendors/edit";
import { accessRows } from "../../../validation/vendors/review";
import { reviewCsv, reviewText } from "../../../validation/vendors/review-views";
import { serviceUsers } from "../../../validation/vendors/service-users";
import { parseVendors } from "../../../validation/vendors/vendor-file";
import { EXAMPLE } from "./example";

const FILE = parseVendors(Buffer.from(EXAMPLE), "vendors.yaml");
const ACME_PRINT = "SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w";

test.each([
  ["2026-10-31", "not yet"],
  ["2026-11-01", "active"],
  ["2027-03-30", "active"],
  ["2027-03-31", "ends soon"],
  ["2027-04-30", "ends soon"],
  ["2027-05-01", "expired"],
])("on %s the key of borealis, good until 2027-04-30, is %s", (asOf, state) => {
  expect(accessRows(FILE.vendors, asOf).find(({ vendor }) => vendor === "borealis")?.state).toBe(state);
});

test("a vendor that was offboarded is so, whatever its dates say", () => {
  const change = { on: "2026-11-22", by: "ann.lee", approver: "bo.chen", reason: "The contract has ended" };
  const { vendors } = offboard(FILE, "acme", change);
  expect(accessRows(vendors, "2026-11-22")[0]?.state).toBe("offboarded");
});

test.each([
  ["unknown without a file", undefined, "unknown"],
  ["never when the file does not hold the key", {}, "never"],
  ["what the file says", { [ACME_PRINT]: "2026-11-20T06:00:00Z" }, "2026-11-20T06:00:00Z"],
])("the last use of a key is %s", (_, uses, said) => {
  expect(accessRows(FILE.vendors, "2026-11-22", uses)[0]?.lastUse).toBe(said);
});

describe("service-managed users of a plan", () => {
  const user = (actions: readonly string[], after: unknown) => ({
    resource_changes: [{ address: "aws_transfer_user.old", type: "aws_transfer_user", change: { actions, after } }],
  });

  test("are said to have neither network nor expiry", () => {
    const users = serviceUsers(user(["create"], { user_name: "old-lab" }))!;
    const text = reviewText(
      { file: "vendors.yaml", asOf: "2026-11-22", rows: [], serviceUsers: users },
      Number.POSITIVE_INFINITY,
    );
    expect(text).toMatch(/service-managed user old-lab \(aws_transfer_user\.old\): no CIDR: .*; no expiry: /);
  });

  test("count with a name that is not known yet", () => {
    expect(serviceUsers(user(["create"], {}))).toMatchObject([{ user: "not known before apply" }]);
  });

  test("do not count when the plan removes them", () => {
    expect(serviceUsers(user(["delete"], null))).toEqual([]);
  });

  test.each([[null], [{}], [[]], ["plan"]])("are not found in %j, which is no plan", (plan) => {
    expect(serviceUsers(plan)).toBeUndefined();
  });
});

test.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", " =1", "\uFF1D1", "|calc", "%0A=1"])(
  "the cell %j is no formula",
  (text) => {
    expect(csv(["a"], [[text]])).toBe(`"a"\r\n"'${text}"\r\n`);
  },
);

test("quotes and line ends do not leave their cell", () => {
  expect(csv(["a"], [['x","=1\r\n=2']])).toBe('"a"\r\n"x"",""=1\\u{d}\\u{a}=2"\r\n');
});

test("the review as CSV has a row for each key and for each service-managed user, all of one width", () => {
  const users = [{ user: "old-lab", address: "aws_transfer_user.old", lacks: ["no CIDR"] }];
  const rows = accessRows(FILE.vendors, "2026-11-22");
  const lines = reviewCsv({ file: "vendors.yaml", asOf: "2026-11-22", rows, serviceUsers: users })
    .trimEnd()
    .split("\r\n");
  expect(lines.map((line) => line.split('","').length)).toEqual([15, 15, 15, 15, 15]);
});
