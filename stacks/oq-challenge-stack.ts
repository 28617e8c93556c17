// SPDX-License-Identifier: Apache-2.0
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { dependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AccessLogBucket, Arns, gxpTags, RecordBucket, Retention } from "../modules";
import { systemIdentity } from "./clinical-landing-zone-stack";
import type { LandingZoneSettings } from "./settings";
import { addBackend, addProviders, type Target } from "./target";

/**
 * Disposable stack for the operational qualification of the lock itself: a RecordBucket, COMPLIANCE one day, whose
 * policy refuses nothing any more, and a challenger role that is allowed every call on the system's buckets and on
 * keys. What is still refused here is refused by the lock. Made by override, since no prop of RecordBucket can take the
 * refusals away.
 */
export class OqChallengeStack extends TerraformStack {
  constructor(scope: Construct, id: string, settings: LandingZoneSettings, target: Target) {
    super(scope, id);
    addBackend(this, settings, target);
    addProviders(this, settings, target);
    const { partition, accountId, region, namePrefix } = settings;
    const env = { partition, accountId, region };
    const identity = systemIdentity(settings);
    const arns = new Arns(env);
    const accessLogs = new AccessLogBucket(this, "AccessLogs", {
      env,
      identity,
      bucketName: `${namePrefix}-oq-access-logs-${accountId}`,
    });
    const bucket = new RecordBucket(this, "Challenged", {
      env,
      identity,
      bucketName: `${namePrefix}-oq-${accountId}`,
      accessLogBucket: accessLogs.baseline,
      retention: Retention.compliance({ days: 1 }),
      administratorArns: settings.administratorArns,
    });
    const challengerArn = arns.role(`${namePrefix}-oq-challenger`);
    const challenger = new IamRole(this, "Challenger", {
      name: `${namePrefix}-oq-challenger`,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Sid: "Trust", Effect: "Allow", Principal: { AWS: settings.inspectorTrustedBy }, Action: "sts:AssumeRole" },
        ],
      }),
      maxSessionDuration: 3600,
      tags: gxpTags(identity, "not a record"),
    });
    new IamRolePolicy(this, "Everything", {
      name: "everything",
      role: challenger.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Everything",
            Effect: "Allow",
            Action: ["s3:*", "kms:*"],
            // The challenged bucket, the one without a lock that a run makes, and the landing zone's, whose own policies it tries.
            Resource: [arns.bucket(`${namePrefix}-*`), arns.keysOfEveryRegion()],
          },
        ],
      }),
    });
    bucket.baseline.policy.addOverride(
      "policy",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ChallengerMayTryEverything",
            Effect: "Allow",
            Principal: { AWS: challengerArn },
            Action: "s3:*",
            Resource: [bucket.arn, `${bucket.arn}/*`],
          },
        ],
      }),
    );
    bucket.baseline.policy.dependsOn = [...(bucket.baseline.policy.dependsOn ?? []), dependable(challenger)];
  }
}
