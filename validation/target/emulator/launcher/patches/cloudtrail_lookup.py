# SPDX-License-Identifier: Apache-2.0
"""LookupEvents returns management events only.

Source: CloudTrail API Reference, LookupEvents: looks up management events or Insights events of the last 90 days.

Without it: S3 object calls turn up in the event history, and code that relies on it fails on AWS.
"""

import json


def install(app) -> None:
    from ministack.services import cloudtrail

    from .cloudtrail_recording import is_data_event

    queue, lookup = cloudtrail._get_event_queue, cloudtrail._lookup_events

    def lookup_events(body):
        kept = [entry for entry in queue() if "_event" not in entry or not is_data_event(entry["_event"])]
        cloudtrail._get_event_queue = lambda: kept
        try:
            status, headers, answer = lookup(body)
        finally:
            cloudtrail._get_event_queue = queue
        events = json.loads(answer).get("Events", []) if status == 200 else None
        if events is None:
            return status, headers, answer
        return cloudtrail._ok({"Events": [{k: v for k, v in event.items() if k != "_event"} for event in events]})

    cloudtrail._lookup_events = cloudtrail._DISPATCH["LookupEvents"] = lookup_events
