// SPDX-License-Identifier: Apache-2.0
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { DatasyncLocationNfs } from "@cdktf/provider-aws/lib/datasync-location-nfs";
import { DatasyncLocationS3 } from "@cdktf/provider-aws/lib/datasync-location-s3";
import { DatasyncTask } from "@cdktf/provider-aws/lib/datasync-task";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { EncryptionKey, logsEncrypt } from "../encryption-key";
import { ModuleError } from "../errors";
import { type PolicyStatement, policyJson } from "../policy-document";
import type { RecordBucketBase } from "../record-bucket";
import type { RuntimeRole } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";

/** An agent of AWS DataSync beside the files, which copies what is new by a schedule. */
export interface DataSyncSender {
  /** Tells the senders apart. */
  readonly kind: "datasync";
  /** The share that is copied: an NFS export that the agent reads, or the ARN of a location made elsewhere (SMB needs a password). */
  readonly source:
    | {
        readonly nfs: {
          /** Host name or address of the NFS server, as the agent reaches it. */
          readonly hostname: string;
          /** Path of the export. */
          readonly path: string;
          /** ARNs of the agents, activated before. At least one. */
          readonly agentArns: readonly string[];
        };
      }
    | { readonly locationArn: string };
  /** When the task runs, as EventBridge writes it: `rate(1 hour)` or `cron(15 3 * * ? *)` in UTC; an hour apart at least. */
  readonly schedule: string;
  /**
   * What is compared after a run: the files of this run, or all of source and prefix. The second fails for ever once a
   * file is taken from the source. @default "ONLY_FILES_TRANSFERRED"
   */
  readonly verify?: "ONLY_FILES_TRANSFERRED" | "POINT_IN_TIME_CONSISTENT";
  /** Days that CloudWatch Logs keeps the task's log: one of its own steps, at most 3653. @default 3653 */
  readonly logGroupDays?: number;
}

export interface DataSyncPushProps {
  readonly env: AwsEnvironment;
  readonly identity: SystemIdentity;
  /** Name of the task; also a part of its log group's. */
  readonly name: string;
  /** First part of the log group's name. */
  readonly namePrefix: string;
  /** Exact ARNs of the roles that administer the log's key. At least one. */
  readonly administratorArns: readonly string[];
  readonly bucket: RecordBucketBase;
  readonly prefix: string;
  readonly role: RuntimeRole;
  readonly sender: DataSyncSender;
  readonly tags: Record<string, string>;
}

/** Every resource of DataSync in this account and region; a task's own ARN is known after apply. */
export function dataSyncArn(env: AwsEnvironment): string {
  return `arn:${env.partition}:datasync:${env.region}:${env.accountId}:*`;
}

/**
 * What DataSync needs beyond writing: it lists the prefix and reads its own copies back to compare them with the source.
 * The service alone may take the role, for this account, and the task never deletes, so no tagging and no delete is here.
 * @see DataSync user guide, "Providing DataSync access to S3 buckets"
 */
export function readBack(bucket: RecordBucketBase, prefix: string): PolicyStatement[] {
  return [
    {
      Sid: "ListOwnPrefix",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucket.arn,
      Condition: { StringLike: { "s3:prefix": [`${prefix}*`] } },
    },
    {
      Sid: "FindUploads",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
      Resource: bucket.arn,
    },
    {
      Sid: "CompareOwnCopies",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:ListMultipartUploadParts"],
      Resource: `${bucket.arn}/${prefix}*`,
    },
  ];
}

/**
 * Locations and task of DataSync: copies what changed, verifies each run, never deletes, keeps no owner or mode of the
 * source, and logs every file (21 CFR 11.10(a), (e)).
 * @throws PUSH_INVALID, ADMINISTRATOR_MISSING
 */
