// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from "node:zlib";
import {
  CloudTrailClient,
  CreateTrailCommand,
  LookupEventsCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Credentials } from "../emulator";
import { clientConfig } from "../emulator";
import { message, queue } from "./queue";
import { compare, outcome, probe, REFUSED, type Scenario, until } from "./scenario";
import { allow, type Stage, type Statement } from "./stage";

function trailPolicy(stage: Stage, trail: string) {
  const { accountId, region } = stage.emulator;
  const Condition = {
    StringEquals: { "aws:SourceArn": `arn:aws:cloudtrail:${region}:${accountId}:trail/${trail}` },
  };
  const grant = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Condition };
  return (arn: string): Statement[] => [
    { ...grant, Action: "s3:GetBucketAcl", Resource: arn },
    { ...grant, Action: "s3:PutObject", Resource: `${arn}/AWSLogs/${accountId}/*` },
  ];
}

interface TrailRecord {
  readonly eventName: string;
  readonly errorCode?: string;
  readonly requestParameters?: { readonly key?: string };
  readonly userIdentity: { readonly sessionContext?: { readonly sessionIssuer?: { readonly userName?: string } } };
}

async function records(stage: Stage, Bucket: string): Promise<TrailRecord[]> {
  const listed = await stage.s3.send(new ListObjectsV2Command({ Bucket, Prefix: "AWSLogs/" }));
  const files = (listed.Contents ?? []).map(async ({ Key }) => {
    const file = await stage.s3.send(new GetObjectCommand({ Bucket, Key }));
    const content = gunzipSync(await file.Body!.transformToByteArray()).toString("utf8");
    return (JSON.parse(content) as { Records: TrailRecord[] }).Records;
  });
  return (await Promise.all(files)).flat();
}

/** A logging trail with data events of one bucket. */
async function loggingTrail(stage: Stage): Promise<{ Name: string; audit: string; watched: string }> {
  const Name = stage.name("trail");
  const audit = await stage.bucket("audit", { locked: true, policy: trailPolicy(stage, Name) });
  const watched = await stage.bucket("watched");
  await stage.cloudtrail.send(new CreateTrailCommand({ Name, S3BucketName: audit, IsMultiRegionTrail: true }));
  const DataResources = [{ Type: "AWS::S3::Object", Values: [`arn:aws:s3:::${watched}/`] }];
  const EventSelectors = [{ ReadWriteType: "All" as const, IncludeManagementEvents: true, DataResources }];
  await stage.cloudtrail.send(new PutEventSelectorsCommand({ TrailName: Name, EventSelectors }));
  await stage.cloudtrail.send(new StartLoggingCommand({ Name }));
  return { Name, audit, watched };
}

const creation: Scenario = {
  name: "a trail needs a bucket whose policy lets CloudTrail write",
  controls: ["P11-10e-01", "P11-10e-06", "P11-10e-07"],
  async run(stage) {
    const Name = stage.name("trail");
    const bare = await stage.bucket("no-trail");
    const audit = await stage.bucket("audit", { locked: true, policy: trailPolicy(stage, Name) });
    const create = (S3BucketName: string) => stage.cloudtrail.send(new CreateTrailCommand({ Name, S3BucketName }));
    return [
      await probe("mutant: bucket without policy", "InsufficientS3BucketPolicyException 400", create(bare)),
      await probe("twin: bucket with policy", "ok", create(audit)),
    ];
  },
};

const delivery: Scenario = {
  name: "a trail delivers refused calls with error and role, and the history shows no data events",
  controls: ["P11-10e-01", "P11-10e-03", "P11-10e-06"],
  async run(stage) {
    const { audit, watched } = await loggingTrail(stage);
    const unwatched = await stage.bucket("unwatched");
    const reader = stage.s3As(await stage.session("reader", [allow("s3:GetObject")]));
    const put = (Bucket: string, Key: string) => new PutObjectCommand({ Bucket, Key, Body: "x" });
    const refused = await probe("refused PUT", REFUSED, reader.send(put(watched, "refused")));
    await stage.s3.send(put(unwatched, "unseen"));
    const find = (all: TrailRecord[], key: string) => all.find((record) => record.requestParameters?.key === key);
    const seen = await until(async () => find(await records(stage, audit), "refused"), stage.patienceSeconds);
    const lookup = await stage.cloudtrail.send(new LookupEventsCommand({ MaxResults: 50 }));
    const history = (lookup.Events ?? []).map((event) => event.EventName);
    const issuer = seen?.userIdentity.sessionContext?.sessionIssuer?.userName;
    return [
      refused,
      compare("delivered name and error", "PutObject AccessDenied", `${seen?.eventName} ${seen?.errorCode}`),
      compare("delivered role", true, issuer?.startsWith("preflight-reader")),
      compare(
        "mutant: bucket without data events",
        "no event",
        find(await records(stage, audit), "unseen")?.eventName ?? "no event",
      ),
      compare("data events in LookupEvents", false, history.includes("PutObject")),
    ];
  },
};

const stopping: Scenario = {
  name: "only who may stop a trail can stop it, and stopping it is an event",
  controls: ["P11-10e-11", "P11-300d-03"],
  async run(stage) {
    const { Name } = await loggingTrail(stage);
    const target = await queue(stage, "events.amazonaws.com");
    const rule = stage.name("rule");
    const EventPattern = JSON.stringify({ source: ["aws.cloudtrail"], detail: { eventName: ["StopLogging"] } });
    await stage.events.send(new PutRuleCommand({ Name: rule, EventPattern }));
    await stage.events.send(new PutTargetsCommand({ Rule: rule, Targets: [{ Id: "q", Arn: target.arn }] }));
    const stop = async (right: string) => {
      const operator: Credentials = await stage.session("operator", [allow(right)]);
      const client = stage.record(
        new CloudTrailClient(clientConfig(stage.emulator, operator)),
        "another principal of the check",
      );
      return (await outcome(client.send(new StopLoggingCommand({ Name })))).split(" ")[0];
    };
    const heard = async () => {
      const body = await message(stage, target);
      return body === undefined ? "nothing" : (JSON.parse(body).detail.errorCode ?? "ok");
    };
    return [
      compare("stop without the right", "AccessDeniedException", await stop("cloudtrail:GetTrailStatus")),
      compare("event of the refusal", "AccessDeniedException", await heard()),
      compare("mutant: stop with the right", "ok", await stop("cloudtrail:StopLogging")),
      compare("event of the stop", "ok", await heard()),
    ];
  },
};

export const trailScenarios: readonly Scenario[] = [creation, delivery, stopping];
