// SPDX-License-Identifier: Apache-2.0
import {
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from "@aws-sdk/client-config-service";
import { identity, type LiveReader, unless } from "./reader";

const NO_RECORDER = "NoSuchConfigurationRecorderException";

const recorder: LiveReader = {
  calls: ["config:DescribeConfigurationRecorders"],
  reads: [
    "name",
    "role_arn",
    "recording_group.all_supported",
    "recording_group.include_global_resource_types",
    "recording_group.resource_types",
    "recording_group.exclusion_by_resource_types.resource_types",
    "recording_group.recording_strategy.use_only",
    "recording_mode.recording_frequency",
  ],
  async read(resource, { config }) {
    const name = identity(resource, "name");
    const command = new DescribeConfigurationRecordersCommand({ ConfigurationRecorderNames: [name] });
    const answer = await unless(config.send(command), NO_RECORDER);
    const found = answer?.ConfigurationRecorders?.find((one) => one.name === name);
    if (!found) return undefined;
    const group = found.recordingGroup;
    return {
      name: found.name,
      role_arn: found.roleARN,
      recording_group: {
        all_supported: group?.allSupported,
        include_global_resource_types: group?.includeGlobalResourceTypes,
        resource_types: group?.resourceTypes,
        exclusion_by_resource_types: { resource_types: group?.exclusionByResourceTypes?.resourceTypes },
        recording_strategy: { use_only: group?.recordingStrategy?.useOnly },
      },
      recording_mode: { recording_frequency: found.recordingMode?.recordingFrequency },
    };
  },
};

const recorderStatus: LiveReader = {
  calls: ["config:DescribeConfigurationRecorderStatus"],
  reads: ["name", "is_enabled"],
  async read(resource, { config }) {
    const name = identity(resource, "name");
    const command = new DescribeConfigurationRecorderStatusCommand({ ConfigurationRecorderNames: [name] });
    const answer = await unless(config.send(command), NO_RECORDER);
    const found = answer?.ConfigurationRecordersStatus?.find((one) => one.name === name);
    return found && { name: found.name, is_enabled: found.recording };
  },
};

const deliveryChannel: LiveReader = {
  calls: ["config:DescribeDeliveryChannels"],
  reads: [
    "name",
    "s3_bucket_name",
    "s3_key_prefix",
    "s3_kms_key_arn",
    "sns_topic_arn",
    "snapshot_delivery_properties.delivery_frequency",
  ],
  async read(resource, { config }) {
    const name = identity(resource, "name");
    const command = new DescribeDeliveryChannelsCommand({ DeliveryChannelNames: [name] });
    const answer = await unless(config.send(command), "NoSuchDeliveryChannelException");
    const found = answer?.DeliveryChannels?.find((one) => one.name === name);
    if (!found) return undefined;
    return {
      name: found.name,
      s3_bucket_name: found.s3BucketName,
      s3_key_prefix: found.s3KeyPrefix,
      s3_kms_key_arn: found.s3KmsKeyArn,
      sns_topic_arn: found.snsTopicARN,
      snapshot_delivery_properties: { delivery_frequency: found.configSnapshotDeliveryProperties?.deliveryFrequency },
    };
  },
};

export const CONFIG_READERS = {
  aws_config_configuration_recorder: recorder,
  aws_config_configuration_recorder_status: recorderStatus,
  aws_config_delivery_channel: deliveryChannel,
} as const;
