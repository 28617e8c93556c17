# SPDX-License-Identifier: Apache-2.0
"""A filter pattern in braces is evaluated against the JSON of each log event, by FilterLogEvents, TestMetricFilter and
metric filters; a pattern that cannot be read is refused.

Source: CloudWatch Logs User Guide, "Filter pattern syntax for metric filters, subscription filters, filter log events",
section JSON: selectors, =, !=, <, >, <=, >=, IS NULL/TRUE/FALSE, NOT EXISTS, &&, ||, wildcard *, %regex%. AWS does not
say whether != matches an absent property: here it does not.

Without it: every `{...}` pattern matches every event, so a filter with a typo looks like one that works.
"""

import json
import re

_TOKEN = re.compile(r'\s*(\(|\)|&&|\|\||!=|>=|<=|=|>|<|"(?:[^"\\]|\\.)*"|%[^%]*%|[^\s()=!<>&|"]+)')
_STEP = re.compile(r"\.([A-Za-z0-9_\-:@/]+)|\[(\d+)\]|\.?\[['\"]([^'\"]+)['\"]\]")


class PatternError(ValueError):
    """The pattern is not of the documented syntax."""


def select(document, selector: str):
    """(found, value) of a selector such as `$.a.b[0]`."""
    position, value = 1, document
    while position < len(selector):
        step = _STEP.match(selector, position)
        if step is None:
            raise PatternError(selector)
        position, index = step.end(), step[2]
        if index is not None:
            if not isinstance(value, list) or int(index) >= len(value):
                return False, None
            value = value[int(index)]
        else:
            name = step[1] or step[3]
            if not isinstance(value, dict) or name not in value:
                return False, None
            value = value[name]
    return True, value


def _equals(value, expected: str, quoted: bool) -> bool:
    if isinstance(value, (dict, list)) or value is None:
        return False
    if isinstance(value, (int, float)) and not isinstance(value, bool) and not quoted:
        try:
            return float(expected) == value
        except ValueError:
            pass
    text = value if isinstance(value, str) else json.dumps(value)
    if len(expected) > 1 and expected[0] == expected[-1] == "%" and not quoted:
        return re.search(expected[1:-1], text) is not None
    return re.fullmatch(".*".join(map(re.escape, expected.split("*"))), text, re.S) is not None


def _comparison(selector: str, operator: str, raw: str):
    select({}, selector)
    quoted = raw.startswith('"')
    expected = json.loads(raw) if quoted else raw
    if operator in ("=", "!="):

        def match(document):
            found, value = select(document, selector)
            return found and _equals(value, expected, quoted) == (operator == "=")

        return match
    try:
        limit = float(expected)
    except ValueError:
        raise PatternError(f"{operator} needs a number, not {raw}") from None

    def match_number(document):
        found, value = select(document, selector)
        if not found or isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        return {">": value > limit, "<": value < limit, ">=": value >= limit, "<=": value <= limit}[operator]

    return match_number


class _Parser:
    def __init__(self, text: str):
        self.tokens, position = [], 0
        text = text.strip()
        while position < len(text):
            token = _TOKEN.match(text, position)
            if token is None:
                raise PatternError(text[position:])
            self.tokens.append(token[1])
            position = token.end()
        self.index = 0

    def peek(self):
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def take(self, expected: str | None = None) -> str:
        token = self.peek()
        if token is None or (expected is not None and token != expected):
            raise PatternError(f"expected {expected or 'more'}, got {token}")
        self.index += 1
        return token

    def primary(self):
        if self.peek() == "(":
            self.take()
            inner = self.alternatives()
            self.take(")")
            return inner
        selector = self.take()
        if not selector.startswith("$"):
            raise PatternError(f"no selector: {selector}")
        operator = self.take()
        if operator == "NOT":
            self.take("EXISTS")
            select({}, selector)
            return lambda document: not select(document, selector)[0]
        if operator == "IS":
            word = self.take()
            if word not in ("TRUE", "FALSE", "NULL"):
                raise PatternError(f"IS {word}")
            wanted = {"TRUE": True, "FALSE": False, "NULL": None}[word]
            return lambda document: select(document, selector)[0] and select(document, selector)[1] is wanted
        if operator not in ("=", "!=", "<", ">", "<=", ">="):
            raise PatternError(f"no operator: {operator}")
        return _comparison(selector, operator, self.take())

    def conjunction(self):
        parts = [self.primary()]
        while self.peek() == "&&":
            self.take()
            parts.append(self.primary())
        return lambda document: all(part(document) for part in parts)

    def alternatives(self):
        parts = [self.conjunction()]
        while self.peek() == "||":
            self.take()
            parts.append(self.conjunction())
        return lambda document: any(part(document) for part in parts)


def compile_json(pattern: str):
    """A matcher of log messages for a `{...}` pattern. Raises PatternError."""
    text = pattern.strip()
    if not (text.startswith("{") and text.endswith("}")):
        raise PatternError(pattern)
    parser = _Parser(text[1:-1])
    expression = parser.alternatives()
    if parser.peek() is not None:
        raise PatternError(f"unexpected {parser.peek()}")

    def match(message: str) -> bool:
        try:
            document = json.loads(message)
        except ValueError:
            return False
        return expression(document)

    return match


def install(app) -> None:
    from ministack.services import cloudwatch_logs as logs

    plain, put, filter_events, handle = (
        logs._compile_filter_pattern,
        logs._put_metric_filter,
        logs._filter_log_events,
        logs.handle_request,
    )

    def compile_filter_pattern(raw):
        return compile_json(raw) if raw and raw.strip().startswith("{") else plain(raw)

    def refused(action):
        def checked(data):
            try:
                logs._compile_filter_pattern(data.get("filterPattern", ""))
            except (PatternError, re.error) as error:
                return logs.error_response_json("InvalidParameterException", f"Invalid filter pattern: {error}", 400)
            return action(data)

        return checked

    def test_metric_filter(data):
        matcher = logs._compile_filter_pattern(data.get("filterPattern", ""))
        messages = enumerate(data.get("logEventMessages", []), 1)
        matches = [{"eventNumber": n, "eventMessage": m, "extractedValues": {}} for n, m in messages if matcher(m)]
        return logs.json_response({"matches": matches})

    async def handle_request(method, path, headers, body, query_params):
        if headers.get("x-amz-target", "").endswith(".TestMetricFilter"):
            return refused(test_metric_filter)(json.loads(body or b"{}"))
        return await handle(method, path, headers, body, query_params)

    logs._compile_filter_pattern = compile_filter_pattern
    logs._put_metric_filter, logs._filter_log_events = refused(put), refused(filter_events)
    logs.handle_request = handle_request
