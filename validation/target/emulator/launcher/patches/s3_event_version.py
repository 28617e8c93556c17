# SPDX-License-Identifier: Apache-2.0
"""EventBridge events of a versioned bucket carry the object's version-id.

Source: S3 User Guide, "Amazon S3 event message structure" for EventBridge: detail.object.version-id.

Without it: a consumer cannot name the version that arrived and has to take whatever is current.
"""

import contextvars
import json

_version: contextvars.ContextVar[str | None] = contextvars.ContextVar("part11_s3_event_version", default=None)


def install(app) -> None:
    from ministack.services import eventbridge, s3

    fire, dispatch = s3._fire_s3_event, eventbridge._dispatch_event

    def fire_s3_event(*arguments, **options):
        token = _version.set(options.get("version_id"))
        try:
            return fire(*arguments, **options)
        finally:
            _version.reset(token)

    def dispatch_event(event, *rest, **options):
        if event.get("Source") == "aws.s3" and _version.get():
            detail = json.loads(event["Detail"])
            detail.get("object", {}).setdefault("version-id", _version.get())
            event = {**event, "Detail": json.dumps(detail)}
        return dispatch(event, *rest, **options)

    s3._fire_s3_event, eventbridge._dispatch_event = fire_s3_event, dispatch_event
