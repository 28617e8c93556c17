// SPDX-License-Identifier: Apache-2.0
import {
  type DetectorFeatureConfigurationResult,
  GetDetectorCommand,
  type GetDetectorCommandOutput,
} from "@aws-sdk/client-guardduty";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import {
  DescribeHubCommand,
  DescribeStandardsCommand,
  GetEnabledStandardsCommand,
  GetFindingAggregatorCommand,
  type SecurityHubClient,
} from "@aws-sdk/client-securityhub";
import type { ServiceClients } from "./clients";
import { allPages, identity, type LiveReader, tagsOf, unless } from "./reader";

/** Errors of many meanings, and the words by which one says "there is none" (provider 5.100.0, guardduty and securityhub). */
const NO_DETECTOR = { name: "BadRequestException", words: "detectorId is not owned by the current account" };
const NO_HUB = { name: "InvalidAccessException", words: "not subscribed to AWS Security Hub" };

async function unlessSaid<T>(answer: Promise<T>, { name, words }: typeof NO_HUB): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === name && error.message.includes(words)) return undefined;
    throw error;
  }
}

function detectorOf(DetectorId: string, { guardduty }: ServiceClients): Promise<GetDetectorCommandOutput | undefined> {
  return unlessSaid(guardduty.send(new GetDetectorCommand({ DetectorId })), NO_DETECTOR);
}

const detector: LiveReader = {
  calls: ["guardduty:GetDetector"],
  reads: ["enable", "finding_publishing_frequency", "datasources.s3_logs.enable", "tags", "tags_all"],
  async read(resource, clients) {
    const found = await detectorOf(identity(resource, "id"), clients);
    if (!found) return undefined;
    return {
      enable: found.Status === "ENABLED",
      finding_publishing_frequency: found.FindingPublishingFrequency,
      datasources: { s3_logs: { enable: found.DataSources?.S3Logs?.Status === "ENABLED" } },
      ...tagsOf(Object.entries(found.Tags ?? {}).map(([Key, Value]) => ({ Key, Value }))),
    };
  },
};

const detectorFeature: LiveReader = {
  calls: ["guardduty:GetDetector"],
  reads: ["detector_id", "name", "status", "additional_configuration.name", "additional_configuration.status"],
  async read(resource, clients) {
    const [detector_id, name] = [identity(resource, "detector_id"), identity(resource, "name")];
    const features: readonly DetectorFeatureConfigurationResult[] =
      (await detectorOf(detector_id, clients))?.Features ?? [];
    const found = features.find(({ Name }) => Name === name);
    if (!found) return undefined;
    return {
      detector_id,
      name: found.Name,
      status: found.Status,
      additional_configuration: found.AdditionalConfiguration?.map(({ Name, Status }) => ({
        name: Name,
        status: Status,
      })),
    };
  },
};

const hub: LiveReader = {
  calls: ["securityhub:DescribeHub", "securityhub:DescribeStandards", "securityhub:GetEnabledStandards"],
  reads: ["enable_default_standards", "auto_enable_controls", "control_finding_generator"],
  async read(resource, { securityhub }) {
    const command = new DescribeHubCommand({ HubArn: identity(resource, "arn") });
    const found = await unless(unlessSaid(securityhub.send(command), NO_HUB), "ResourceNotFoundException");
    if (!found) return undefined;
    return {
      enable_default_standards: await defaultStandards(securityhub),
      auto_enable_controls: found.AutoEnableControls,
      control_finding_generator: found.ControlFindingGenerator,
    };
  },
};

/** Whether every standard that Security Hub enables by default is on: DescribeHub does not say what it was made with. */
async function defaultStandards(securityhub: SecurityHubClient): Promise<boolean> {
  const standards = await allPages(async (NextToken) => {
    const page = await securityhub.send(new DescribeStandardsCommand({ NextToken }));
    return { items: page.Standards ?? [], next: page.NextToken };
  });
  const subscriptions = await allPages(async (NextToken) => {
    const page = await securityhub.send(new GetEnabledStandardsCommand({ NextToken }));
    return { items: page.StandardsSubscriptions ?? [], next: page.NextToken };
  });
  const on = subscriptions.filter(({ StandardsStatus: is }) => is !== "DELETING" && is !== "FAILED");
  const defaults = standards.filter(({ EnabledByDefault }) => EnabledByDefault);
  return defaults.length > 0 && defaults.every(({ StandardsArn: arn }) => on.some((one) => one.StandardsArn === arn));
}

const aggregator: LiveReader = {
  calls: ["securityhub:GetFindingAggregator"],
  reads: ["linking_mode", "specified_regions"],
  async read(resource, { securityhub }) {
    const command = new GetFindingAggregatorCommand({ FindingAggregatorArn: identity(resource, "id") });
    const found = await unless(unlessSaid(securityhub.send(command), NO_HUB), "ResourceNotFoundException");
    return found && { linking_mode: found.RegionLinkingMode, specified_regions: found.Regions };
  },
};

const serviceLinkedRole: LiveReader = {
  calls: ["iam:GetRole"],
  reads: ["aws_service_name", "custom_suffix", "description", "tags", "tags_all"],
  async read(resource, { iam }) {
    const command = new GetRoleCommand({ RoleName: identity(resource, "name") });
    const role = (await unless(iam.send(command), "NoSuchEntityException"))?.Role;
    if (!role) return undefined;
    return {
      aws_service_name: /^\/aws-service-role\/([^/]+)\/$/.exec(role.Path ?? "")?.[1],
      custom_suffix: /_(.+)$/.exec(role.RoleName ?? "")?.[1],
      description: role.Description,
      ...tagsOf(role.Tags),
    };
  },
};

export const ACCOUNT_READERS = {
  aws_guardduty_detector: detector,
  aws_guardduty_detector_feature: detectorFeature,
  aws_securityhub_account: hub,
  aws_securityhub_finding_aggregator: aggregator,
  aws_iam_service_linked_role: serviceLinkedRole,
} as const;
