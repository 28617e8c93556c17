// SPDX-License-Identifier: Apache-2.0
import type { PolicyStatement } from "../policy-document";

/**
 * Lets rules of EventBridge put messages into queues that the key encrypts.
 *
 * @see SQS developer guide, "Key management", "Configure KMS permissions for AWS services"
 */
export const EVENT_RULES_ENCRYPT: PolicyStatement = {
  Sid: "EventRulesEncrypt",
  Effect: "Allow",
  Principal: { Service: "events.amazonaws.com" },
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: "*",
};
