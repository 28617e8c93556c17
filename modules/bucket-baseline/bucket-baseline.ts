// SPDX-License-Identifier: Apache-2.0
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { dependable, type ITerraformDependable, Lazy, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment, checkAwsEnvironment, type EnvironmentName } from "../aws-environment";
import { ModuleError } from "../errors";
import { denyPlainHttp, type PolicyStatement, policyJson } from "../policy-document";

export interface BucketBaselineProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the deployment is for: production refuses to be destroyed. */
  readonly environment: EnvironmentName;
  /** Literal bucket name, 3-63 characters, lower-case letters, digits, hyphens. */
  readonly bucketName: string;
  /** Switches S3 Object Lock on at birth; it can never be switched off. */
  readonly objectLock: boolean;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
  /** Provider of another region. @default - the stack's default provider */
  readonly provider?: TerraformProvider;
}

/**
 * What every bucket of the landing zone has, locked or not: versioning, four public access blocks, no ACLs, a policy
 * that refuses plain HTTP and TLS below 1.2 (21 CFR 11.10(d), 11.30). Terraform may empty it in qualification only,
 * where everything is disposable (docs/teardown.md); no prop asks for that elsewhere.
 */
export class BucketBaseline extends Construct {
  readonly bucket: S3Bucket;
  readonly versioning: S3BucketVersioningA;
  readonly policy: S3BucketPolicy;
  /** Literal ARN. */
  readonly arn: string;
  readonly bucketName: string;
  private readonly statements: PolicyStatement[];

  constructor(scope: Construct, id: string, props: BucketBaselineProps) {
    super(scope, id);
    checkAwsEnvironment(props.env, this.node.path);
    checkName(props.bucketName, this.node.path);
    const provider = props.provider;
    this.bucketName = props.bucketName;
    this.arn = new Arns(props.env).bucket(props.bucketName);
    this.bucket = new S3Bucket(this, "Resource", {
      bucket: props.bucketName,
      objectLockEnabled: props.objectLock,
      forceDestroy: props.environment === "qualification",
      tags: props.tags,
      provider,
      lifecycle: { preventDestroy: props.environment === "production" },
    });
    const bucket = this.bucket.bucket;
    this.versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
      provider,
    });
    const block = new S3BucketPublicAccessBlock(this, "PublicAccessBlock", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
      provider,
    });
    new S3BucketOwnershipControls(this, "OwnershipControls", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
      provider,
    });
    this.statements = transportStatements(this.arn);
    this.policy = new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: Lazy.stringValue({ produce: () => policyJson(this.statements) }),
      dependsOn: [block],
      provider,
    });
  }

  /** Adds a statement to the bucket policy; `principals` are in-stack roles it names, which must exist first. */
  addStatement(statement: PolicyStatement, ...principals: ITerraformDependable[]): void {
    this.statements.push(statement);
    this.policy.dependsOn = [...(this.policy.dependsOn ?? []), ...principals.map((p) => dependable(p))];
  }
}

function transportStatements(arn: string): PolicyStatement[] {
  const everything = [arn, `${arn}/*`];
  return [
    denyPlainHttp("s3:*", everything),
    {
      Sid: "DenyOldTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ];
}

/** S3 user guide, "General purpose bucket naming rules"; dots are left out because they break TLS host names. */
function checkName(name: string, where: string): void {
  if (/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) return;
  throw new ModuleError("NAME_INVALID", {
    what: "bucket name not usable",
    where,
    expected: "3-63 lower-case letters, digits or hyphens",
    got: JSON.stringify(name),
    todo: "shorten or correct the name prefix",
  });
}
