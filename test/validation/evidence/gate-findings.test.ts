// SPDX-License-Identifier: Apache-2.0
import { gateFindingsOf, pendingOf } from "../../../validation/evidence";

const FAILED = { address: "aws_s3_bucket.raw", attribute: "mode", status: "fail" as const };
const WAIVED = { ...FAILED, attribute: "days", waiver: { kind: "waiver" } };

describe("the findings in the journal", () => {
  it("list waived ones as waived, beside the open ones", () => {
    const controls = [{ id: "FIX-01", status: "fail", findings: [FAILED, WAIVED] }];
    expect(gateFindingsOf({ verdict: "fail", controls }).map(({ status }) => status)).toEqual(["fail", "waived"]);
  });

  it("list those of a control that is waived as a whole, which nobody committed", () => {
    const controls = [{ id: "FIX-01", status: "waived", findings: [WAIVED] }];
    expect(gateFindingsOf({ verdict: "pass", controls })).toEqual([
      { control: "FIX-01", address: "aws_s3_bucket.raw", attribute: "days", status: "waived" },
    ]);
  });

  it("leave out those of a control whose module comes later", () => {
    expect(
      gateFindingsOf({ verdict: "pass", controls: [{ id: "FIX-01", status: "pending", findings: [FAILED] }] }),
    ).toEqual([]);
  });
});

test("a control that decided nothing is listed with what it waits for", () => {
  const waiting = {
    id: "FIX-01",
    title: "deliveries are expected",
    status: "pending",
    reason: "receiving",
    findings: [],
  };
  const passed = { ...waiting, id: "FIX-02", status: "pass" };
  expect(pendingOf({ verdict: "pass", controls: [waiting, passed] })).toEqual([
    { control: "FIX-01", title: "deliveries are expected", reason: "receiving" },
  ]);
});
