// SPDX-License-Identifier: Apache-2.0
import { Construct } from "constructs";
import type { AuditBucket } from "../audit-bucket";
import type { AuditTrail } from "../audit-trail";
import { Arns, type AwsEnvironment } from "../aws-environment";
import { Backup } from "../backup";
import { DeliveryCheck } from "../delivery-check";
import { DeliveryNotices, type VendorContact } from "../delivery-notices";
import { CodeSigning } from "../handler";
import { type Delivery, Ingest } from "../ingest";
import { Ledger } from "../ledger";
import { LogArchive } from "../log-archive";
import type { Monitoring, Subscriber } from "../monitoring";
import { Reconciliation } from "../reconciliation";
import type { RecordBucket } from "../record-bucket";
import type { Retention, RetentionPeriod } from "../retention";
import type { RuntimeRole, RuntimeRoleProps } from "../runtime-role";
import { SftpGateway, type SftpGatewayProps, VendorLogin } from "../sftp-gateway";
import { SftpNetwork } from "../sftp-network";
import { gxpTags, type SystemIdentity } from "../tags";
import { type Vendor, VendorDirectory } from "../vendor-directory";
import { type LargeFiles, largerThanFunction, networkForTask } from "./large-files";
import type { Scanner } from "./scanner";
import { loginMethods, type SecondComponent } from "./second-component";

/** What the people decide who run a zone: who sends, what is expected, which code deals with it. */
export interface ReceivingSettings {
  /**
   * Literal name of the bucket that the functions' code lies in, put there before the stack is applied
   * (docs/guides/functions.md). It exists beside the stack.
   */
  readonly codeBucketName: string;
  /** Functions run only what this zone's signing profile has signed. Off where the target knows no code signing. @default true */
  readonly signedCode?: boolean;
  /** Files that are expected; nothing else is promoted from inbox to raw. */
  readonly deliveries: readonly Delivery[];
  /** Who is sent receipts and refusals of a vendor's files. @default - nobody */
  readonly contacts?: readonly VendorContact[];
  /** Asked before a file becomes a record; without its CLEAN nothing does. @default - nobody is asked */
  readonly scan?: Scanner;
  /** The task that takes files which are too large for a function. Its endpoints are paid by the hour. @default - none: such a file ends in the dead-letter queue */
  readonly largeFiles?: LargeFiles;
  /** Largest file of `clinical/inbound/test/<vendor>/`, in bytes; a larger one is quarantined and told of. @default 100,000,000 */
  readonly largestTrialBytes?: number;
  /** The SFTP server and who may log in. It is paid by the hour. @default - none: files come by S3 alone */
  readonly sftp?: SftpSettings;
}

export interface SftpSettings
  extends Pick<SftpGatewayProps, "securityPolicy" | "bannerBeforeLogin" | "bannerAfterLogin" | "hostname"> {
  /** Who may log in, as `vendors.yaml` says. */
  readonly vendors: readonly Vendor[];
  /** Availability zones of the endpoint, two to four, such as `eu-central-1a`. */
  readonly zones: readonly string[];
  /** Address range of the VPC, IPv4, /16 to /25. @default "10.60.0.0/22" */
  readonly vpcCidr?: string;
  /** A password beside the key, which every vendor needs then. @default - the key alone */
  readonly secondComponent?: SecondComponent;
}

interface ReceivingProps extends ReceivingSettings {
  readonly env: AwsEnvironment;
  readonly identity: SystemIdentity;
  readonly namePrefix: string;
  readonly administratorArns: readonly string[];
  readonly boundary: NonNullable<RuntimeRoleProps["boundary"]>;
  readonly inbox: RecordBucket;
  readonly raw: RecordBucket;
  readonly unblinded: RecordBucket | undefined;
  readonly curated: RecordBucket;
  readonly audit: AuditBucket;
  readonly trail: AuditTrail;
  readonly monitoring: Monitoring;
  readonly retention: Retention;
  readonly minimumRetention?: RetentionPeriod;
  /** Own people who are told of every event of a delivery. */
  readonly subscribers: readonly Subscriber[];
}

