// SPDX-License-Identifier: Apache-2.0
import type { SftpSettings, Vendor } from "../../../modules";
import { acme } from "../sftp-gateway/gateway-stack";
import { codeOf, resource, statements } from "../synth";
import { zone } from "./synthesized";

const zones = ["eu-central-1a", "eu-central-1b"];
const secretKeyArns = ["arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000"];
const secretArn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:acme/sftp/acme-AbCdEf";
const withSecret: Vendor = { ...acme, secretArn };

const withServer = (sftp: Partial<SftpSettings>, largestTrialBytes?: number) =>
  zone({
    receiving: {
      ...{ codeBucketName: "acme-code-111122223333", deliveries: [], largestTrialBytes },
      sftp: { vendors: [], zones, ...sftp },
    },
  });

test("the zone's server takes policy, banners and name of one's own from the settings", () => {
  const document = withServer({
    securityPolicy: "TransferSecurityPolicy-FIPS-2025-03",
    bannerBeforeLogin: "For vendors of Acme only",
    bannerAfterLogin: "Uploads are recorded",
    hostname: { name: "sftp.example.org", zoneId: "Z0123456789ABCDEFGHIJ" },
  });
  expect(resource(document, "aws_transfer_server")).toMatchObject({
    security_policy_name: "TransferSecurityPolicy-FIPS-2025-03",
    pre_authentication_login_banner: "For vendors of Acme only",
    post_authentication_login_banner: "Uploads are recorded",
  });
  expect(resource(document, "aws_route53_record").name).toBe("sftp.example.org");
});

test("the zone's server asks for a password beside the key where the settings say so, and reads that vendor's secret alone", () => {
  const document = withServer({ vendors: [withSecret], secondComponent: { secretKeyArns } });
  expect(resource(document, "aws_transfer_server").sftp_authentication_methods).toBe("PUBLIC_KEY_AND_PASSWORD");
  const read = statements(resource(document, "aws_iam_role_policy", "read-secrets_").policy);
  expect(read).toMatchObject([{ Action: "secretsmanager:GetSecretValue", Resource: [secretArn] }]);
  const keys = statements(resource(document, "aws_iam_role_policy", "read-secrets-keys").policy);
  expect(keys).toMatchObject([{ Action: "kms:Decrypt", Resource: secretKeyArns }]);
});

test.each<[string, Partial<SftpSettings>]>([
  ["a secret where the key alone is asked for", { vendors: [withSecret] }],
  ["no secret where a password is asked for", { vendors: [acme], secondComponent: { secretKeyArns } }],
  [
    "a secret that the boundary of the roles does not reach",
    { vendors: [{ ...acme, secretArn: secretArn.replace("acme/", "other/") }], secondComponent: { secretKeyArns } },
  ],
])("a vendor with %s, who could never log in, is refused", (_, sftp) => {
  expect(codeOf(() => withServer(sftp))).toBe("SETTINGS_INVALID");
});

test("the largest file for trying out is a setting of the zone", () => {
  const trial = (bytes?: number) => {
    const { environment } = resource(withServer({}, bytes), "aws_lambda_function", "Ingest");
    return (environment as { variables: Record<string, string> }).variables.LARGEST_TRIAL_BYTES;
  };
  expect([trial(), trial(5_000_000)]).toEqual(["100000000", "5000000"]);
});