export class DataSyncPush extends Construct {
  readonly task: DatasyncTask;
  readonly logGroup: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: DataSyncPushProps) {
    super(scope, id);
    const { bucket, prefix, role, sender, tags } = props;
    if (!/^(rate|cron)\(.+\)$/.test(sender.schedule)) this.refuse("rate(…) or cron(…)", sender.schedule);
    this.logGroup = this.log(props);
    const destination = new DatasyncLocationS3(this, "Destination", {
      s3BucketArn: bucket.arn,
      subdirectory: `/${prefix}`,
      s3StorageClass: "STANDARD",
      s3Config: { bucketAccessRoleArn: role.arn },
      tags,
      // DataSync tries the bucket with the role when the location is made.
      dependsOn: [role.role, ...role.policies],
    });
    this.task = new DatasyncTask(this, "Task", {
      name: props.name,
      sourceLocationArn: this.sourceArn(sender, tags),
      destinationLocationArn: destination.arn,
      cloudwatchLogGroupArn: new Arns(props.env).logGroup(this.logName(props)),
      schedule: { scheduleExpression: sender.schedule },
      options: {
        verifyMode: sender.verify ?? "ONLY_FILES_TRANSFERRED",
        transferMode: "CHANGED",
        overwriteMode: "ALWAYS",
        preserveDeletedFiles: "PRESERVE",
        preserveDevices: "NONE",
        objectTags: "NONE",
        posixPermissions: "NONE",
        uid: "NONE",
        gid: "NONE",
        mtime: "PRESERVE",
        atime: "BEST_EFFORT",
        logLevel: "TRANSFER",
        taskQueueing: "ENABLED",
      },
      tags,
      dependsOn: [this.logGroup],
    });
  }

  private sourceArn({ source }: DataSyncSender, tags: Record<string, string>): string {
    if ("locationArn" in source) {
      if (!/:location\/loc-[0-9a-f]{17}$/.test(source.locationArn))
        this.refuse("the ARN of a location", source.locationArn);
      return source.locationArn;
    }
    const { hostname, path, agentArns } = source.nfs;
    const foreign = agentArns.find((arn) => !/:datasync:[a-z0-9-]+:\d{12}:agent\/agent-[0-9a-f]{17}$/.test(arn));
    if (foreign !== undefined || agentArns.length === 0) this.refuse("ARNs of activated agents", foreign ?? "none");
    return new DatasyncLocationNfs(this, "Source", {
      serverHostname: hostname,
      subdirectory: path,
      onPremConfig: { agentArns: [...agentArns] },
      tags,
    }).arn;
  }

  private logName({ namePrefix, name }: DataSyncPushProps): string {
    return `/part11/${namePrefix}/push/${name}`;
  }

  private log(props: DataSyncPushProps): CloudwatchLogGroup {
    const { env, identity, sender } = props;
    const production = identity.environment === "production";
    const days = sender.logGroupDays ?? 3653;
    const name = this.logName(props);
    const arn = new Arns(env).logGroup(name);
    const tags = gxpTags(identity, `${days} days`);
    const key = new EncryptionKey(this, "LogKey", {
      env,
      environment: identity.environment,
      alias: `${props.name}-logs`,
      administratorArns: props.administratorArns,
      serviceStatements: [logsEncrypt(env, arn)],
      tags,
    });
    new CloudwatchLogResourcePolicy(this, "LogPolicy", {
      policyName: `${props.name}-logs`,
      policyDocument: policyJson([
        {
          Sid: "DataSyncLogs",
          Effect: "Allow",
          Principal: { Service: "datasync.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${arn}:*`,
          Condition: {
            StringEquals: { "aws:SourceAccount": env.accountId },
            ArnLike: { "aws:SourceArn": dataSyncArn(env) },
          },
        },
      ]),
    });
    return new CloudwatchLogGroup(this, "Log", {
      name,
      retentionInDays: days,
      kmsKeyId: key.arn,
      skipDestroy: production,
      tags,
      lifecycle: { preventDestroy: production },
    });
  }

  private refuse(expected: string, got: string): never {
    throw new ModuleError("PUSH_INVALID", {
      what: "DataSync task not usable",
      where: this.node.path,
      expected,
      got: JSON.stringify(got),
      todo: "correct the sender",
    });
  }
}
