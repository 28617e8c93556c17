// SPDX-License-Identifier: Apache-2.0
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { AwsEnvironment } from "../aws-environment";
import { inboundPrefix } from "../clinical-landing-zone/inbound-prefix";
import { ModuleError } from "../errors";
import type { PolicyStatement } from "../policy-document";
import type { RecordBucketBase } from "../record-bucket";
import { RuntimeRole, type RuntimeRoleProps, type Trust } from "../runtime-role";
import { gxpTags, type SystemIdentity } from "../tags";
import { isStudyId, isVendorId } from "../vendor-directory/vendor-id";
import { denyOtherNetworks, denyUnhashedBytes } from "./conditions";
import { DataSyncPush, dataSyncArn, readBack } from "./data-sync";
import { instructions } from "./instructions";
import { type Sender, sendsSha256 } from "./sender";
import { trustOf } from "./trust";

export interface PushAccessProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Short name of the sender: the role is `<namePrefix>-push-<name>`. */
  readonly name: string;
  /** Exact ARNs of the deploy roles; they administer the key of a DataSync task's log. */
  readonly administratorArns: readonly string[];
  /** Segment of the prefix, an id as SFTP vendors have: 3-32 lower-case letters, digits, hyphens, a letter first. */
  readonly vendor: string;
  /** Next segment, 2-32 of the same alphabet. @default - none: every study of the vendor */
  readonly study?: string;
  /** Who sends, and with what. */
  readonly sender: Sender;
  /** Where files are kept for days, hashed and promoted. */
  readonly inbox: RecordBucketBase;
  /** Where records are kept for years. @default - none: nothing lands there directly */
  readonly raw?: RecordBucketBase;
  /** `raw` only for senders of SHA-256 (docs/decisions/0019). @default "inbox" */
  readonly landing?: "inbox" | "raw";
  /** Permissions boundary of the role: the most that it can ever do. @default - none */
  readonly boundary?: RuntimeRoleProps["boundary"];
}

/**
 * A sender's way in: a role that adds objects below one prefix, uses the bucket's key for that through S3, and nothing
 * else; no read, no delete, no key that lasts (21 CFR 11.10(d), (g)). SHA-256 is required of who can send it. DataSync
 * alone also lists its prefix and reads its own copies back, to verify them.
 *
 * @throws PUSH_INVALID, LONG_LIVED_KEY, IDENTITY_REFUSED, NETWORK_INVALID, PREFIX_INVALID, NAME_INVALID, TAG_INVALID,
 * ADMINISTRATOR_MISSING
 */
export class PushAccess extends Construct {
  readonly role: RuntimeRole;
  /** Ended by a slash, so that `acme` never covers `acme2`. */
  readonly prefix: string;
  /** What the people at the sender's side set up; also the output `Instructions`. */
  readonly instructions: string;
  /** Locations and task, where DataSync sends. */
  readonly dataSync: DataSyncPush | undefined;

  constructor(scope: Construct, id: string, props: PushAccessProps) {
    super(scope, id);
    const { env, identity, sender } = props;
    const landing = props.landing ?? "inbox";
    this.checkIds(props);
    const bucket = this.bucket(props, landing);
    const name = `${props.namePrefix}-push-${props.name}`;
    const tags = gxpTags(identity, "not a record");
    this.prefix = inboundPrefix({ vendor: props.vendor, study: props.study });
    const denials = this.denials(sender, bucket.arn);
    this.role = new RuntimeRole(this, "Role", {
      env,
      roleName: name,
      trust: this.trust(sender, env),
      boundary: props.boundary,
      // A machine has no second factor: the tag tells the gate (P11-10g-02) that no person takes the role.
      tags: { ...tags, Part11Role: "sender" },
    });
    bucket.grantWrite(this.role, this.prefix);
    if (denials.length > 0) this.role.grant("conditions", denials);
    if (sender.kind === "datasync") {
      this.role.grant("read-back", readBack(bucket, this.prefix));
      this.dataSync = new DataSyncPush(this, "DataSync", {
        env,
        identity,
        name,
        namePrefix: props.namePrefix,
        administratorArns: props.administratorArns,
        bucket,
        prefix: this.prefix,
        role: this.role,
        sender,
        tags,
      });
    }
    this.instructions = instructions(sender, {
      region: env.region,
      bucketName: bucket.bucketName,
      prefix: this.prefix,
      roleArn: this.role.arn,
      landing,
    });
    new TerraformOutput(this, "Instructions", {
      value: this.instructions,
      description: `For the people who set up ${props.name}`,
    });
  }

  private bucket({ sender, inbox, raw }: PushAccessProps, landing: "inbox" | "raw"): RecordBucketBase {
    if (landing === "inbox") return inbox;
    if (!sendsSha256(sender)) {
      this.refuse("a sender of SHA-256", `${sender.kind}, which sends none`, "land in the inbox, where it is hashed");
    }
    return raw ?? this.refuse("the bucket raw", "none", "name it, or land in the inbox");
  }

  /** The same ids as of SFTP vendors: ingest knows no others, and would leave what lies elsewhere where it is. */
  private checkIds({ vendor, study }: PushAccessProps): void {
    if (isVendorId(vendor) && (study === undefined || isStudyId(study))) return;
    const got = JSON.stringify(study === undefined ? vendor : `${vendor}/${study}`);
    const expected = "ids of 3-32 (studies 2-32) lower-case letters, digits or hyphens, a study not named test";
    this.refuse(expected, got, "use the ids of vendors.yaml");
  }

  private trust(sender: Sender, env: AwsEnvironment): Trust {
    if (sender.kind === "datasync") return { service: "datasync.amazonaws.com", sourceArn: dataSyncArn(env) };
    return trustOf(sender.trust, this.node.path);
  }

  private denials(sender: Sender, bucketArn: string): PolicyStatement[] {
    if (sender.kind === "datasync") return [];
    return [
      ...(sender.network ? [denyOtherNetworks(sender.network, this.node.path)] : []),
      ...(sendsSha256(sender) ? denyUnhashedBytes(bucketArn) : []),
    ];
  }

  private refuse(expected: string, got: string, todo: string): never {
    throw new ModuleError("PUSH_INVALID", { what: "landing not possible", where: this.node.path, expected, got, todo });
  }
}
