// SPDX-License-Identifier: Apache-2.0
import type { CloudtrailAdvancedEventSelector } from "@cdktf/provider-aws/lib/cloudtrail";

interface Recorded {
  readonly partition: string;
  readonly bucketArns: readonly string[];
  readonly tableArns: readonly string[];
  readonly auditBucketArn: string;
}

/**
 * What the trail records: all management events, and every data event, read and write, on records and on the audit
 * bucket itself. One exclusion: the log service's own PutObject into the audit bucket, which would record itself for
 * ever. It is expressed by what remains: every call but PutObject, and PutObject by whoever has an ARN (people and
 * roles have one, an AWS service acting for itself has none).
 * @see CloudTrail API AdvancedFieldSelector; CloudTrail user guide, "Filtering data events"
 */
export function eventSelectors(recorded: Recorded): CloudtrailAdvancedEventSelector[] {
  const data = (type: string) => [
    { field: "eventCategory", equalTo: ["Data"] },
    { field: "resources.type", equalTo: [type] },
  ];
  const below = (arns: readonly string[]) => ({ field: "resources.ARN", startsWith: arns.map((arn) => `${arn}/`) });
  const selectors: CloudtrailAdvancedEventSelector[] = [
    { name: "Management events", fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }] },
    { name: "Records", fieldSelector: [...data("AWS::S3::Object"), below(recorded.bucketArns)] },
    {
      name: "Audit bucket, all but writes",
      fieldSelector: [
        ...data("AWS::S3::Object"),
        below([recorded.auditBucketArn]),
        { field: "eventName", notEquals: ["PutObject"] },
      ],
    },
    {
      name: "Audit bucket, writes by people and roles",
      fieldSelector: [
        ...data("AWS::S3::Object"),
        below([recorded.auditBucketArn]),
        { field: "eventName", equalTo: ["PutObject"] },
        { field: "userIdentity.arn", startsWith: [`arn:${recorded.partition}:`] },
      ],
    },
  ];
  if (recorded.tableArns.length === 0) return selectors;
  return [
    ...selectors,
    {
      name: "Tables",
      fieldSelector: [...data("AWS::DynamoDB::Table"), { field: "resources.ARN", equalTo: [...recorded.tableArns] }],
    },
  ];
}
