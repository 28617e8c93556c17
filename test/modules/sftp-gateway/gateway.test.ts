// SPDX-License-Identifier: Apache-2.0
import { entraRopcLogin } from "../../../modules";
import { codeOf, resource, type SynthDocument, statement, statements, synthesize, testStack } from "../synth";
import { acme, addGateway, beta, type GatewayStackOptions } from "./gateway-stack";

function synthesized(options?: GatewayStackOptions): SynthDocument {
  const { stack } = testStack();
  addGateway(stack, options);
  return synthesize(stack);
}

let usual: SynthDocument;
beforeAll(() => {
  usual = synthesized();
});

test("the server stands in a VPC, speaks SFTP only, asks for keys, and takes no host key from the plan", () => {
  const server = resource(usual, "aws_transfer_server");
  expect(server).toMatchObject({
    endpoint_type: "VPC",
    protocols: ["SFTP"],
    security_policy_name: "TransferSecurityPolicy-2025-03",
    identity_provider_type: "AWS_LAMBDA",
    sftp_authentication_methods: "PUBLIC_KEY",
    protocol_details: { set_stat_option: "ENABLE_NO_OP" },
    lifecycle: { prevent_destroy: true },
  });
  expect(server).not.toHaveProperty("host_key");
});

test("the fingerprint of the host key is an output", () => {
  expect(JSON.stringify(usual.output)).toContain(".host_key_fingerprint");
});

test("each subnet has an address of its own", () => {
  const { endpoint_details: details } = resource(usual, "aws_transfer_server") as {
    endpoint_details: { subnet_ids: string[]; address_allocation_ids: string[] };
  };
  expect(details.address_allocation_ids).toHaveLength(details.subnet_ids.length);
  expect(new Set(details.address_allocation_ids).size).toBe(2);
});

describe("the security group", () => {
  const networks = (document: SynthDocument) =>
    (
      resource(document, "aws_security_group").ingress as {
        from_port: number;
        to_port: number;
        protocol: string;
        cidr_blocks: string[] | null;
        ipv6_cidr_blocks: string[] | null;
      }[]
    ).map((rule) => [
      rule.from_port,
      rule.to_port,
      rule.protocol,
      ...(rule.cidr_blocks ?? rule.ipv6_cidr_blocks ?? []),
    ]);

  test("lets in port 22 from each vendor's networks, each once, and nothing else", () => {
    expect(networks(usual)).toEqual([
      [22, 22, "tcp", "192.0.2.16/28"],
      [22, 22, "tcp", "198.51.100.8/32"],
      [22, 22, "tcp", "2001:db8:1::/64"],
    ]);
  });

  test("is closed where nobody is listed", () => {
    expect(networks(synthesized({ vendors: [{ ...acme, cidrs: [] }] }))).toEqual([]);
  });

  test("no longer knows the networks of a vendor that is not enabled", () => {
    const document = synthesized({ vendors: [{ ...acme, enabled: false }, beta] });
    expect(networks(document).map((rule) => rule[3])).toEqual(["192.0.2.16/28", "198.51.100.8/32"]);
  });
});

describe("a vendor's role", () => {
  const policies = (document: SynthDocument, vendor: string) =>
    Object.entries(document.resource.aws_iam_role_policy!)
      .filter(([name]) => name.includes(`Vendor-${vendor}`))
      .flatMap(([, { policy }]) => statements(policy));

  test("may put, abort, list its own folders and use the inbox's key through S3, make no folder, and nothing else", () => {
    const folders = ["clinical/inbound/raw/acme/st-101/", "clinical/inbound/test/acme/"];
    const inbox = "arn:aws:s3:::acme-clin-inbox-111122223333";
    expect(policies(usual, "acme")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
          Resource: folders.map((folder) => `${inbox}/${folder}*`),
        }),
        expect.objectContaining({
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: expect.stringContaining("aws_kms_key.Inbox_Key"),
          Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
        }),
        expect.objectContaining({
          Action: "s3:ListBucket",
          Resource: inbox,
          Condition: { StringLike: { "s3:prefix": folders.map((folder) => `${folder}*`) } },
        }),
        { Sid: "DenyFolders", Effect: "Deny", Action: "s3:PutObject", Resource: `${inbox}/*/` },
      ]),
    );
    expect(policies(usual, "acme")).toHaveLength(4);
  });

  test("is the one that the identity provider names, and only Transfer of this account assumes it", () => {
    const role = resource(usual, "aws_iam_role", "Vendor-beta");
    const { environment } = resource(usual, "aws_lambda_function") as {
      environment: { variables: { VENDOR_ROLE_PREFIX: string } };
    };
    expect(`arn:aws:iam::111122223333:role/${role.name}`).toBe(`${environment.variables.VENDOR_ROLE_PREFIX}beta`);
    expect(statement(role.assume_role_policy, "Trust")).toMatchObject({
      Principal: { Service: "transfer.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": "arn:aws:transfer:eu-central-1:111122223333:*" },
      },
    });
  });
});

test("only the server may invoke the identity provider", () => {
  expect(resource(usual, "aws_lambda_permission")).toMatchObject({
    principal: "transfer.amazonaws.com",
    source_arn: expect.stringMatching(/aws_transfer_server\.Gateway_\w+\.arn/),
    source_account: "111122223333",
  });
});

