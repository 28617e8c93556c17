// SPDX-License-Identifier: Apache-2.0
import { AthenaNamedQuery } from "@cdktf/provider-aws/lib/athena-named-query";
import { AthenaWorkgroup } from "@cdktf/provider-aws/lib/athena-workgroup";
import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table";
import { Construct } from "constructs";
import type { AuditBucket } from "../audit-bucket";
import { type AwsEnvironment, checkAwsEnvironment } from "../aws-environment";
import type { ResultsBucket } from "../results-bucket";
import { gxpTags, type SystemIdentity } from "../tags";
import { savedQueries } from "./saved-queries";
import { trailColumns } from "./trail-columns";

export interface AuditSearchProps {
  /** Where it is deployed: partition, account and region of literal ARNs. */
  readonly env: AwsEnvironment;
  /** What the tags say: system, owner, change, environment, record class (21 CFR 11.10(k)). */
  readonly identity: SystemIdentity;
  /** First part of every name, 3-24 lower-case letters, digits, hyphens. */
  readonly namePrefix: string;
  /** Bucket whose delivered trail files are searched. */
  readonly auditBucket: AuditBucket;
  /** Bucket that receives what the queries answer. */
  readonly results: ResultsBucket;
  /** Regions whose trail files are searched: a query finds no event of another one. */
  readonly regions: readonly string[];
}

/**
 * The delivered trail as a table, a workgroup that nobody can take out of its encryption, and the questions an
 * inspector asks as saved queries (21 CFR 11.10(b), (e)).
 * @throws REGION_INVALID
 * @see Athena user guide, "Create a table for CloudTrail logs using partition projection"
 */
export class AuditSearch extends Construct {
  readonly workgroup: AthenaWorkgroup;
  readonly table: GlueCatalogTable;

  constructor(scope: Construct, id: string, props: AuditSearchProps) {
    super(scope, id);
    for (const region of props.regions) checkAwsEnvironment({ ...props.env, region }, this.node.path);
    const tags = gxpTags(props.identity, "query results 30 days");
    const location = `s3://${props.auditBucket.records.bucketName}/AWSLogs/${props.env.accountId}/CloudTrail`;
    const database = new GlueCatalogDatabase(this, "Database", {
      name: `${props.namePrefix.replaceAll("-", "_")}_audit`,
      catalogId: props.env.accountId,
    });
    this.table = new GlueCatalogTable(this, "Table", {
      name: "cloudtrail",
      databaseName: database.name,
      catalogId: props.env.accountId,
      tableType: "EXTERNAL_TABLE",
      parameters: {
        classification: "cloudtrail",
        EXTERNAL: "TRUE",
        "projection.enabled": "true",
        "projection.region.type": "enum",
        "projection.region.values": props.regions.join(","),
        "projection.day.type": "date",
        "projection.day.format": "yyyy/MM/dd",
        "projection.day.range": "2020/01/01,NOW",
        "projection.day.interval": "1",
        "projection.day.interval.unit": "DAYS",
        "storage.location.template": `${location}/$\${region}/$\${day}`,
      },
      partitionKeys: [
        { name: "region", type: "string" },
        { name: "day", type: "string" },
      ],
      storageDescriptor: {
        location,
        inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        serDeInfo: {
          serializationLibrary: "org.apache.hive.hcatalog.data.JsonSerDe",
          parameters: { "serialization.format": "1" },
        },
        columns: trailColumns,
      },
    });
    this.workgroup = new AthenaWorkgroup(this, "Workgroup", {
      name: `${props.namePrefix}-audit`,
      forceDestroy: props.identity.environment === "qualification",
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        resultConfiguration: {
          outputLocation: `s3://${props.results.baseline.bucketName}/athena/`,
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: props.results.key.arn },
        },
      },
      tags,
    });
    for (const query of savedQueries(this.table.name)) {
      new AthenaNamedQuery(this, query.name, {
        name: `${props.namePrefix}-${query.name}`,
        description: query.description,
        database: database.name,
        workgroup: this.workgroup.name,
        query: query.sql,
      });
    }
  }
}
