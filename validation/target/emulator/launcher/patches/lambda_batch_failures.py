# SPDX-License-Identifier: Apache-2.0
"""With ReportBatchItemFailures, an answer that names a failure badly (no list, an empty or unknown item identifier, no
JSON object) fails the whole batch; null and an empty object are success.

Source: Lambda Developer Guide, "Handling errors for an SQS event source", "Success and failure conditions".

Without it: a handler that misspells the failed message loses it: MiniStack deletes the whole batch.
"""

import json


def install(app) -> None:
    from ministack.services import lambda_svc

    run, execute = lambda_svc._run_sqs_batch, lambda_svc._execute_function

    def well_formed(body, ids) -> bool:
        if isinstance(body, (str, bytes)):
            try:
                body = json.loads(body) if body else None
            except ValueError:
                return False
        if body is None:
            return True
        if not isinstance(body, dict):
            return False
        failures = body.get("batchItemFailures")
        if failures is None:
            return True
        return isinstance(failures, list) and all(
            isinstance(failure, dict) and failure.get("itemIdentifier") in ids for failure in failures
        )

    def run_sqs_batch(esm, function, event, batch, queue_url, queue_name):
        if "ReportBatchItemFailures" not in esm.get("FunctionResponseTypes", []):
            return run(esm, function, event, batch, queue_url, queue_name)
        answer, ids = execute(function, event), {message["id"] for message in batch}
        if not answer.get("error") and not well_formed(answer.get("body"), ids):
            failures = [{"itemIdentifier": message_id} for message_id in sorted(ids)]
            answer = {**answer, "body": {"batchItemFailures": failures}}
        return run(esm, _Answered(function, answer), event, batch, queue_url, queue_name)

    class _Answered(dict):
        """A function whose answer is already known."""

        def __init__(self, function, answer):
            super().__init__(function)
            self.answer = answer

    def execute_function(function, event, *rest, **options):
        if isinstance(function, _Answered):
            return function.answer
        return execute(function, event, *rest, **options)

    lambda_svc._run_sqs_batch, lambda_svc._execute_function = run_sqs_batch, execute_function
