# SPDX-License-Identifier: Apache-2.0
"""A Query costs what it reads, however long its partition is: an expression is checked once, not for every item.

Source: DynamoDB Developer Guide, "Querying tables in DynamoDB" (a Query finds items by their primary key values).

Without it: every append to a chain of the ledger takes longer than the one before, and many arrivals at once seem to hang.
"""

import functools
import re

_EQUALS = re.compile(r"\s*(#?[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(:[A-Za-z0-9_]+)\s*")


def install(app) -> None:
    from ministack.services import dynamodb

    evaluate = dynamodb._evaluate_condition
    tokens = functools.lru_cache(maxsize=256)(lambda expression: tuple(dynamodb._tokenize(expression)))
    equality = functools.lru_cache(maxsize=256)(_EQUALS.fullmatch)
    checked: set[str] = set()

    def evaluate_condition(expr, item, attr_values, attr_names, slot="ConditionExpression"):
        # the bounds of BETWEEN are checked by their values
        if slot != "KeyConditionExpression" or "BETWEEN" in expr.upper():
            return evaluate(expr, item, attr_values, attr_names, slot=slot)
        if expr not in checked:
            holds = evaluate(expr, item, attr_values, attr_names, slot=slot)
            if len(checked) < 256:
                checked.add(expr)
            return holds
        single = equality(expr)
        if single:
            name, wanted = (attr_names or {}).get(single[1], single[1]), (attr_values or {}).get(single[2])
            if isinstance(wanted, dict) and "S" in wanted and name in item:
                return item[name] == wanted
        try:
            return dynamodb._ExprEval(list(tokens(expr)), item, attr_values, attr_names).evaluate()
        except Exception:
            # told in the words of the whole check
            return evaluate(expr, item, attr_values, attr_names, slot=slot)

    dynamodb._evaluate_condition = evaluate_condition
