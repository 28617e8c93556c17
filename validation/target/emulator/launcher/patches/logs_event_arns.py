# SPDX-License-Identifier: Apache-2.0
"""Whoever reads or adds events of a log group is asked for a right on `<ARN of the group>:*`, and for one stream on
`<ARN of the group>:log-stream:<name>`.

Source: CloudWatch Logs User Guide, "Overview of managing access permissions to your CloudWatch Logs resources", table of
ARN formats: the one with `:*` at its end is that of every action but those on tags.

Without it: a policy written as AWS asks for it allows nothing, and one that allows nothing on AWS goes through.
"""

import json

_OF_GROUP = {"CreateLogStream", "DescribeLogStreams", "FilterLogEvents"}
_OF_STREAM = {"DeleteLogStream", "GetLogEvents", "PutLogEvents"}


def install(app) -> None:
    from ministack.core import iam_actions

    resource = iam_actions.extract_resource_arn

    def extract_resource_arn(service, method, path, headers, body, query_params, region, account_id):
        arn = resource(service, method, path, headers, body, query_params, region, account_id)
        action = headers.get("x-amz-target", "").rsplit(".", 1)[-1]
        if service != "logs" or ":log-group:" not in arn or action not in _OF_GROUP | _OF_STREAM:
            return arn
        stream = json.loads(body).get("logStreamName") if action in _OF_STREAM else None
        return f"{arn}:log-stream:{stream}" if stream else f"{arn}:*"

    iam_actions.extract_resource_arn = extract_resource_arn