test("every variable of the identity provider is known in the plan, and none is a secret", () => {
  const { environment } = resource(usual, "aws_lambda_function") as {
    environment: { variables: Record<string, string> };
  };
  expect(environment.variables).toEqual({
    AUTHENTICATION_METHODS: "PUBLIC_KEY",
    INBOX_ARN: "arn:aws:s3:::acme-clin-inbox-111122223333",
    KEYS_ARN: "arn:aws:kms:eu-central-1:111122223333:key/*",
    VENDORS_TABLE: "acme-clin-vendors",
    VENDOR_ROLE_PREFIX: "arn:aws:iam::111122223333:role/acme-clin-vendor-",
  });
});

test("the identity provider queries the vendors table and writes nothing into it", () => {
  const actions = Object.entries(usual.resource.aws_iam_role_policy!)
    .filter(([name]) => name.includes("Identity"))
    .flatMap(([, { policy }]) => statements(policy).flatMap(({ Action }) => Action));
  expect(actions.filter((action) => action.startsWith("dynamodb:"))).toEqual(["dynamodb:Query"]);
});

test("where a password is asked for as well, only the vendors' own secrets are read", () => {
  const secretArn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:acme-sftp-AbCdEf";
  const document = synthesized({
    vendors: [{ ...acme, secretArn }],
    login: { methods: "PUBLIC_KEY_AND_PASSWORD" },
  });
  expect(resource(document, "aws_transfer_server").sftp_authentication_methods).toBe("PUBLIC_KEY_AND_PASSWORD");
  expect(statements(resource(document, "aws_iam_role_policy", "read-secrets").policy)).toMatchObject([
    { Action: "secretsmanager:GetSecretValue", Resource: [secretArn] },
  ]);
});

test.each([
  ["sftp-auth-failure", '{ $.activity-type = "AUTH_FAILURE" }', "Gateway_Log_Group"],
  ["sftp-connection-rejected", '{ $.activity-type = "CONNECTION_REJECTED" }', "Gateway_Log_Group"],
  ["sftp-login-denied", '{ ($.decision = "denied") || ($.message.decision = "denied") }', "Gateway_Identity_LogGroup"],
])("%s is counted and alarms", (name, pattern, group) => {
  expect(resource(usual, "aws_cloudwatch_log_metric_filter", name)).toMatchObject({
    pattern,
    log_group_name: expect.stringContaining(group),
  });
  expect(resource(usual, "aws_cloudwatch_metric_alarm", name)).toMatchObject({
    threshold: 0,
    comparison_operator: "GreaterThanThreshold",
    treat_missing_data: "notBreaching",
    alarm_actions: ["arn:aws:sns:eu-central-1:111122223333:acme-clin-alerts-high"],
  });
});

test("a login that could not be decided, and an unusual volume, alarm too", () => {
  expect(resource(usual, "aws_cloudwatch_metric_alarm", "undecided")).toMatchObject({
    namespace: "AWS/Lambda",
    metric_name: "Errors",
  });
  expect(JSON.stringify(resource(usual, "aws_cloudwatch_metric_alarm", "sftp-volume"))).toContain("BytesIn");
});

test("what banners say is taken as it is: Terraform puts nothing in the place of a variable of Transfer", () => {
  const variable = "{transfer:UserName}";
  const bannerBeforeLogin = `Welcome, $${variable} %{ if true }`;
  const server = resource(synthesized({ gateway: { bannerBeforeLogin } }), "aws_transfer_server");
  expect(server.pre_authentication_login_banner).toBe(`Welcome, $$${variable} %%{ if true }`);
});

test("nothing in the usual stack leaves a variable of Transfer to Terraform", () => {
  expect(JSON.stringify(usual)).not.toMatch(/\$\{transfer:/);
});

test("a name of one's own points to the server", () => {
  const hostname = { name: "sftp.example.org", zoneId: "Z0123456789ABCDEFGHIJ" };
  const document = synthesized({ gateway: { hostname } });
  expect(resource(document, "aws_route53_record")).toMatchObject({ name: "sftp.example.org", type: "CNAME" });
  expect(resource(document, "aws_transfer_tag").value).toBe("sftp.example.org");
});

test("a FIPS policy may be asked for", () => {
  const document = synthesized({ gateway: { securityPolicy: "TransferSecurityPolicy-FIPS-2025-03" } });
  expect(resource(document, "aws_transfer_server").security_policy_name).toBe("TransferSecurityPolicy-FIPS-2025-03");
});

test.each<[string, GatewayStackOptions]>([
  ["one subnet", { gateway: { subnetIds: ["subnet-0123456789abcdef0"] } }],
  ["a policy of 2018", { gateway: { securityPolicy: "TransferSecurityPolicy-2018-11" as never } }],
  ["a banner that is too long", { gateway: { bannerAfterLogin: "x".repeat(4097) } }],
  [
    "more studies than a session policy holds",
    { vendors: [{ ...acme, studies: Array.from({ length: 20 }, (_, i) => ({ id: `study-number-${i}` })) }] },
  ],
])("fails on %s", (_, options) => {
  expect(codeOf(() => synthesized(options))).toBe("GATEWAY_INVALID");
});

test("Entra ROPC is refused, with the way out", () => {
  expect(codeOf(entraRopcLogin)).toBe("IDENTITY_REFUSED");
  expect(entraRopcLogin).toThrow(/give systems an SSH key .* people with Entra accounts .* IAM Identity Center/);
});
