// SPDX-License-Identifier: Apache-2.0
import {
  type AdvancedEventSelector,
  type EventSelector,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
} from "@aws-sdk/client-cloudtrail";
import { identity, type LiveReader, tagsOf, unless } from "./reader";

const trail: LiveReader = {
  calls: ["cloudtrail:GetTrail", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors", "cloudtrail:ListTags"],
  reads: [
    "name",
    "s3_bucket_name",
    "s3_key_prefix",
    "sns_topic_name",
    "include_global_service_events",
    "is_multi_region_trail",
    "is_organization_trail",
    "enable_log_file_validation",
    "enable_logging",
    "kms_key_id",
    "cloud_watch_logs_group_arn",
    "cloud_watch_logs_role_arn",
    "advanced_event_selector",
    "advanced_event_selector.name",
    "advanced_event_selector.field_selector",
    "advanced_event_selector.field_selector.field",
    "advanced_event_selector.field_selector.equals",
    "advanced_event_selector.field_selector.not_equals",
    "advanced_event_selector.field_selector.starts_with",
    "advanced_event_selector.field_selector.not_starts_with",
    "advanced_event_selector.field_selector.ends_with",
    "advanced_event_selector.field_selector.not_ends_with",
    "event_selector",
    "event_selector.data_resource",
    "event_selector.data_resource.type",
    "event_selector.data_resource.values",
    "event_selector.exclude_management_event_sources",
    "event_selector.include_management_events",
    "event_selector.read_write_type",
    "tags",
    "tags_all",
  ],
  async read(resource, { cloudtrail }) {
    const Name = identity(resource, "arn");
    const found = (await unless(cloudtrail.send(new GetTrailCommand({ Name })), "TrailNotFoundException"))?.Trail;
    if (!found) return undefined;
    const { IsLogging } = await cloudtrail.send(new GetTrailStatusCommand({ Name }));
    const selectors = await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: Name }));
    const { ResourceTagList } = await cloudtrail.send(new ListTagsCommand({ ResourceIdList: [Name] }));
    return {
      name: found.Name,
      s3_bucket_name: found.S3BucketName,
      s3_key_prefix: found.S3KeyPrefix,
      sns_topic_name: found.SnsTopicName,
      include_global_service_events: found.IncludeGlobalServiceEvents,
      is_multi_region_trail: found.IsMultiRegionTrail,
      is_organization_trail: found.IsOrganizationTrail,
      enable_log_file_validation: found.LogFileValidationEnabled,
      enable_logging: IsLogging,
      kms_key_id: found.KmsKeyId,
      cloud_watch_logs_group_arn: found.CloudWatchLogsLogGroupArn,
      cloud_watch_logs_role_arn: found.CloudWatchLogsRoleArn,
      advanced_event_selector: selectors.AdvancedEventSelectors?.map(advancedOf),
      event_selector: selectors.EventSelectors?.map(basicOf),
      ...tagsOf(ResourceTagList?.find(({ ResourceId }) => ResourceId === Name)?.TagsList),
    };
  },
};

function advancedOf({ Name, FieldSelectors }: AdvancedEventSelector): Record<string, unknown> {
  return {
    name: Name,
    field_selector: FieldSelectors?.map((selector) => ({
      field: selector.Field,
      equals: selector.Equals,
      not_equals: selector.NotEquals,
      starts_with: selector.StartsWith,
      not_starts_with: selector.NotStartsWith,
      ends_with: selector.EndsWith,
      not_ends_with: selector.NotEndsWith,
    })),
  };
}

function basicOf(selector: EventSelector): Record<string, unknown> {
  return {
    read_write_type: selector.ReadWriteType,
    include_management_events: selector.IncludeManagementEvents,
    exclude_management_event_sources: selector.ExcludeManagementEventSources,
    data_resource: selector.DataResources?.map(({ Type, Values }) => ({ type: Type, values: Values })),
  };
}

export const CLOUDTRAIL_READERS = { aws_cloudtrail: trail } as const;
