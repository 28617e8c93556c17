# SPDX-License-Identifier: Apache-2.0
"""A flow log keeps its role, format, aggregation interval and tags.

Source: EC2 API Reference, CreateFlowLogs (DeliverLogsPermissionArn, LogFormat, MaxAggregationInterval, tag type
vpc-flow-log), FlowLog.

Without it: terraform's second plan replaces the flow log, and IQ cannot read back who may write it.
"""

from xml.sax.saxutils import escape

_FORMAT = (
    "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} "
    "${packets} ${bytes} ${start} ${end} ${action} ${log-status}"
)


def install(app) -> None:
    from ministack.services import ec2

    create, describe = ec2._create_flow_logs, ec2._describe_flow_logs

    def create_flow_logs(params):
        known = set(ec2._flow_logs)
        answer = create(params)
        for flow_log_id in set(ec2._flow_logs) - known:
            ec2._flow_logs[flow_log_id].update(
                {
                    "deliverLogsPermissionArn": ec2._p(params, "DeliverLogsPermissionArn"),
                    "logFormat": ec2._p(params, "LogFormat") or _FORMAT,
                    "logGroupName": ec2._p(params, "LogGroupName"),
                    "maxAggregationInterval": ec2._p(params, "MaxAggregationInterval") or "600",
                }
            )
            ec2._parse_tag_specs(params, "vpc-flow-log", flow_log_id)
        return answer

    def describe_flow_logs(params):
        status, headers, body = describe(params)
        text = body.decode() if isinstance(body, bytes) else body
        for flow_log_id, record in ec2._flow_logs.items():
            added = "".join(
                f"<{name}>{escape(record[name])}</{name}>"
                for name in ("deliverLogsPermissionArn", "logFormat", "logGroupName", "maxAggregationInterval")
                if record.get(name)
            )
            shown = f"<flowLogId>{flow_log_id}</flowLogId>"
            text = text.replace(shown, shown + added)
        return status, headers, text.encode()

    ec2._create_flow_logs = ec2._ACTION_MAP["CreateFlowLogs"] = create_flow_logs
    ec2._describe_flow_logs = ec2._ACTION_MAP["DescribeFlowLogs"] = describe_flow_logs
