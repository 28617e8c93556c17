// SPDX-License-Identifier: Apache-2.0
import {
  CreateTrailCommand,
  DeleteTrailCommand,
  GetTrailStatusCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { type Challenge, expectRefusal, REFUSALS } from "../challenge";
import type { Principal } from "../principal";
import type { Range } from "../range";

const LAYER = "identity policy of the runtime role";

/** Nobody at runtime stops the audit trail. */
export const trailChallenges: readonly Challenge[] = [
  cannot("stop", "StopLogging", (principal, Name) => principal.cloudTrail().send(new StopLoggingCommand({ Name }))),
  cannot("delete", "DeleteTrail", (principal, Name) => principal.cloudTrail().send(new DeleteTrailCommand({ Name }))),
  onAwsOnly(
    "OQ-trail-to-logs",
    "A call on a record reaches the trail's log group",
    ["P11-10e-17"],
    "PutObject by the writer; wait for the data event in CloudWatch Logs",
    "an event with principal, time, object and request id within fifteen minutes",
  ),
  onAwsOnly(
    "OQ-trail-validation",
    "Delivered log files validate, an edited copy does not",
    ["P11-10e-02"],
    "verify the digest chain of the delivered files; change one byte of a copy and verify again",
    "the chain is intact; the copy is found",
  ),
];

function cannot(
  verb: string,
  operation: string,
  attempt: (principal: Principal, trail: string) => Promise<unknown>,
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
      layer: LAYER,
      action: `${operation} on the landing zone's trail`,
      expected: "400 AccessDeniedException; the trail is still logging",
      acceptance: "refused, still logging, twin allowed, mutant goes through",
      twin: "GetTrailStatus by the deploy role says that the trail is logging",
      mutant: `${operation} on a disposable trail by a role that may do so`,
    },
    async run(range) {
      const [writer, administrator] = [await range.writer(), await range.administrator()];
      const trail = range.zone.trailName();
      const logging = async () =>
        (await administrator.cloudTrail().send(new GetTrailStatusCommand({ Name: trail }))).IsLogging === true;
      return expectRefusal(title, {
        principal: writer,
        layer: LAYER,
        codes: REFUSALS.policy,
        call: () => attempt(writer, trail),
        unchanged: logging,
        twin: logging,
        mutant: () => onDisposableTrail(range, administrator, verb, attempt),
      });
    },
  };
}

async function onDisposableTrail(
  range: Range,
  administrator: Principal,
  verb: string,
  attempt: (principal: Principal, trail: string) => Promise<unknown>,
): Promise<void> {
  const Name = `${range.unlocked}-${verb}`;
  await letTrailDeliver(range, administrator);
  const cloudTrail = administrator.cloudTrail();
  await cloudTrail.send(new CreateTrailCommand({ Name, S3BucketName: range.unlocked }));
  await cloudTrail.send(new StartLoggingCommand({ Name }));
  await attempt(administrator, Name);
  if (verb !== "delete") await cloudTrail.send(new DeleteTrailCommand({ Name }));
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

/** A step of the protocol that only AWS can show; elsewhere it is NOT RUN, by name. */
function onAwsOnly(id: string, title: string, controls: string[], action: string, expected: string): Challenge {
  return {
    step: {
      id,
      title,
      controls,
      requirements: ["URS-016"],
      clauses: ["11.10(e)"],
      kind: "positive",
      action,
      expected,
      acceptance: "as expected",
      requires: "aws",
    },
    async run(range) {
      return {
        result: "NOT RUN",
        actual: "not observed",
        reason:
          range.target.kind === "aws" ? "not executed by this version" : `${range.target.name} does not deliver this`,
      };
    },
  };
}
