// SPDX-License-Identifier: Apache-2.0
import { named, read } from "./fake-clients";

const said = (name: string, message: string): Error => Object.assign(named(name), { message });

describe("the readers of AWS Config", () => {
  const STATE = { name: "acme-recorder" };

  it("show what a recorder records, and as which role", async () => {
    const recordingGroup = { allSupported: true, includeGlobalResourceTypes: true, resourceTypes: [] };
    const ConfigurationRecorders = [{ name: "acme-recorder", roleARN: "arn:r", recordingGroup }];
    const live = await read(
      "aws_config_configuration_recorder",
      {
        DescribeConfigurationRecorders: { ConfigurationRecorders },
      },
      STATE,
    );
    expect(live).toMatchObject({
      role_arn: "arn:r",
      recording_group: { all_supported: true, include_global_resource_types: true },
    });
  });

  it.each([true, false])("show whether it records: %s", async (recording) => {
    const ConfigurationRecordersStatus = [{ name: "acme-recorder", recording }];
    const live = await read(
      "aws_config_configuration_recorder_status",
      {
        DescribeConfigurationRecorderStatus: { ConfigurationRecordersStatus },
      },
      STATE,
    );
    expect(live).toEqual({ name: "acme-recorder", is_enabled: recording });
  });

  it("show where it delivers to, how often and under which key", async () => {
    const channel = {
      name: "acme-recorder",
      s3BucketName: "history",
      s3KmsKeyArn: "arn:k",
      configSnapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
    };
    const live = await read(
      "aws_config_delivery_channel",
      {
        DescribeDeliveryChannels: { DeliveryChannels: [channel] },
      },
      STATE,
    );
    expect(live).toMatchObject({
      s3_bucket_name: "history",
      s3_kms_key_arn: "arn:k",
      snapshot_delivery_properties: { delivery_frequency: "TwentyFour_Hours" },
    });
  });

  it.each([
    ["aws_config_configuration_recorder", "DescribeConfigurationRecorders", "NoSuchConfigurationRecorderException"],
    [
      "aws_config_configuration_recorder_status",
      "DescribeConfigurationRecorderStatus",
      "NoSuchConfigurationRecorderException",
    ],
    ["aws_config_delivery_channel", "DescribeDeliveryChannels", "NoSuchDeliveryChannelException"],
  ])("say that %s is not there when %s answers %s", async (type, operation, error) => {
    expect(await read(type, { [operation]: named(error) }, STATE)).toBeUndefined();
  });
});

describe("the reader of a signing profile", () => {
  const TYPE = "aws_signer_signing_profile";
  const found = { profileName: "acme", platformId: "AWSLambda-SHA384-ECDSA", status: "Active", tags: { GxP: "true" } };

  it("shows platform and tags", async () => {
    expect(await read(TYPE, { GetSigningProfile: found }, { name: "acme" })).toMatchObject({
      platform_id: "AWSLambda-SHA384-ECDSA",
      tags: { GxP: "true" },
    });
  });

  it.each(["Canceled", "Revoked"])("takes a profile that is %s for none", async (status) => {
    expect(await read(TYPE, { GetSigningProfile: { ...found, status } }, { name: "acme" })).toBeUndefined();
  });
});

