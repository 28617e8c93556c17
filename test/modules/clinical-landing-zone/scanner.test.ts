// SPDX-License-Identifier: Apache-2.0
import { codeOf, resource, statements } from "../synth";
import { LIST, spared, withUnblinded } from "./synthesized";

describe("a scan", () => {
  const scan = {
    functionArn: "arn:aws:lambda:eu-central-1:111122223333:function:house-scan:live",
    roleArn: "arn:aws:iam::111122223333:role/house-scan",
  };
  const receiving = (of: object) => ({
    codeBucketName: "acme-code-111122223333",
    deliveries: [LIST],
    scan: { ...scan, ...of },
  });
  const scanned = () => withUnblinded({ receiving: receiving({}) });
  const asking = (policy: unknown) => statements(policy).filter(({ Sid }) => Sid === "AskScan");

  test("is asked by promotion alone, which may call that function and no other", () => {
    const document = scanned();
    const asked = Object.entries(document.resource.aws_iam_role_policy!).flatMap(([id, { policy }]) =>
      asking(policy).map(({ Action, Resource }) => [id.replace(/_[0-9A-F]{8}$/, ""), Action, Resource]),
    );
    expect(asked).toEqual([["Zone_Receiving_Ingest_Handler_Role_ask-scan", "lambda:InvokeFunction", scan.functionArn]]);
    expect(asking(resource(document, "aws_iam_policy").policy)).toMatchObject([{ Resource: scan.functionArn }]);
    const { environment } = resource(document, "aws_lambda_function", "Ingest") as { environment: object };
    expect(environment).toMatchObject({ variables: { SCAN_FUNCTION: scan.functionArn } });
  });

  test("reads the inbox, unblinded folders included, and no records", () => {
    const document = scanned();
    expect(spared(document, "Zone_Inbox", "DenyReadingByOthers")).toContain(scan.roleArn);
    expect(spared(document, "Zone_Inbox", "DenyReadingUnblinded")).toEqual(["ingest", scan.roleArn]);
    expect(spared(document, "Zone_Raw_Bucket", "DenyReadingByOthers")).not.toContain(scan.roleArn);
    expect(spared(document, "Zone_Unblinded_Bucket", "DenyReadingByOthers")).not.toContain(scan.roleArn);
  });

  test("reads nothing where it names no role", () => {
    const [named, unnamed] = [scanned(), withUnblinded({ receiving: receiving({ roleArn: undefined }) })];
    for (const [document, times] of [
      [named, 1],
      [unnamed, 0],
    ] as const) {
      expect(spared(document, "Zone_Inbox", "DenyReadingByOthers").filter((arn) => arn === scan.roleArn)).toHaveLength(
        times,
      );
      expect(JSON.stringify(document).includes(scan.roleArn)).toBe(times === 1);
    }
    expect(spared(unnamed, "Zone_Inbox", "DenyReadingUnblinded")).toEqual(["ingest"]);
    expect(asking(resource(unnamed, "aws_iam_policy").policy)).toMatchObject([{ Resource: scan.functionArn }]);
  });

  test("is none where the settings name none: nobody may call a function", () => {
    expect(JSON.stringify(withUnblinded())).not.toContain("lambda:InvokeFunction\\");
  });

  test.each([
    { functionArn: "arn:aws:lambda:eu-central-1:111122223333:function:*" },
    { functionArn: "house-scan" },
    { roleArn: "arn:aws:iam::111122223333:root" },
    { roleArn: "*" },
  ])("fails for %j, which is not one function or one role", (of) => {
    expect(codeOf(() => withUnblinded({ receiving: receiving(of) }))).toBe("SETTINGS_INVALID");
  });
});
