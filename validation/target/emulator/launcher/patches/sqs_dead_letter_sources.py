# SPDX-License-Identifier: Apache-2.0
"""ListDeadLetterSourceQueues names the queues whose redrive policy leads to a queue: all of them up to a thousand, or
page by page where MaxResults is given.

Source: SQS API Reference, ListDeadLetterSourceQueues.

Without it: the action is unknown, and nobody who looks at dead letters finds the queue that they came from.
"""

import json

_MOST = 1000


def install(app) -> None:
    from ministack.services import sqs

    to_xml = sqs._to_xml

    def target_of(queue) -> str | None:
        try:
            return json.loads(queue["attributes"].get("RedrivePolicy", "{}")).get("deadLetterTargetArn")
        except (ValueError, AttributeError):
            return None

    def list_dead_letter_source_queues(data, queue_url):
        queue = sqs._get_q(data.get("QueueUrl", queue_url), "sqs:ListDeadLetterSourceQueues")
        arn = queue["attributes"]["QueueArn"]
        urls = [sqs._externalize_url(url) for url, other in sqs._queues.items() if target_of(other) == arn]
        if data.get("MaxResults") is None:
            return {"queueUrls": urls[:_MOST]}
        start, most = int(data.get("NextToken") or 0), int(data["MaxResults"])
        if not 1 <= most <= _MOST:
            raise sqs._Err("InvalidParameterValue", f"MaxResults is {most}, and is between 1 and {_MOST}.")
        page = {"queueUrls": urls[start : start + most]}
        return {**page, "NextToken": str(start + most)} if start + most < len(urls) else page

    def to_query_xml(action, result):
        if action != "ListDeadLetterSourceQueues":
            return to_xml(action, result)
        members = "".join(f"<QueueUrl>{sqs._esc(url)}</QueueUrl>" for url in result["queueUrls"])
        if "NextToken" in result:
            members += f"<NextToken>{result['NextToken']}</NextToken>"
        return sqs._xml_resp(200, f"{action}Response", f"<{action}Result>{members}</{action}Result>")

    sqs._HANDLERS["ListDeadLetterSourceQueues"], sqs._to_xml = list_dead_letter_source_queues, to_query_xml
