// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { ask, inWords } from "../call";
import { type Challenge, type Checked, expectAnswer, expectRefusal } from "../challenge";
import { onAwsOnly } from "../on-aws-only";
import type { Principal } from "../principal";
import type { Range } from "../range";
import { type ExpectedRefusal, refusalText } from "../refusal";
import { copyOfWriter } from "../role-copy";

const POLL_MS = 250;
/** Delivery to CloudWatch Logs takes AWS about five minutes (CloudTrail user guide). */
const PATIENCE_MS = 15 * 60_000;
/** CloudTrail speaks AWS JSON, whose status of a refusal is not documented: the code decides. */
const REFUSED: ExpectedRefusal = { layer: "identity policy", code: "AccessDeniedException" };

/** Nobody at runtime stops the audit trail. */
export const trailChallenges: readonly Challenge[] = [
  cannot("stop", "StopLogging", (principal, Name) => principal.cloudTrail().send(new StopLoggingCommand({ Name }))),
  cannot("delete", "DeleteTrail", (principal, Name) => principal.cloudTrail().send(new DeleteTrailCommand({ Name }))),
  reachesLogs(),
  onAwsOnly({
    id: "OQ-trail-validation",
    title: "Delivered log files validate, an edited copy does not",
    controls: ["P11-10e-02"],
    requirements: ["URS-016"],
    clauses: ["11.10(e)"],
    action: "verify the digest chain of the delivered files; change one byte of a copy and verify again",
    expected: "the chain is intact; the copy is found",
  }),
];

function cannot(
  verb: string,
  operation: string,
  attempt: (principal: Principal, trail: string) => Promise<object>,
): Challenge {
  const title = `A runtime role cannot ${verb} the audit trail`;
  return {
    step: {
      id: `OQ-trail-${verb}`,
      title,
      controls: ["P11-10e-01", "P11-10e-11"],
      requirements: ["URS-016", "URS-021"],
      clauses: ["11.10(e)"],
      kind: "negative",
      principal: "writer role of the raw bucket",
      layer: REFUSED.layer,
      action: `${operation} on the landing zone's trail`,
      expected: `${refusalText(REFUSED)}; the trail is still logging`,
      acceptance: "refused, still logging, twin allowed, mutant goes through",
      twin: "GetTrailStatus by the deploy role says that the trail is logging",
      mutant: `${operation} on a disposable trail by a copy of the writer's role, made for this and removed: the same trust and policies, the right to ${operation} added, and no permissions boundary, which would refuse it too`,
    },
    async run(range) {
      const [writer, administrator] = [await range.writer(), await range.administrator()];
      const trail = range.zone.trailName();
      const logging = async () => {
        const { IsLogging } = await administrator.cloudTrail().send(new GetTrailStatusCommand({ Name: trail }));
        return { ok: IsLogging === true, seen: `trail ${trail}, logging ${IsLogging}` };
      };
      return expectRefusal(title, {
        principal: writer,
        expected: REFUSED,
        call: () => attempt(writer, trail),
        unchanged: logging,
        twin: logging,
        mutant: () => byGrantedRole(range, administrator, operation, attempt),
      });
    },
  };
}

/** The attempt on a disposable trail by a copy of the writer's role that has the right; both are removed again. */
async function byGrantedRole(
  range: Range,
  administrator: Principal,
  operation: string,
  attempt: (principal: Principal, trail: string) => Promise<object>,
): Promise<Checked> {
  const Name = `${range.unlocked}-${operation.toLowerCase()}`;
  await letTrailDeliver(range, administrator);
  const cloudTrail = administrator.cloudTrail();
  await cloudTrail.send(new CreateTrailCommand({ Name, S3BucketName: range.unlocked }));
  try {
    await cloudTrail.send(new StartLoggingCommand({ Name }));
    const copy = await copyOfWriter(range, administrator, `cloudtrail:${operation}`);
    try {
      const answer = await ask(operation, async () => attempt(await copy.assume(), Name));
      return { ok: answer.outcome === "allowed", seen: `${inWords(answer)}, by ${copy.arn} on trail ${Name}` };
    } finally {
      await copy.remove();
    }
  } finally {
    const { trailList = [] } = await cloudTrail.send(new DescribeTrailsCommand({}));
    if (trailList.some((trail) => trail.Name === Name)) await cloudTrail.send(new DeleteTrailCommand({ Name }));
  }
}

async function letTrailDeliver(range: Range, administrator: Principal): Promise<void> {
  const bucket = `arn:aws:s3:::${range.unlocked}`;
  const Service = "cloudtrail.amazonaws.com";
  const Statement = [
    { Effect: "Allow", Principal: { Service }, Action: "s3:GetBucketAcl", Resource: bucket },
    {
      Effect: "Allow",
      Principal: { Service },
      Action: "s3:PutObject",
      Resource: `${bucket}/AWSLogs/${range.target.accountId}/*`,
    },
  ];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await administrator.s3().send(new PutBucketPolicyCommand({ Bucket: range.unlocked, Policy }));
}

function reachesLogs(): Challenge {
  const title = "A call on a record reaches the trail's log group";
  return {
    step: {
      id: "OQ-trail-to-logs",
      title,
      controls: ["P11-10e-03", "P11-10e-17"],
      requirements: ["URS-016"],
      clauses: ["11.10(e)"],
      kind: "positive",
      principal: "writer role puts, deploy role reads the log group",
      action: "PutObject by the writer; FilterLogEvents of the trail's log group by the object's key",
      expected: "a PutObject event that names the writer role, within fifteen minutes",
      acceptance: "the event is there, with the session of the writer role as its principal",
      requires: "aws",
    },
    async run(range) {
      const [writer, administrator] = [await range.writer(), await range.administrator()];
      return expectAnswer(administrator, title, async () => {
        const { key } = await range.put(writer, range.raw, range.freshKey("audited"));
        const message = await untilLogged(range, administrator, key);
        const event = JSON.parse(message ?? "{}") as { eventName?: string; userIdentity?: { arn?: string } };
        const role = writer.arn.split("/").pop()!;
        const by = event.userIdentity?.arn;
        const ok = event.eventName === "PutObject" && by?.includes(`:assumed-role/${role}/`) === true;
        return { ok, seen: `${event.eventName} of ${key} by ${by}` };
      });
    },
  };
}

async function untilLogged(range: Range, administrator: Principal, key: string): Promise<string | undefined> {
  const logGroupName = range.zone.trailLogGroup();
  const filterPattern = `{ $.requestParameters.key = "${key}" }`;
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const { events = [] } = await administrator
      .logs()
      .send(new FilterLogEventsCommand({ logGroupName, filterPattern }));
    if (events[0]) return events[0].message;
    await sleep(POLL_MS);
  }
  return undefined;
}
