// SPDX-License-Identifier: Apache-2.0
import { codeOf, resource, statement, statements } from "../synth";
import { READER, spared, withUnblinded, zone } from "./synthesized";

describe("unblinded data", () => {
  const BUCKETS = ["Zone_Unblinded_Bucket", "Zone_UnblindedReplication_Replica_Bucket"];

  test("is read, in bucket and copy, by its reader and by who writes them", () => {
    expect(BUCKETS.map((id) => spared(withUnblinded(), id, "DenyReadingByOthers"))).toEqual([
      ["ingest", "replicate-unblinded", "unblinded-reader"],
      ["replicate-unblinded", "unblinded-reader"],
    ]);
  });

  test("is read in production by nobody who may take the inspector's role", () => {
    expect(() => withUnblinded({ inspectorTrustedBy: [READER] })).toThrow(
      "one principal reads blinded and unblinded data",
    );
  });

  test("is read by nobody who reads other records, and its reader reads no others", () => {
    const { aws_iam_role_policy: policies } = withUnblinded().resource;
    const reading = Object.entries(policies!).flatMap(([id, { policy }]) =>
      statements(policy)
        .filter(({ Action }) => [Action].flat().includes("s3:GetObject"))
        .flatMap(({ Resource }) =>
          [Resource]
            .flat()
            .filter((arn) => !arn.includes(":acme-audit-"))
            .map((arn) => ({ id, unblinded: arn.includes("acme-unblinded-") })),
        ),
    );
    const roles = (unblinded: boolean) => new Set(reading.filter((r) => r.unblinded === unblinded).map(({ id }) => id));
    const both = [...roles(true)].filter((id) => roles(false).has(id));
    expect([both, [...roles(true)].filter((id) => !both.includes(id))]).toEqual([
      [expect.stringMatching(/Ingest_Handler_Role_hash-versions/)],
      [expect.stringMatching(/Unblinded-Reader_inspect_/)],
    ]);
  });

  test("is proved by its reader, who reads ledger, its copies and the trail, and writes none of them", () => {
    const { aws_iam_role_policy: policies } = withUnblinded().resource;
    const own = Object.entries(policies!).filter(([id]) => id.includes("Unblinded-Reader"));
    const granted = own.flatMap(([, { policy }]) => statements(policy));
    const objects = granted.find(({ Action }) => [Action].flat().includes("s3:GetObjectVersion"))!;
    expect(objects.Resource).toContain("arn:aws:s3:::acme-audit-111122223333/*");
    expect(granted.find(({ Sid }) => Sid === "Read")?.Resource).toMatch(/table\/acme-ledger$/);
    const actions = granted.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/:(Get|List|Query|Decrypt|FilterLogEvents)/.test(action))).toEqual([]);
  });

  test("is decrypted by its own key, which no reader of other records may use", () => {
    const document = withUnblinded();
    const { rule } = resource(document, "aws_s3_bucket_server_side_encryption_configuration", "Zone_Unblinded_");
    expect(JSON.stringify(rule)).toMatch(/aws_kms_key.Zone_Unblinded_Key_\w+.arn/);
    const users = Object.entries(document.resource.aws_iam_role_policy!).filter(([, { policy }]) =>
      /aws_kms_key.Zone_Unblinded_Key/.test(String(policy)),
    );
    expect(users.map(([id]) => id.replace(/_[0-9A-F]{8}$/, "")).sort()).toEqual([
      "Zone_Receiving_Ingest_Handler_Role_hash-versions-keys",
      "Zone_Receiving_Ingest_Handler_Role_write-Zone-Unblinded-key",
      "Zone_Unblinded-Reader_inspect-keys",
      "Zone_UnblindedReplication_Role_replicate-keys",
    ]);
  });

  test("of which a copy names another key is refused, so that nothing is promoted with raw's", () => {
    const { policy } = resource(withUnblinded(), "aws_s3_bucket_policy", "Zone_Unblinded_Bucket");
    expect(statement(policy, "DenyNamedKey")).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Condition: { Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" } },
    });
  });

  test("is read in the inbox by promotion alone, trials of its vendor included", () => {
    const document = withUnblinded();
    expect(spared(document, "Zone_Inbox", "DenyReadingUnblinded")).toEqual(["ingest"]);
    const { policy } = resource(document, "aws_s3_bucket_policy", "Zone_Inbox");
    expect(statement(policy, "DenyReadingUnblinded").Resource).toEqual([
      "arn:aws:s3:::acme-inbox-111122223333/clinical/inbound/raw/rand/st-101/*",
      "arn:aws:s3:::acme-inbox-111122223333/clinical/inbound/test/rand/*",
    ]);
  });

  test("is locked, recorded, watched, held and reconciled as other records are", () => {
    const document = withUnblinded();
    expect(resource(document, "aws_s3_bucket_object_lock_configuration", "Zone_Unblinded_").rule).toEqual({
      default_retention: { mode: "COMPLIANCE", years: 7 },
    });
    const named = (type: string, part: string) => JSON.stringify(resource(document, type, part));
    for (const [type, part] of [
      ["aws_cloudtrail", ""],
      ["aws_cloudwatch_dashboard", ""],
      ["aws_cloudwatch_metric_alarm", "volume-Zone-Unblinded"],
      ["aws_s3_bucket_inventory", "Zone_Unblinded_"],
      ["aws_iam_role_policy", "Custodian_legal-hold-Zone-Unblinded"],
      ["aws_lambda_function", "Reconciliation"],
      ["aws_lambda_function", "DeliveryCheck"],
    ] as const) {
      expect([type, named(type, part)]).toEqual([type, expect.stringContaining("acme-unblinded-111122223333")]);
    }
  });

  test("is read by nobody where the settings name no reader", () => {
    const document = withUnblinded({ unblinded: {} });
    expect(Object.keys(document.resource.aws_iam_role!).filter((id) => id.includes("Reader"))).toEqual([]);
    expect(spared(document, "Zone_Unblinded_Bucket", "DenyReadingByOthers")).toEqual(["ingest", "replicate-unblinded"]);
  });

  test("has no bucket where the settings do not speak of it, and a delivery of it is refused there", () => {
    expect(JSON.stringify(zone())).not.toContain("acme-unblinded");
    expect(codeOf(() => withUnblinded({ unblinded: undefined }))).toBe("SETTINGS_INVALID");
  });

  test.each([undefined, "st-101"])("is refused from a writer to raw, study %s", (study) => {
    const writers = [{ name: "rand", vendor: "rand", study, bucket: "raw" as const, trustedBy: [READER] }];
    expect(codeOf(() => withUnblinded({ writers }))).toBe("SETTINGS_INVALID");
  });
});
