# SPDX-License-Identifier: Apache-2.0
"""SQS tells CloudWatch how many messages of a queue wait and how many are being worked on
(ApproximateNumberOfMessagesVisible, ApproximateNumberOfMessagesNotVisible), and the alarms on them are evaluated.

Source: SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS". AWS sends a datapoint a minute for queues that
are in use; this looks every second, and sends when a number has changed, and once a minute.

Without it: no queue has a metric, so an alarm on dead letters stays quiet whatever waits there.
"""

import contextvars
import logging
import threading
import time

_log = logging.getLogger("part11.queue_metrics")
INTERVAL_SECONDS = 1.0
_NAMESPACE = "AWS/SQS"
_METRICS = {
    "ApproximateNumberOfMessages": "ApproximateNumberOfMessagesVisible",
    "ApproximateNumberOfMessagesNotVisible": "ApproximateNumberOfMessagesNotVisible",
}
_PERIOD_SECONDS = 60


def install(app) -> None:
    from ministack.core.responses import set_request_account_id, set_request_region
    from ministack.services import cloudwatch, sqs

    told = {}  # (account, region, queue, metric) -> (number, when)

    def tell(account, region, queue):
        set_request_account_id(account)
        set_request_region(region)
        with sqs._queues_lock:
            sqs._refresh_counts(queue)
            counts = {name: queue["attributes"][attribute] for attribute, name in _METRICS.items()}
        for name, count in counts.items():
            key, now = (account, region, queue["name"], name), time.monotonic()
            before, at = told.get(key, (None, 0.0))
            if count == before and now - at < _PERIOD_SECONDS:
                continue
            told[key] = count, now
            dimensions = {"QueueName": queue["name"]}
            cloudwatch.record_metric(_NAMESPACE, name, float(count), "Count", dimensions)
            for alarm in cloudwatch._alarms.values():
                if (alarm.get("Namespace"), alarm.get("MetricName")) == (_NAMESPACE, name):
                    cloudwatch._evaluate_alarm(alarm)

    def tell_forever():
        while True:
            time.sleep(INTERVAL_SECONDS)
            for (account, region, _), queue in sqs._queues.all_items():
                try:
                    contextvars.Context().run(tell, account, region, queue)
                except Exception:
                    _log.exception("metrics of %s", queue.get("name"))

    threading.Thread(target=tell_forever, daemon=True, name="part11-queue-metrics").start()
