// SPDX-License-Identifier: Apache-2.0
import { inboundPrefix } from "../../../modules";
import { dataSync } from "../push-access/push-stack";
import { codeOf, resource, statements } from "../synth";
import { withUnblinded, zone } from "./synthesized";

describe("a system that pushes", () => {
  const machine = "arn:aws:iam::111122223333:role/mes";
  const mes = { name: "mes", vendor: "mes", study: "st-101" };
  const sender = { kind: "application", trust: { roleArns: [machine] } } as const;
  const grants = (overrides: object = {}) =>
    Object.entries(zone({ push: [{ ...mes, sender, ...overrides }] }).resource.aws_iam_role_policy!)
      .filter(([id]) => id.includes("Push-mes"))
      .flatMap(([, { policy }]) => statements(policy));

  test("writes below its own prefix of the inbox, with signed SHA-256, within the boundary", () => {
    const said = grants();
    expect(said.find(({ Sid }) => Sid === "Write")?.Resource).toBe(
      "arn:aws:s3:::acme-inbox-111122223333/clinical/inbound/raw/mes/st-101/*",
    );
    expect(said.map(({ Sid }) => Sid)).toContain("DenyUnsignedBytes");
    const role = resource(zone({ push: [{ ...mes, sender }] }), "aws_iam_role", "Push-mes");
    expect(role).toMatchObject({ permissions_boundary: "arn:aws:iam::111122223333:policy/acme-boundary" });
  });

  test("lands in raw where that is asked for", () => {
    expect(grants({ landing: "raw" }).find(({ Sid }) => Sid === "Write")?.Resource).toMatch(/:::acme-raw-/);
  });

  test("is refused in raw where its vendor's study is unblinded", () => {
    const push = [{ ...mes, vendor: "rand", landing: "raw" as const, sender }];
    expect(codeOf(() => withUnblinded({ push }))).toBe("SETTINGS_INVALID");
  });
});

describe("SHA-256 is", () => {
  const lab = { name: "lab", vendor: "lab", trustedBy: ["arn:aws:iam::111122223333:role/app"] };
  const rights = (part: string, bucket?: "raw") =>
    Object.entries(zone(bucket ? { writers: [{ ...lab, bucket }] } : {}).resource.aws_iam_role_policy!)
      .filter(([id]) => id.includes(part))
      .flatMap(([, { policy }]) => statements(policy));
  const refusals = (said: ReturnType<typeof statements>) =>
    said.filter(({ Effect }) => Effect === "Deny").map(({ Sid, Action, Resource }) => [Sid, Action, Resource]);
  const required = (bucket: string) =>
    ["DenyUnsignedBytes", "DenyPresigned"].map((sid) => [sid, "s3:PutObject", `arn:aws:s3:::${bucket}/*`]);

  test("required of a writer whose files are records from the first byte", () => {
    expect(refusals(rights("Writer-lab", "raw"))).toEqual(required("acme-raw-111122223333"));
  });

  test("required of the processing steps, which alone write to curated", () => {
    expect(refusals(rights("Step"))).toEqual(required("acme-curated-111122223333"));
  });

  test("not required of a writer to the inbox, where ingest hashes what came before it is promoted", () => {
    expect(refusals(rights("Writer-lab"))).toEqual([]);
  });
});

test("a DataSync agent copies into its own folder of the inbox, by a role within the boundary", () => {
  const document = zone({ push: [{ name: "ecg", vendor: "ecg", study: "st-101", sender: dataSync }] });
  expect(resource(document, "aws_datasync_location_s3", "Push-ecg")).toMatchObject({
    s3_bucket_arn: expect.stringMatching(/:::acme-inbox-/),
    subdirectory: "/clinical/inbound/raw/ecg/st-101/",
    s3_config: { bucket_access_role_arn: "arn:aws:iam::111122223333:role/acme-push-ecg" },
  });
  expect(resource(document, "aws_iam_role", "Push-ecg")).toMatchObject({
    permissions_boundary: "arn:aws:iam::111122223333:policy/acme-boundary",
  });
});

test("a DataSync agent is refused in raw, since it sends no SHA-256", () => {
  const push = [{ name: "ecg", vendor: "ecg", landing: "raw" as const, sender: dataSync }];
  expect(codeOf(() => zone({ push }))).toBe("PUSH_INVALID");
});

test("a writer's prefix is purpose, stage, vendor, study and UTC date", () => {
  const received = new Date("2026-11-20T23:30:00-02:00");
  expect(inboundPrefix({ vendor: "acme", study: "st-101", received })).toBe(
    "clinical/inbound/raw/acme/st-101/2026-11-21/",
  );
});

test.each(["a", "Acme", "acme/", "..", "ac me", "x".repeat(33)])("fails on the vendor id %j", (vendor) => {
  expect(codeOf(() => inboundPrefix({ vendor }))).toBe("PREFIX_INVALID");
});
