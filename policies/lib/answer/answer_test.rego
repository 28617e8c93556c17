# SPDX-License-Identifier: Apache-2.0

package lib.answer_test

import data.lib.answer

test_exact[name] if {
	some name, case in {
		"the expected value": {"reading": {"status": "known", "value": "Enabled"}, "want": "pass"},
		"another value": {"reading": {"status": "known", "value": "Suspended"}, "want": "fail"},
		"no value": {"reading": {"status": "not_set"}, "want": "fail"},
		"an unknown value": {"reading": {"status": "unknown"}, "want": "unknown"},
	}
	answer.exact("a.b", "status", case.reading, "Enabled").status == case.want
}

test_exact_is_strict_about_types if {
	answer.exact("a.b", "flag", {"status": "known", "value": "true"}, true).status == "fail"
	answer.exact("a.b", "flag", {"status": "known", "value": true}, true) == answer.passed("a.b", "flag", "true", "true")
}

test_one_of[name] if {
	some name, case in {
		"one of the values": {"reading": {"status": "known", "value": "a"}, "want": answer.passed("x", "y", "a or b", "a")},
		"none of the values": {"reading": {"status": "known", "value": "c"}, "want": answer.failed("x", "y", "a or b", "c")},
	}
	answer.one_of("x", "y", case.reading, ["a", "b"]) == case.want
}

test_at_least[name] if {
	some name, case in {
		"equal": {"reading": {"status": "known", "value": 7}, "want": answer.passed("x", "y", ">= 7 days", "7")},
		"less": {"reading": {"status": "known", "value": 6}, "want": answer.failed("x", "y", ">= 7 days", "6")},
		"text is no number": {"reading": {"status": "known", "value": "8"}, "want": answer.failed("x", "y", ">= 7 days", "8")},
		"unknown": {"reading": {"status": "unknown"}, "want": answer.unknown("x", "y", ">= 7 days", "known after apply")},
		"not set": {"reading": {"status": "not_set"}, "want": answer.failed("x", "y", ">= 7 days", "not set")},
	}
	answer.at_least("x", "y", case.reading, 7, "days") == case.want
}

test_at_most[name] if {
	some name, case in {
		"equal": {"reading": {"status": "known", "value": 15}, "want": answer.passed("x", "y", "<= 15 minutes", "15")},
		"more": {"reading": {"status": "known", "value": 16}, "want": answer.failed("x", "y", "<= 15 minutes", "16")},
		"one": {"reading": {"status": "known", "value": 1}, "want": answer.passed("x", "y", "<= 15 minutes", "1")},
		"zero": {"reading": {"status": "known", "value": 0}, "want": answer.failed("x", "y", "<= 15 minutes", "0")},
		"text is no number": {"reading": {"status": "known", "value": "1"}, "want": answer.failed("x", "y", "<= 15 minutes", "1")},
		"unknown": {"reading": {"status": "unknown"}, "want": answer.unknown("x", "y", "<= 15 minutes", "known after apply")},
		"not set": {"reading": {"status": "not_set"}, "want": answer.failed("x", "y", "<= 15 minutes", "not set")},
	}
	answer.at_most("x", "y", case.reading, 15, "minutes") == case.want
}

test_of_never_passes_an_unknown_reading if {
	answer.of("x", "y", {"status": "unknown"}, {1}, "z").status == "unknown"
	answer.of("x", "y", {"status": "not_set"}, {1}, "z").status == "fail"
}

test_with_severity if answer.with_severity({"address": "a"}, "critical") == {"address": "a", "severity": "critical"}

test_few_names[names] if {
	some names, text in {{"b", "a"}: "a, b", {"a", "b", "c"}: "a, b, c", {"a", "b", "c", "d"}: "a, b, c and 1 more", {"a", "b", "c", "d", "e"}: "a, b, c and 2 more"}
	answer.few(names) == text
}
