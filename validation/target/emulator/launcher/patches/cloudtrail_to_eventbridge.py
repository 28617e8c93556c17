# SPDX-License-Identifier: Apache-2.0
"""While a trail records a call, EventBridge receives it as `AWS API Call via CloudTrail`; read-only calls are left out.

Source: EventBridge User Guide, "AWS service events delivered via AWS CloudTrail" (needs a trail that logs; List, Get
and Describe calls are not delivered by default).

Without it: a rule on StopLogging or PutBucketPolicy never fires, so the alarm on tampering stays dead.
"""

import contextvars
import json
import threading


def install(app) -> None:
    from ministack.core.responses import get_account_id, set_request_region
    from ministack.services import eventbridge

    from .cloudtrail_recording import listeners
    from .cloudtrail_selection import recording_trails

    def dispatch(event, account):
        region = event["awsRegion"]
        set_request_region(region)
        eventbridge._dispatch_event(
            {
                "EventId": event["eventID"],
                "Source": f"aws.{event['eventSource'].split('.')[0]}",
                "DetailType": "AWS API Call via CloudTrail",
                "Detail": json.dumps(event),
                "EventBusName": "default",
                "Time": event["eventTime"],
                "Resources": [],
                "Account": account,
                "Region": region,
            }
        )

    def emit(event):
        if event["readOnly"] or not recording_trails(event):
            return
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(dispatch, event, get_account_id()), daemon=True).start()

    listeners.append(emit)
