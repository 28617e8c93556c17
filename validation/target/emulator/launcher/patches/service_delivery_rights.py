# SPDX-License-Identifier: Apache-2.0
"""A service delivers to a topic or queue only when the resource's policy admits it and, if the resource is encrypted
under a KMS key, that key's policy does too: alarms to SNS, EventBridge rules to SNS and SQS, SNS to SQS.

Source: SNS Developer Guide, "Encryption at rest", "Enable compatibility between event sources and encrypted topics"
(kms:GenerateDataKey* and kms:Decrypt for the service principal); EventBridge User Guide, "Using resource-based
policies"; CloudWatch User Guide, "Notify users on alarm changes". A key named alias/aws/... admits no other service.

Without it: an alarm reaches a topic whose policy or key refuses CloudWatch, and a rule writes into any queue; on AWS
the message is lost and nobody is told.
"""

import logging

_log = logging.getLogger("part11.delivery")


def install(app) -> None:
    from ministack.core import iam_evaluator as iam
    from ministack.core.arn import ArnParseError, parse_arn
    from ministack.core.responses import get_account_id, get_region
    from ministack.services import cloudwatch, eventbridge, kms, sns, sqs

    act, invoke, to_queue = cloudwatch._dispatch_alarm_actions, eventbridge._invoke_target, sns._deliver_to_sqs

    def admits(policy, service, action, resource_arn, source_arn, owner=None):
        keys = {
            "aws:principalisawsservice": "true",
            "aws:principalservicename": service,
            "aws:sourceaccount": get_account_id(),
            "aws:sourcearn": source_arn,
        }
        if owner:
            keys["aws:sourceowner"] = owner
        context = iam.EvalContext(
            principal_arn="*",
            principal_type="Service",
            principal_account="",
            action=action,
            resource_arn=resource_arn,
            region=get_region(),
            secure_transport=True,
            service_context=keys,
        )
        return iam.evaluate_resource_policy(policy, context, service=service).decision == "Allow"

    def key_admits(attributes, service, source_arn):
        key_id = attributes.get("KmsMasterKeyId")
        if not key_id:
            return True
        key = kms._resolve_key(key_id)
        if key is None or key["KeyState"] != "Enabled" or key.get("KeyManager") == "AWS":
            return False
        return all(
            admits(key.get("Policy"), service, action, key["Arn"], source_arn)
            for action in ("kms:GenerateDataKey", "kms:Decrypt")
        )

    def topic_admits(arn, service, source_arn, owner=None):
        topic = sns._topic_by_arn_any_scope(arn)
        attributes = (topic or {}).get("attributes", {})
        return admits(attributes.get("Policy"), service, "sns:Publish", arn, source_arn, owner) and key_admits(
            attributes, service, source_arn
        )

    def queue_admits(arn, service, source_arn):
        attributes = (sqs._queue_by_arn(arn) or {}).get("attributes", {})
        return admits(attributes.get("Policy"), service, "sqs:SendMessage", arn, source_arn) and key_admits(
            attributes, service, source_arn
        )

    def dispatch_alarm_actions(alarm, old_state, new_state, reason):
        admitted = dict(alarm)
        for name in ("AlarmActions", "OKActions", "InsufficientDataActions"):
            actions = alarm.get(name) or []
            # the default topic policy names the owner, and CloudWatch sends it along
            admitted[name] = [
                arn
                for arn in actions
                if ":sns:" not in arn
                or topic_admits(arn, "cloudwatch.amazonaws.com", alarm["AlarmArn"], get_account_id())
            ]
            for arn in set(actions) - set(admitted[name]):
                _log.warning("alarm %s: %s does not admit CloudWatch", alarm["AlarmName"], arn)
        return act(admitted, old_state, new_state, reason)

    def invoke_target(target, event, rule, view=None):
        arn, service = target.get("Arn", ""), "events.amazonaws.com"
        try:
            kind = parse_arn(arn).service
        except ArnParseError:
            kind = ""
        check = {"sns": topic_admits, "sqs": queue_admits}.get(kind)
        if check and not check(arn, service, rule.get("Arn", "")):
            _log.warning("rule %s: %s does not admit EventBridge", rule.get("Name"), arn)
            return None
        return invoke(target, event, rule, view)

    def deliver_to_sqs(endpoint, *arguments, topic_arn="", **options):
        attributes = (sqs._queue_by_arn(endpoint) or {}).get("attributes", {})
        if not key_admits(attributes, "sns.amazonaws.com", topic_arn):
            _log.warning("topic %s: the key of %s does not admit SNS", topic_arn, endpoint)
            return None
        return to_queue(endpoint, *arguments, topic_arn=topic_arn, **options)

    cloudwatch._dispatch_alarm_actions, eventbridge._invoke_target = dispatch_alarm_actions, invoke_target
    sns._deliver_to_sqs = deliver_to_sqs
