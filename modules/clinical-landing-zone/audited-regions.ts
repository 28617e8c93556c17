// SPDX-License-Identifier: Apache-2.0
import type { AwsEnvironment } from "../aws-environment";

/**
 * Regions whose trail files the saved queries read: the deployment's own two, that of the global services, and
 * `others`. A multi-region trail files each event below the region that it happened in; IAM and other global services
 * of partition `aws` happen in us-east-1 (CloudTrail user guide, "Global service events").
 */
export function auditedRegions(env: AwsEnvironment, replicaRegion: string, others: readonly string[] = []): string[] {
  const global = env.partition === "aws" ? ["us-east-1"] : [];
  return [...new Set([env.region, replicaRegion, ...global, ...others])];
}
