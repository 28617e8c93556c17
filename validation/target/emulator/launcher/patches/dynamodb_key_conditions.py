# SPDX-License-Identifier: Apache-2.0
"""A Query costs what it reads, however long its partition is: items are found by their sort key, in its order.

Source: DynamoDB Developer Guide, "Querying tables in DynamoDB" (a Query finds items by their primary key values; results
are sorted by the sort key; ScanIndexForward, Limit).

Without it: every item of the partition is copied, sorted and asked at each Query, so that every append to a chain of the
ledger takes longer than the one before, and many arrivals at once seem to hang.
"""

import re

_NAME, _VALUE = r"([A-Za-z_][A-Za-z0-9_]*)", r"(:[A-Za-z0-9_]+)"
_CONDITION = re.compile(rf"{_NAME} = {_VALUE}(?: AND {_NAME} > {_VALUE})?")
#: What a Query may say to be answered here; every other is MiniStack's.
_PLAIN = {
    "ConsistentRead",
    "ExclusiveStartKey",
    "ExpressionAttributeValues",
    "KeyConditionExpression",
    "Limit",
    "ScanIndexForward",
    "TableName",
}


def install(app) -> None:
    from ministack.services import dynamodb

    whole = dynamodb._query
    #: Conditions that MiniStack has checked and accepted, by table.
    accepted: set[tuple[str, str]] = set()

    def query(data):
        answer = by_sort_key(data)
        if answer is not None:
            return answer
        answer = whole(data)
        if answer[0] == 200 and len(accepted) < 256:
            accepted.add(shape_of(data))
        return answer

    def shape_of(data):
        return dynamodb._normalize_table_name(data.get("TableName")), data.get("KeyConditionExpression") or ""

    def by_sort_key(data):
        said = _CONDITION.fullmatch(data.get("KeyConditionExpression") or "")
        if not said or not set(data) <= _PLAIN or shape_of(data) not in accepted:
            return None
        name, _ = shape_of(data)
        table = dynamodb._tables.get(name)
        if not table or dynamodb._get_attr_type(table, table.get("sk_name")) != "S":
            return None
        partition, lowest, start = wanted(said, table, data)
        if partition is None or lowest is None or start is None:
            return None
        forward, limit = data.get("ScanIndexForward", True), data.get("Limit")
        items = table["items"].get(partition, {})
        after = [key for key in items if key > lowest] if lowest else list(items)
        if start:
            after = [key for key in after if (key > start if forward else key < start)]
        if limit == 1:
            order = [max(after) if not forward else min(after)] if after else []
        else:
            order = sorted(after, reverse=not forward)
        page, more = dynamodb._paginate_evaluated_items([items[key] for key in order], limit, table)
        result = {"Items": page, "Count": len(page), "ScannedCount": len(page)}
        if more and page:
            result["LastEvaluatedKey"] = dynamodb._build_key(page[-1], table["pk_name"], table["sk_name"])
        dynamodb._add_consumed_capacity(result, data, name, index_name=None)
        return dynamodb.json_response(result)

    def wanted(said, table, data):
        """Partition, and the sort keys that items must lie behind: empty where none is named, None where it is no text."""
        values, start = data.get("ExpressionAttributeValues") or {}, data.get("ExclusiveStartKey")
        named = {said[2]} | ({said[4]} if said[4] else set())
        fits = said[1] == table["pk_name"] and said[3] in (None, table["sk_name"]) and set(values) == named
        partition = text(values.get(said[2])) if fits else None
        keys = {table["pk_name"], table["sk_name"]}
        if start is not None and (set(start) != keys or text(start[table["pk_name"]]) != partition):
            return None, None, None
        lowest = text(values.get(said[4])) if said[4] else ""
        return partition, lowest, text(start[table["sk_name"]]) if start is not None else ""

    def text(value):
        return value["S"] or None if isinstance(value, dict) and set(value) == {"S"} else None

    dynamodb._query = query
