// SPDX-License-Identifier: Apache-2.0
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { PutBucketNotificationConfigurationCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { message, queue } from "./queue";
import { compare, type Scenario } from "./scenario";

const arrival: Scenario = {
  name: "an arriving object is an event with its version, only on the bucket that sends events",
  controls: ["P11-10a-09", "P11-10a-10", "P11-10e-15"],
  async run(stage) {
    const Bucket = await stage.bucket("arrival", { versioned: true });
    const silent = await stage.bucket("silent", { versioned: true });
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await stage.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    const target = await queue(stage, "events.amazonaws.com");
    const Name = stage.name("rule");
    const pattern = {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: [Bucket, silent] }, object: { key: [{ prefix: "raw/" }] } },
    };
    await stage.events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
    await stage.events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "q", Arn: target.arn }] }));
    const put = (name: string, Key: string) => stage.s3.send(new PutObjectCommand({ Bucket: name, Key, Body: Key }));
    await put(silent, "raw/a");
    await put(Bucket, "other/a");
    const other = (await message(stage, target, 0.5)) ?? "no event";
    const { VersionId } = await put(Bucket, "raw/a");
    const body = await message(stage, target);
    const object = body === undefined ? undefined : JSON.parse(body).detail?.object;
    return [
      compare("mutant: other prefix, and bucket that sends none", "no event", other),
      compare("key", "raw/a", object?.key),
      compare("version", VersionId, object?.["version-id"]),
    ];
  },
};

export const eventScenarios: readonly Scenario[] = [arrival];