/** From a vendor's client to a record in the ledger: server, vendors, queue, function, ledger and its backup. */
export class Receiving extends Construct {
  readonly ledger: Ledger;
  readonly ingest: Ingest;
  readonly notices: DeliveryNotices;
  readonly deliveryCheck: DeliveryCheck;
  readonly reconciliation: Reconciliation;
  readonly backup: Backup;
  readonly network: SftpNetwork | undefined;
  readonly gateway: SftpGateway | undefined;
  private readonly signing: CodeSigning | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ReceivingProps,
  ) {
    super(scope, id);
    const {
      env,
      identity,
      namePrefix,
      administratorArns,
      boundary,
      audit,
      inbox,
      raw,
      unblinded,
      curated,
      monitoring,
    } = props;
    const common = { env, identity, namePrefix, administratorArns, boundary };
    this.signing = (props.signedCode ?? true) ? this.codeSigning() : undefined;
    this.ledger = new Ledger(this, "Ledger", { ...common, auditBucket: audit });
    props.trail.recordTable(this.ledger.tableArn);
    const { subscribers, contacts } = props;
    this.notices = new DeliveryNotices(this, "Notices", { ...common, subscribers, contacts });
    this.network = props.sftp && this.sftpNetwork(props.sftp);
    this.ingest = new Ingest(this, "Ingest", {
      ...common,
      ...largerThanFunction(props.largeFiles, this.network, this.node.path),
      inbox,
      raw,
      unblinded,
      curated,
      ledger: this.ledger,
      auditBucketName: audit.records.bucketName,
      monitoring,
      code: this.code,
      deliveries: props.deliveries,
      notices: this.notices,
      scanFunctionArn: props.scan?.functionArn,
      largestTrialBytes: props.largestTrialBytes,
    });
    props.trail.recordTable(this.ingest.deliveries.tableArn);
    const compared = { ...common, ingest: this.ingest, ledger: this.ledger, monitoring, code: this.code };
    this.deliveryCheck = new DeliveryCheck(this, "DeliveryCheck", {
      ...compared,
      recordBucketNames: [raw, unblinded].flatMap((bucket) => bucket?.bucketName ?? []),
      notices: this.notices,
    });
    this.reconciliation = new Reconciliation(this, "Reconciliation", { ...compared, buckets: this.ingest.buckets });
    this.backup = new Backup(this, "Backup", {
      ...common,
      tableArns: [this.ledger.table.arn],
      retention: props.retention,
      minimumRetention: props.minimumRetention,
    });
    if (!props.sftp || !this.network) return;
    this.gateway = this.sftpGateway(props.sftp, this.network);
    new LogArchive(this, "LogArchive", {
      ...common,
      logGroupNames: [this.gateway.logGroupName, this.gateway.login.logGroupName],
      auditBucket: audit,
      monitoring,
      code: this.code,
    });
  }

  /** Lets `role` read the ledger and the server's log, which with the records is what `part11 prove` looks at. */
  grantInspection(role: RuntimeRole): void {
    this.ledger.grantRead(role);
    if (!this.gateway) return;
    const group = new Arns(this.props.env).logGroup(this.gateway.logGroupName);
    role.grant("inspect-transfers", [
      { Sid: "ReadServerLog", Effect: "Allow", Action: "logs:FilterLogEvents", Resource: [group, `${group}:*`] },
    ]);
  }

  private get code() {
    return { bucketName: this.props.codeBucketName, signingConfigArn: this.signing?.configArn };
  }

  private codeSigning(): CodeSigning {
    const { identity, namePrefix } = this.props;
    const profileName = `${namePrefix.replaceAll("-", "_")}_functions`;
    return new CodeSigning(this, "CodeSigning", { profileName, tags: gxpTags(identity, "not a record") });
  }

  private sftpNetwork({ zones, vpcCidr }: SftpSettings): SftpNetwork {
    const { env, identity, namePrefix, boundary, trail, largeFiles, scan } = this.props;
    return new SftpNetwork(this, "Network", {
      ...networkForTask(largeFiles, scan),
      env,
      identity,
      namePrefix,
      zones,
      vpcCidr,
      logKey: trail.logKey,
      boundary,
    });
  }

  private sftpGateway(sftp: SftpSettings, network: SftpNetwork): SftpGateway {
    const { vendors, securityPolicy, bannerBeforeLogin, bannerAfterLogin, hostname, secondComponent } = sftp;
    const { env, identity, namePrefix, administratorArns, boundary, inbox, monitoring, trail } = this.props;
    const directory = new VendorDirectory(this, "Vendors", { env, identity, namePrefix, administratorArns, vendors });
    const methods = loginMethods(secondComponent, { env, namePrefix, vendors }, this.node.path);
    // Who may log in, and whoever lifts the denial of a vendor (21 CFR 11.10(e), 11.300).
    trail.recordTable(directory.tableArn);
    const gateway = new SftpGateway(this, "Gateway", {
      env,
      identity,
      namePrefix,
      administratorArns,
      boundary,
      vpcId: network.vpc.id,
      subnetIds: network.publicSubnets.map(({ id }) => id),
      inbox,
      directory,
      identityProvider: new VendorLogin({ directory, code: this.code, ...methods }),
      ...{ securityPolicy, bannerBeforeLogin, bannerAfterLogin, hostname },
      alertTopic: monitoring.high,
    });
    gateway.server.node.addDependency(...network.readyForAddresses);
    return gateway;
  }
}
