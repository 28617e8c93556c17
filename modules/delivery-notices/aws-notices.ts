// SPDX-License-Identifier: Apache-2.0
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { messageOf, type Notice } from "./notice";

/** Tells the topic of notices. */
export class AwsNotices {
  constructor(
    private readonly sns: SNSClient,
    private readonly topicArn: string,
  ) {}

  async tell(notice: Notice): Promise<void> {
    const { subject, body, attributes } = messageOf(notice);
    await this.sns.send(
      new PublishCommand({
        TopicArn: this.topicArn,
        Subject: subject,
        Message: body,
        MessageStructure: "json",
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
        ),
      }),
    );
  }
}
