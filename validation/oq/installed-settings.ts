// SPDX-License-Identifier: Apache-2.0
import { DescribeTrailsCommand, GetTrailStatusCommand } from "@aws-sdk/client-cloudtrail";
import { type AttributeValue, ListTablesCommand, ScanCommand, type ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import { ListRulesCommand, type ListRulesCommandOutput } from "@aws-sdk/client-eventbridge";
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import {
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { canonicalJson } from "../json";
import { IngestDeadLetters } from "./ingest-dead-letters";
import type { Principal } from "./principal";
import type { Range } from "./range";
import { scannerVariables } from "./scanner";
import { loginSettings, providerRole, secretNames } from "./second-component";

/**
 * Everything that a challenge changes and puts back, or makes beside the installed system, read by the deploy role:
 * name and whole value as canonical JSON. The bucket that this run opens for mutants is not counted.
 */
export async function installedSettings(range: Range): Promise<ReadonlyMap<string, string>> {
  const administrator = await range.administrator();
  const read: Array<readonly [string, unknown]> = [
    ["public access block of the account", await publicAccessBlock(range, administrator)],
    ["buckets", await buckets(range, administrator)],
    ["roles", await roles(administrator)],
    ["trails", await trails(administrator)],
    ["tables", (await administrator.dynamodb().send(new ListTablesCommand({}))).TableNames ?? []],
    ["queues", (await administrator.sqs().send(new ListQueuesCommand({}))).QueueUrls?.map(lastPart).sort() ?? []],
    ["visibility timeout of the queue of arrivals", await (await IngestDeadLetters.of(range)).visibility().read()],
    ["variables of the scan function", await scannerVariables(range)],
    ["what a login asks for", await loginSettings(range)],
    ["secrets", await secretNames(range)],
    ["event rules", await eventRules(administrator)],
    ["items of the vendors table", await itemsOf(administrator, range.senders.table, ["vendor", "item"])],
    ["items of the deliveries table", await itemsOf(administrator, range.zone.tableNamed("-deliveries"), ["pk", "sk"])],
    ["subscribers of the alarm topic", await subscribers(administrator, range.alarmTopic)],
    ["subscribers of the topic of deliveries", await subscribers(administrator, range.zone.topicNamed("-deliveries"))],
  ];
  for (const bucket of [range.inbox, range.raw, range.unblinded, range.challenged]) {
    for (const [name, value] of Object.entries(await bucketSettings(administrator, bucket)))
      read.push([`${name} of ${bucket}`, value]);
  }
  for (const id of ["oq-sender", "oq-neighbour"] as const) {
    const name = lastPart(range.senders.roleArn(id));
    read.push([`policies of role ${name}`, await rolePolicies(administrator, name)]);
  }
  read.push([`policies of role ${providerRole(range)}`, await rolePolicies(administrator, providerRole(range))]);
  const challenging = [
    range.writer(),
    range.inspector(),
    range.unblindedReader(),
    range.pusher(),
    range.pusher("share-import"),
    range.pusher("nightly-batch"),
    range.custodian(),
    range.challenger(),
  ];
  for (const principal of challenging) {
    const { arn } = await principal;
    read.push([`policies of role ${lastPart(arn)}`, await rolePolicies(administrator, lastPart(arn))]);
  }
  return new Map(read.map(([name, value]) => [name, canonicalJson(value)]));
}

async function publicAccessBlock(range: Range, administrator: Principal): Promise<unknown> {
  const command = new GetPublicAccessBlockCommand({ AccountId: range.target.accountId });
  return { ...(await administrator.s3Control().send(command)).PublicAccessBlockConfiguration };
}

async function buckets(range: Range, administrator: Principal): Promise<string[]> {
  const { Buckets = [] } = await administrator.s3().send(new ListBucketsCommand({}));
  const names = Buckets.map(({ Name }) => String(Name));
  return names.filter((name) => name !== range.unlocked || range.asFound !== undefined).sort();
}

async function roles(administrator: Principal): Promise<string[]> {
  const iam = administrator.iam();
  const names: string[] = [];
  for (let Marker: string | undefined, more = true; more; ) {
    const page = await iam.send(new ListRolesCommand({ Marker }));
    names.push(...(page.Roles ?? []).map(({ RoleName }) => String(RoleName)));
    more = page.IsTruncated === true;
    Marker = page.Marker;
  }
  return names.sort();
}

async function eventRules(administrator: Principal): Promise<string[]> {
  const events = administrator.eventBridge();
  const found: string[] = [];
  for (let NextToken: string | undefined, more = true; more; ) {
    const page: ListRulesCommandOutput = await events.send(new ListRulesCommand({ NextToken }));
    for (const { Name, ScheduleExpression, EventPattern, State } of page.Rules ?? [])
      found.push(`${Name} ${ScheduleExpression ?? EventPattern} ${State}`);
    NextToken = page.NextToken;
    more = NextToken !== undefined;
  }
  return found.sort();
}

/** @param key names of the partition key and of the sort key */
async function itemsOf(
  administrator: Principal,
  TableName: string,
  [pk, sk]: readonly [string, string],
): Promise<unknown[]> {
  const dynamodb = administrator.dynamodb();
  const items: Array<Record<string, AttributeValue>> = [];
  for (let ExclusiveStartKey: Record<string, AttributeValue> | undefined, more = true; more; ) {
    const command = new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey });
    const page: ScanCommandOutput = await dynamodb.send(command);
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
    more = ExclusiveStartKey !== undefined;
  }
  const named = items.map((item) => [`${item[pk]?.S} ${item[sk]?.S}`, item] as const);
  return named.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}

async function trails(administrator: Principal): Promise<unknown[]> {
  const cloudTrail = administrator.cloudTrail();
  const { trailList = [] } = await cloudTrail.send(new DescribeTrailsCommand({}));
  const seen = trailList.map(async ({ Name, TrailARN }) => {
    const { IsLogging } = await cloudTrail.send(new GetTrailStatusCommand({ Name: TrailARN ?? Name }));
    return { name: Name, logging: IsLogging === true };
  });
  return (await Promise.all(seen)).sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
}

async function subscribers(administrator: Principal, TopicArn: string): Promise<string[]> {
  const command = new ListSubscriptionsByTopicCommand({ TopicArn });
  const { Subscriptions = [] } = await administrator.sns().send(command);
  return Subscriptions.map(({ SubscriptionArn }) => String(SubscriptionArn)).sort();
}

async function bucketSettings(administrator: Principal, Bucket: string) {
  const s3 = administrator.s3();
  const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
  const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
  return { policy: Policy, "object lock": { ...ObjectLockConfiguration }, versioning: Status };
}

async function rolePolicies(administrator: Principal, RoleName: string) {
  const iam = administrator.iam();
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const inline: Record<string, string> = {};
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    inline[PolicyName] = decodeURIComponent(PolicyDocument!);
  }
  const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn ?? null;
  const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
  return { inline, attached: AttachedPolicies.map(({ PolicyArn }) => String(PolicyArn)).sort(), boundary, trust };
}

function lastPart(name: string): string {
  return name.split("/").pop()!;
}
