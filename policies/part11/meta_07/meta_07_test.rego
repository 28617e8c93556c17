# SPDX-License-Identifier: Apache-2.0

package part11.meta_07_test

import data.lib.answer
import data.lib.fixture
import data.part11.meta_07 as control

test_entries_in_order_pass if {
	plan := _given([_waiver, _attestation])
	{found.status | some found in control.answers} == {"pass"} with input as plan
	count(control.answers) == 8 with input as plan
	not control.not_applicable with input as plan
}

test_the_last_day_still_counts if {
	waiver := object.union(_waiver, {"expires": "2026-11-21"})
	{found.status | some found in control.answers} == {"pass"} with input as _given([waiver])
}

test_answers[name] if {
	some name, case in {
		"an expired waiver": {
			"entry": object.union(_waiver, {"expires": "2026-11-20"}),
			"want": answer.failed("waivers.yaml:4", "expires", "2026-11-21 or later", "2026-11-20"),
		},
		"an expired attestation": {
			"entry": object.union(_attestation, {"expires": "2026-11-20"}),
			"want": answer.failed("waivers.yaml:20", "expires", "2026-11-21 or later", "2026-11-20"),
		},
		"a waiver of tomorrow": {
			"entry": object.union(_waiver, {"granted": "2026-11-22"}),
			"want": answer.failed("waivers.yaml:4", "since", "2026-11-21 or earlier", "2026-11-22"),
		},
		"an attestation of tomorrow": {
			"entry": object.union(_attestation, {"at": "2026-11-22"}),
			"want": answer.failed("waivers.yaml:20", "since", "2026-11-21 or earlier", "2026-11-22"),
		},
		"a word for a reason": {
			"entry": object.union(_waiver, {"reason": "accepted"}),
			"want": answer.failed("waivers.yaml:4", "reason", "20 characters or more", "accepted"),
		},
		"a waiver approved by its author": {
			"entry": object.union(_waiver, {"approver": "Ann Lee"}),
			"want": answer.failed("waivers.yaml:4", "approver", "somebody else than ann.lee", "Ann Lee"),
		},
		"no number of a ticket": {
			"entry": object.union(_waiver, {"ticket": "later"}),
			"want": answer.failed("waivers.yaml:4", "ticket", "the number of a ticket", "later"),
		},
		"evidence without a digest": {
			"entry": object.union(_attestation, {"digest": "seen"}),
			"want": answer.failed("waivers.yaml:20", "digest", "SHA-256 of the evidence", "seen"),
		},
	}
	plan := _given([case.entry])
	found := {one | some one in control.answers; one.status != "pass"} with input as plan
	found == {answer.with_severity(case.want, "critical")}
}

test_not_applicable[name] if {
	some name, plan in {"no file": fixture.plan([]), "a file without entries": _given([])}
	control.not_applicable == "neither waiver nor attestation given" with input as plan
	control.answers == set() with input as plan
}

_given(entries) := object.union(fixture.plan([]), {"waivers": {
	"file": "waivers.yaml",
	"digest": _digest,
	"asOf": "2026-11-21",
	"entries": entries,
}})

_waiver := {
	"kind": "waiver",
	"line": 4,
	"control": "P11-10c-07",
	"address": "aws_s3_bucket.raw",
	"attribute": "rule.status",
	"actual": "Disabled",
	"digest": _digest,
	"reason": "The replica region is moved until December.",
	"author": "ann.lee",
	"approver": "bo.chen",
	"ticket": "QA-17",
	"granted": "2026-11-01",
	"expires": "2026-12-01",
}

_attestation := {
	"kind": "attestation",
	"line": 20,
	"control": "P11-10b-01",
	"address": "aws_iam_role.inspector",
	"attribute": "policy",
	"by": "bo.chen",
	"at": "2026-11-10",
	"evidence": "QA-18, attachment 2",
	"digest": _digest,
	"expires": "2026-12-01",
}

_digest := "ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12"

test_a_name_spelt_otherwise_is_the_same_person[name] if {
	some name in ["ANN.LEE", "ann lee", "ann_lee", "ann@lee", "ann+lee", "ann'lee", "ann-lee", "annlee"]
	plan := _given([object.union(_waiver, {"approver": name})])
	{found.attribute | some found in control.answers; found.status == "fail"} == {"approver"} with input as plan
}
