// SPDX-License-Identifier: Apache-2.0
import { GuarddutyDetector } from "@cdktf/provider-aws/lib/guardduty-detector";
import { GuarddutyDetectorFeature } from "@cdktf/provider-aws/lib/guardduty-detector-feature";
import { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface ThreatDetectionProps {
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
  /** Provider of another region. @default - the stack's default provider */
  readonly provider?: TerraformProvider;
}

/** GuardDuty with S3 protection, and Security Hub, which receives its findings, in one region (21 CFR 11.300(d)). */
export class ThreatDetection extends Construct {
  readonly hub: SecurityhubAccount;

  constructor(scope: Construct, id: string, { tags, provider }: ThreatDetectionProps) {
    super(scope, id);
    const detector = new GuarddutyDetector(this, "Detector", {
      enable: true,
      findingPublishingFrequency: "FIFTEEN_MINUTES",
      tags,
      provider,
    });
    new GuarddutyDetectorFeature(this, "S3Protection", {
      detectorId: detector.id,
      name: "S3_DATA_EVENTS",
      status: "ENABLED",
      provider,
    });
    this.hub = new SecurityhubAccount(this, "Hub", { enableDefaultStandards: true, provider });
  }
}
