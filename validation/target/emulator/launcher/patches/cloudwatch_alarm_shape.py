# SPDX-License-Identifier: Apache-2.0
"""PutMetricAlarm and DescribeAlarms of the query protocol carry the whole alarm: actions, period, statistic,
dimensions, metric math and anomaly bands; an alarm without Statistic or Period has none.

Source: CloudWatch API Reference, MetricAlarm, MetricDataQuery, PutMetricAlarm.

Without it: terraform, which speaks the query protocol, reads actions_enabled false, period 0 and no statistic, loses
metric_query, and a second plan is never empty.
"""

import json
from xml.sax.saxutils import escape

_INTEGERS = ("Period", "EvaluationPeriods", "DatapointsToAlarm")
_BOOLEANS = ("ActionsEnabled", "ReturnData")
_KEPT = ("Metrics", "ThresholdMetricId", "EvaluateLowSampleCountPercentile")
_TIMES = ("StateUpdatedTimestamp", "AlarmConfigurationUpdatedTimestamp", "StateTransitionedTimestamp")


def _value(name: str, text: str):
    if name in _INTEGERS:
        return int(text)
    if name in _BOOLEANS:
        return text == "true"
    return float(text) if name == "Threshold" else text


def unflatten(params: dict) -> dict:
    """`{"Metrics.member.1.Id": ["m1"]}` -> `{"Metrics": [{"Id": "m1"}]}`."""
    tree: dict = {}
    for flat, values in params.items():
        node, parts = tree, flat.split(".")
        for part in parts[:-1]:
            node = node.setdefault(part, {})
        node[parts[-1]] = _value(parts[-1], values[0] if isinstance(values, list) else values)

    def lists(node):
        if not isinstance(node, dict):
            return node
        if set(node) == {"member"} and isinstance(node["member"], dict):
            return [lists(node["member"][index]) for index in sorted(node["member"], key=int)]
        return {name: lists(child) for name, child in node.items()}

    return lists(tree)


def to_xml(tag: str, value, iso) -> str:
    """The query protocol's XML of a JSON value; absent and None give nothing, a list gives `member` elements."""
    if value is None:
        return ""
    if isinstance(value, list):
        return f"<{tag}>" + "".join(to_xml("member", item, iso) for item in value) + f"</{tag}>"
    if isinstance(value, dict):
        return f"<{tag}>" + "".join(to_xml(name, child, iso) for name, child in value.items()) + f"</{tag}>"
    if tag in _TIMES and isinstance(value, (int, float)):
        value = iso(value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<{tag}>{escape(text)}</{tag}>"


def install(app) -> None:
    from ministack.services import cloudwatch

    put, describe = cloudwatch._put_metric_alarm, cloudwatch._describe_alarms

    def xml_of(action, answer):
        status, _, body = answer
        if status != 200:
            error = json.loads(body)
            code = str(error.get("__type", "InternalError")).rsplit("#", 1)[-1]
            return cloudwatch._error(code, error.get("message") or error.get("Message", ""), status)
        content = json.loads(body) if body else {}
        inner = "".join(to_xml(name, child, cloudwatch._ts_iso) for name, child in content.items())
        return cloudwatch._xml(200, f"{action}Response", f"<{action}Result>{inner}</{action}Result>")

    def put_metric_alarm(params, data, is_cbor, is_json=False):
        query = not (is_cbor or is_json)
        request = unflatten(params) if query else data
        answer = put(params, request, is_cbor, is_json or query)
        if answer[0] == 200:
            alarm = cloudwatch._alarms[request.get("AlarmName", "")]
            alarm.update({name: request[name] for name in _KEPT if request.get(name) is not None})
            absent = [name for name in ("Statistic", "Period") if name not in request]
            if request.get("ThresholdMetricId"):
                absent.append("Threshold")
            for name in [*absent, *(n for n, v in alarm.items() if v is None)]:
                alarm.pop(name, None)
        return xml_of("PutMetricAlarm", answer) if query else answer

    def describe_alarms(params, data, is_cbor, is_json=False):
        if is_cbor or is_json:
            return describe(params, data, is_cbor, is_json)
        return xml_of("DescribeAlarms", describe(params, unflatten(params), False, True))

    cloudwatch._put_metric_alarm, cloudwatch._describe_alarms = put_metric_alarm, describe_alarms