describe("the readers of GuardDuty", () => {
  const DETECTOR = {
    Status: "ENABLED",
    FindingPublishingFrequency: "FIFTEEN_MINUTES",
    DataSources: { S3Logs: { Status: "ENABLED" } },
    Features: [
      { Name: "RDS_LOGIN_EVENTS", Status: "ENABLED" },
      { Name: "S3_DATA_EVENTS", Status: "DISABLED" },
    ],
    Tags: { GxP: "true" },
  };
  const FEATURE = { detector_id: "d-1", name: "S3_DATA_EVENTS" };

  it.each([
    ["ENABLED", true],
    ["DISABLED", false],
  ])("take a detector that is %s for %s", async (Status, enable) => {
    const live = await read("aws_guardduty_detector", { GetDetector: { ...DETECTOR, Status } }, { id: "d-1" });
    expect(live).toMatchObject({
      enable,
      finding_publishing_frequency: "FIFTEEN_MINUTES",
      datasources: { s3_logs: { enable: true } },
      tags: { GxP: "true" },
    });
  });

  it("show the feature of its name", async () => {
    const live = await read("aws_guardduty_detector_feature", { GetDetector: DETECTOR }, FEATURE);
    expect(live).toMatchObject({ ...FEATURE, status: "DISABLED" });
  });

  it("say that a feature is not there when the detector has none of its name", async () => {
    const answers = { GetDetector: { ...DETECTOR, Features: [] } };
    expect(await read("aws_guardduty_detector_feature", answers, FEATURE)).toBeUndefined();
  });

  it("say that a detector is not there when the account has none of its id", async () => {
    const words = "The request is rejected because the input detectorId is not owned by the current account.";
    const error = said("BadRequestException", words);
    expect(await read("aws_guardduty_detector", { GetDetector: error }, { id: "d-1" })).toBeUndefined();
  });

  it("take no other bad request for an absence", async () => {
    const answers = { GetDetector: named("BadRequestException") };
    await expect(read("aws_guardduty_detector", answers, { id: "d-1" })).rejects.toThrow("BadRequestException");
  });
});

describe("the readers of Security Hub", () => {
  const HUB = { arn: "arn:hub" };
  const Standards = [
    { StandardsArn: "fsbp", EnabledByDefault: true },
    { StandardsArn: "cis", EnabledByDefault: true },
    { StandardsArn: "nist", EnabledByDefault: false },
  ];
  const answers = (
    subscriptions: readonly (readonly [string, string])[],
    standards: readonly object[] = Standards,
  ) => ({
    DescribeHub: { HubArn: "arn:hub", AutoEnableControls: true },
    DescribeStandards: { Standards: standards },
    GetEnabledStandards: {
      StandardsSubscriptions: subscriptions.map(([StandardsArn, StandardsStatus]) => ({
        StandardsArn,
        StandardsStatus,
      })),
    },
  });
  const on = async (...parameters: Parameters<typeof answers>) =>
    (await read("aws_securityhub_account", answers(...parameters), HUB))?.enable_default_standards;

  it("show that the default standards are on when each of them is", async () => {
    const ready = [
      ["fsbp", "READY"],
      ["cis", "INCOMPLETE"],
    ] as const;
    expect(await on(ready)).toBe(true);
  });

  it.each([
    ["one of them is missing", [["fsbp", "READY"]]],
    [
      "one of them is being taken off",
      [
        ["fsbp", "READY"],
        ["cis", "DELETING"],
      ],
    ],
  ] as const)("show that they are not when %s", async (_, subscriptions) => {
    expect(await on(subscriptions)).toBe(false);
  });

  it("show that they are not when Security Hub names none", async () => {
    expect(await on([["fsbp", "READY"]], [])).toBe(false);
  });

  it("show the regions of an aggregator", async () => {
    const GetFindingAggregator = { RegionLinkingMode: "SPECIFIED_REGIONS", Regions: ["eu-west-1"] };
    expect(await read("aws_securityhub_finding_aggregator", { GetFindingAggregator }, { id: "arn:a" })).toEqual({
      linking_mode: "SPECIFIED_REGIONS",
      specified_regions: ["eu-west-1"],
    });
  });

  it.each([
    named("ResourceNotFoundException"),
    said("InvalidAccessException", "Account 111122223333 is not subscribed to AWS Security Hub"),
  ])("take %s for no hub", async (DescribeHub) => {
    expect(await read("aws_securityhub_account", { DescribeHub }, HUB)).toBeUndefined();
  });

  it("take no other refusal for an absence", async () => {
    const answers = { DescribeHub: named("InvalidAccessException") };
    await expect(read("aws_securityhub_account", answers, HUB)).rejects.toThrow("InvalidAccessException");
  });
});

it("the reader of a service-linked role shows whose it is", async () => {
  const Role = { RoleName: "AWSServiceRoleForConfig", Path: "/aws-service-role/config.amazonaws.com/" };
  const live = await read("aws_iam_service_linked_role", { GetRole: { Role } }, { name: "AWSServiceRoleForConfig" });
  expect(live).toMatchObject({ aws_service_name: "config.amazonaws.com", custom_suffix: undefined });
});
