// SPDX-License-Identifier: Apache-2.0
import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { ConfigurationHistoryBucket } from "./configuration-history-bucket";

export interface ConfigurationRecorderProps {
  /** Literal name; a region of an account has one recorder. */
  readonly name: string;
  /** Where it delivers, of any region. */
  readonly history: ConfigurationHistoryBucket;
  /** Literal ARN of the role of AWS Config, and what must exist first. */
  readonly role: { readonly arn: string; readonly dependables: readonly ITerraformDependable[] };
  /** Provider of another region. @default - the stack's default provider */
  readonly provider?: TerraformProvider;
}

/** AWS Config in one region: every supported resource type, global ones too, switched on (21 CFR 11.10(a), (k)). */
export class ConfigurationRecorder extends Construct {
  constructor(scope: Construct, id: string, { name, history, role, provider }: ConfigurationRecorderProps) {
    super(scope, id);
    const recorder = new ConfigConfigurationRecorder(this, "Resource", {
      name,
      roleArn: role.arn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      dependsOn: [...role.dependables],
      provider,
    });
    const channel = new ConfigDeliveryChannel(this, "Channel", {
      name,
      s3BucketName: history.baseline.bucketName,
      s3KmsKeyArn: history.key.arn,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
      dependsOn: [recorder, history.baseline.policy],
      provider,
    });
    new ConfigConfigurationRecorderStatus(this, "Status", {
      name: recorder.name,
      isEnabled: true,
      dependsOn: [channel],
      provider,
    });
  }
}
