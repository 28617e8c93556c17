# SPDX-License-Identifier: Apache-2.0

package lib.attribute_test

import data.lib.attribute
import data.lib.fixture

test_read[name] if {
	some name, case in {
		"a leaf inside blocks": {"path": _mode, "want": {"status": "known", "value": "COMPLIANCE"}},
		"false is a value": {"path": ["enabled"], "want": {"status": "known", "value": false}},
		"an attribute that is absent": {"path": ["absent"], "want": {"status": "not_set"}},
		"null is not set": {"path": ["nothing"], "want": {"status": "not_set"}},
		"a block that is absent": {"path": ["rule", 1, "default_retention", 0, "mode"], "want": {"status": "not_set"}},
		"an unknown leaf": {"path": ["unknown_leaf"], "want": {"status": "unknown"}},
		"a leaf of an unknown block": {"path": ["unknown_block", 0, "leaf"], "want": {"status": "unknown"}},
		"a list with an unknown item": {"path": ["list"], "want": {"status": "unknown"}},
		"a neighbour of an unknown item": {"path": ["list", 1], "want": {"status": "known", "value": "b"}},
		"a sensitive value": {"path": ["secret"], "want": {"status": "unknown", "sensitive": true}},
		"a sensitive attribute that is null": {"path": ["secret_null"], "want": {"status": "not_set"}},
	}
	attribute.read(_resource, case.path) == case.want
}

test_is_text[name] if {
	some name, case in {
		"a text": [{"status": "known", "value": " x"}, true],
		"an empty text": [{"status": "known", "value": ""}, false],
		"blanks": [{"status": "known", "value": " \t\r\n"}, false],
		"a number": [{"status": "known", "value": 7}, false],
		"not known": [{"status": "unknown"}, false],
		"not known, whatever stands there": [{"status": "unknown", "value": "x"}, false],
	}
	found := [1 | attribute.is_text(case[0])]
	count(found) == to_number(case[1])
}

test_blocks if {
	attribute.blocks(_resource, ["rule"]) == [0]
	attribute.blocks(_resource, ["absent"]) == []
	attribute.blocks(_resource, ["nothing"]) == []
}

test_blocks_unknown if {
	attribute.blocks_unknown(_resource, ["unknown_block"])
	attribute.blocks_unknown(_resource, ["list"])
	not attribute.blocks_unknown(_resource, ["rule"])
	not attribute.blocks_unknown(_resource, ["deep"])
}

test_is_value if {
	attribute.is_value({"status": "known", "value": 1}, 1)
	not attribute.is_value({"status": "known", "value": 2}, 1)
	not attribute.is_value({"status": "unknown"}, 1)
}

test_dotted if attribute.dotted(_mode) == "rule.default_retention.mode"

test_shown[want] if {
	some want, reading in {
		"known after apply": {"status": "unknown"},
		"not set": {"status": "not_set"},
		"COMPLIANCE": {"status": "known", "value": "COMPLIANCE"},
		"false": {"status": "known", "value": false},
		"(sensitive)": {"status": "unknown", "sensitive": true},
	}
	attribute.shown(reading) == want
}

_mode := ["rule", 0, "default_retention", 0, "mode"]

_resource := fixture.sensitive(
	fixture.unknown(
		fixture.resource("aws_any", "any", {
			"rule": [{"default_retention": [{"mode": "COMPLIANCE"}]}],
			"enabled": false,
			"nothing": null,
			"list": [null, "b"],
			"deep": [{}],
			"secret_null": null,
		}),
		[["unknown_leaf"], ["unknown_block"], ["list", 0], ["deep", 0, "leaf"]],
	),
	[["secret"]],
)
