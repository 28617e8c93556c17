# SPDX-License-Identifier: Apache-2.0
"""Lambda reads a queue with the rights of the function's role: to receive and delete messages, and to decrypt them when
the queue has a KMS key of the customer; without them the mapping is refused, or stops reading when they are withdrawn.
The queue's visibility timeout is at least the function's timeout.

Source: Lambda Developer Guide, "Creating and configuring an Amazon SQS event source mapping" (execution role
permissions, visibility timeout); API Reference, CreateEventSourceMapping, InvalidParameterValueException.

Without it: a function consumes a queue that its role may not read; on AWS nothing would ever be ingested.
"""

_ACTIONS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")


def install(app) -> None:
    from ministack.core import iam_evaluator as iam
    from ministack.core.responses import _request_account_id, _request_region, error_response_json
    from ministack.services import iam as iam_service
    from ministack.services import kms, lambda_svc, sqs

    create, mappings = lambda_svc._create_esm, lambda_svc._iter_all_esms

    def may(role_arn, action, resource_arn, policy, owner, required=False):
        account, name = role_arn.split(":")[4], role_arn.rsplit("/", 1)[-1]
        context = iam.EvalContext(
            principal_arn=f"arn:aws:sts::{account}:assumed-role/{name}/event-source",
            principal_type="AssumedRole",
            principal_account=account,
            action=action,
            resource_arn=resource_arn,
            region=resource_arn.split(":")[3],
            secure_transport=True,
            service_context={
                "kms:calleraccount": account,
                "kms:viaservice": f"sqs.{resource_arn.split(':')[3]}.amazonaws.com",
            },
        )
        limits = iam._permissions_boundary(iam_service._roles, name, account)
        result = iam.evaluate(context, iam._gather_role_policies(name, account), *limits)
        if policy is not None:
            result = iam.combine_resource_policy(result, context, policy, owner, required=required, limits=limits)
        return result.decision == "Allow"

    def missing_right(role_arn, queue_arn):
        attributes = sqs._queues.get_scoped(*place(queue_arn))["attributes"]
        owner = queue_arn.split(":")[4]
        for action in _ACTIONS:
            if not may(role_arn, action, queue_arn, attributes.get("Policy"), owner):
                return action
        key_id = attributes.get("KmsMasterKeyId")
        key = kms._resolve_key(key_id) if key_id else None
        if key and key.get("KeyManager") != "AWS":
            if not may(role_arn, "kms:Decrypt", key["Arn"], key.get("Policy"), owner, required=True):
                return "kms:Decrypt"
        return None

    def place(queue_arn):
        _, _, _, region, account, name = queue_arn.split(":")
        return account, region, sqs._queue_url(name)

    def queue_of(mapping):
        arn = mapping.get("EventSourceArn", "")
        return arn if arn.startswith("arn:aws:sqs:") and sqs._queues.get_scoped(*place(arn)) else None

    def create_esm(data):
        name, qualifier, error = lambda_svc._resolve_existing_esm_function(data.get("FunctionName", ""))
        queue_arn = queue_of(data)
        if error is None and queue_arn:
            _, config = lambda_svc._get_func_record_for_qualifier(name, qualifier)
            missing = missing_right(config.get("Role", ""), queue_arn)
            if missing:
                text = f"The function execution role does not have permissions to call {missing} on {queue_arn}"
                return error_response_json("InvalidParameterValueException", text, 400)
            visibility = int(sqs._queues.get_scoped(*place(queue_arn))["attributes"].get("VisibilityTimeout", 30))
            if visibility < int(config.get("Timeout", 3)):
                text = f"Queue visibility timeout: {visibility} seconds is less than Function timeout"
                return error_response_json("InvalidParameterValueException", text, 400)
        return create(data)

    def readable_mappings():
        for account, region, mapping in mappings():
            tokens = _request_account_id.set(account), _request_region.set(region)
            try:
                _, config = lambda_svc._get_func_record_for_qualifier(mapping["FunctionName"], mapping.get("Qualifier"))
                queue_arn = queue_of(mapping)
                readable = not (queue_arn and config) or missing_right(config.get("Role", ""), queue_arn) is None
            finally:
                _request_account_id.reset(tokens[0])
                _request_region.reset(tokens[1])
            if readable:
                yield account, region, mapping

    lambda_svc._create_esm, lambda_svc._iter_all_esms = create_esm, readable_mappings
