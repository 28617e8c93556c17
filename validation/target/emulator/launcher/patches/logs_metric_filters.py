# SPDX-License-Identifier: Apache-2.0
"""A metric filter turns matching log events into datapoints (value, dimensions, default value), and the alarms on that
metric are evaluated.

Source: CloudWatch Logs User Guide, "Creating metrics from log events using filters"; API Reference,
MetricTransformation.

Without it: filters are stored and never emit anything, so the chain log -> metric -> alarm -> SNS stays dead.
"""

import json
import logging

from .logs_json_patterns import select

_log = logging.getLogger("part11.metric_filters")


def install(app) -> None:
    from ministack.services import cloudwatch
    from ministack.services import cloudwatch_logs as logs

    fan_out = logs._fanout_to_subscription_filters

    def number(value: str, message: str) -> float | None:
        if value.startswith("$"):
            found, value = select(json.loads(message), value)
            if not found:
                return None
        try:
            return float(value)
        except (TypeError, ValueError):
            return None

    def dimensions(transformation, message) -> dict:
        out = {}
        for name, selector in (transformation.get("dimensions") or {}).items():
            found, value = select(json.loads(message), selector)
            if found:
                out[name] = value if isinstance(value, str) else json.dumps(value)
        return out

    def emit(metric_filter, events) -> set:
        matcher = logs._compile_filter_pattern(metric_filter.get("filterPattern", ""))
        hits = [event["message"] for event in events if matcher(event.get("message", ""))]
        touched = set()
        for transformation in metric_filter["metricTransformations"]:
            namespace, name = transformation["metricNamespace"], transformation["metricName"]
            points = [(number(transformation["metricValue"], hit), dimensions(transformation, hit)) for hit in hits]
            if not hits and transformation.get("defaultValue") is not None:
                points = [(float(transformation["defaultValue"]), {})]
            for value, keys in points:
                if value is not None:
                    cloudwatch.record_metric(namespace, name, value, transformation.get("unit") or "None", keys)
                    touched.add((namespace, name))
        return touched

    def fan_out_to_filters(group_name, stream_name, events):
        touched = set()
        for metric_filter in list(logs._metric_filters.values()):
            if metric_filter["logGroupName"] == group_name and events:
                try:
                    touched |= emit(metric_filter, events)
                except Exception:
                    _log.exception("metric filter %s", metric_filter["filterName"])
        for alarm in list(cloudwatch._alarms.values()):
            if (alarm.get("Namespace"), alarm.get("MetricName")) in touched:
                cloudwatch._evaluate_alarm(alarm)
        return fan_out(group_name, stream_name, events)

    logs._fanout_to_subscription_filters = fan_out_to_filters
