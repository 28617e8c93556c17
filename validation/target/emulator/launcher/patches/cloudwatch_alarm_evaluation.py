# SPDX-License-Identifier: Apache-2.0
"""An alarm looks only at the metric with exactly its dimensions, and a missing metric counts as the alarm says.

Source: CloudWatch User Guide, "Dimensions" (each combination of dimensions is a metric of its own) and "Configuring
how CloudWatch alarms treat missing data" (notBreaching: OK, breaching: ALARM).

Without it: a datapoint of another dimension raises the alarm, and an alarm that treats silence as good or bad stays
INSUFFICIENT_DATA for ever.
"""

import types


def install(app) -> None:
    from ministack.services import cloudwatch

    evaluate, describe = cloudwatch._evaluate_alarm, cloudwatch._describe_alarms

    class _OneMetric:
        """The metric store as seen by one alarm: only the entry with its dimensions."""

        def __init__(self, store, key):
            self._store, self._key = store, key

        def items(self):
            return [(key, points) for key, points in self._store.items() if key == self._key]

    def key_of(alarm):
        dimensions = {d["Name"]: d["Value"] for d in alarm.get("Dimensions") or []}
        return alarm.get("Namespace"), alarm.get("MetricName"), cloudwatch._dims_key(dimensions)

    def missing_state(alarm):
        return {"notBreaching": "OK", "breaching": "ALARM"}.get(alarm.get("TreatMissingData"))

    def evaluate_alarm(alarm):
        if not alarm.get("Namespace") or not alarm.get("MetricName"):
            return
        import time

        window = time.time() - int(alarm.get("Period", 60)) * int(alarm.get("EvaluationPeriods", 1))
        store = cloudwatch._metrics
        points = [p for _, points in _OneMetric(store, key_of(alarm)).items() for p in points]
        if not any(point["Timestamp"] >= window for point in points):
            state = missing_state(alarm)
            if state and alarm["StateValue"] != state:
                old, reason = (
                    alarm["StateValue"],
                    "Threshold Crossed: no datapoints were received, treated as " + alarm["TreatMissingData"],
                )
                alarm.update(StateValue=state, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
                cloudwatch._record_history(alarm["AlarmName"], old, state, reason)
                cloudwatch._dispatch_alarm_actions(alarm, old, state, reason)
            return
        # Other threads record meanwhile, so the module's own store stays where it is: only this call sees another one.
        seen = {**vars(cloudwatch), "_metrics": _OneMetric(store, key_of(alarm))}
        types.FunctionType(evaluate.__code__, seen)(alarm)

    def describe_alarms(params, data, is_cbor, is_json=False):
        cloudwatch._evaluate_all_alarms()
        return describe(params, data, is_cbor, is_json)

    cloudwatch._evaluate_alarm, cloudwatch._describe_alarms = evaluate_alarm, describe_alarms
