# SPDX-License-Identifier: Apache-2.0
"""Which logging trails record an event: home region, basic and advanced event selectors.

Source: CloudTrail User Guide, "Logging management events", "Logging data events"; API Reference, AdvancedFieldSelector.
"""

from .cloudtrail_recording import is_data_event

_GLOBAL_SOURCES = ("iam.amazonaws.com", "sts.amazonaws.com", "cloudfront.amazonaws.com")


def resource_arn(resource: dict) -> str:
    """ARN of a resource in a record; a listing of objects carries a prefix instead."""
    return resource.get("ARN") or resource["ARNPrefix"]


def _field(event: dict, field: str) -> list[str]:
    if field == "resources.type":
        return [r["type"] for r in event.get("resources", [])]
    if field == "resources.ARN":
        return [resource_arn(r) for r in event.get("resources", [])]
    if field == "userIdentity.arn":
        return [event["userIdentity"].get("arn", "")]
    value = event.get(field)
    return [str(value).lower() if isinstance(value, bool) else str(value)]


_OPERATORS = {
    "Equals": (str.__eq__, True),
    "StartsWith": (str.startswith, True),
    "EndsWith": (str.endswith, True),
    "NotEquals": (str.__eq__, False),
    "NotStartsWith": (str.startswith, False),
    "NotEndsWith": (str.endswith, False),
}


def _field_matches(event: dict, selector: dict) -> bool:
    actual = _field(event, selector["Field"])
    for name, (compare, wanted) in _OPERATORS.items():
        if name in selector:
            hit = any(compare(value, expected) for value in actual for expected in selector[name])
            if hit != wanted:
                return False
    return True


def selected(event: dict, selectors: list[dict]) -> bool:
    """Whether a trail's basic or advanced event selectors choose the event."""
    for selector in selectors:
        if "FieldSelectors" in selector:
            if all(_field_matches(event, field) for field in selector["FieldSelectors"]):
                return True
            continue
        wanted = selector.get("ReadWriteType", "All")
        if wanted != "All" and (wanted == "ReadOnly") != event["readOnly"]:
            continue
        if not is_data_event(event):
            if selector.get("IncludeManagementEvents", True) and (
                event["eventSource"] not in selector.get("ExcludeManagementEventSources", [])
            ):
                return True
            continue
        for resource in selector.get("DataResources", []):
            arns = [resource_arn(r) for r in event.get("resources", []) if r["type"] == resource["Type"]]
            if any(arn.startswith(value) for arn in arns for value in resource.get("Values", [])):
                return True
    return False


def recording_trails(event: dict) -> list[tuple[str, str]]:
    """(home region, name) of each trail of the request's account that records the event."""
    from ministack.core.responses import get_account_id
    from ministack.services import cloudtrail

    account, out = get_account_id(), []
    for home, name, trail in cloudtrail._account_trail_items(account):
        # the call that stops a trail is the last one it records
        if not trail.get("IsLogging") and trail.get("_StoppedBy") != event["requestID"]:
            continue
        selectors = cloudtrail._event_selectors.get_scoped(account, home, name, cloudtrail._DEFAULT_EVENT_SELECTORS)
        here = trail.get("IsMultiRegionTrail") or event["awsRegion"] == home
        global_event = trail.get("IncludeGlobalServiceEvents") and event["eventSource"] in _GLOBAL_SOURCES
        if (here or global_event) and selected(event, selectors):
            out.append((home, name))
    return out
