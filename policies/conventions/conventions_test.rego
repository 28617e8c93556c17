# SPDX-License-Identifier: Apache-2.0

package conventions_test

import data.conventions

test_a_complete_control_has_no_violation if {
	conventions.violations == set() with input as _input(_custom, _module) with data.part11_data as _data
}

test_violations_of_metadata[name] if {
	some name, case in {
		"environment outside the list": {"custom": {"environments": ["staging"]}, "want": "environments must not name staging"},
		"role outside the list": {"custom": {"bucket_roles": ["records"]}, "want": "bucket_roles must not name records"},
		"principle outside the list": {"custom": {"alcoa": ["nice"]}, "want": "alcoa must not name nice"},
		"no failure message": {"custom": {"failure_msg": ""}, "want": "METADATA without failure_msg"},
		"no clause": {"custom": {"clauses": []}, "want": "METADATA without clauses"},
		"no list of resources": {"custom": {"resources": null}, "want": "METADATA without resources"},
		"clause not a section": {
			"custom": {"clauses": ["Part 11"]},
			"want": `clauses is not written as ^11\.[0-9]+(\([a-z]\))?(\([0-9]\)(\([ivx]+\))?)?$: Part 11`,
		},
		"pending for nothing in particular": {"custom": {"pending": "later"}, "want": "pending is not written as ^receive$: later"},
		"requirement not an id": {"custom": {"requirements": ["URS-9"]}, "want": "requirements is not written as ^URS-[0-9]{3}$: URS-9"},
		"attribute with an index": {
			"custom": {"attributes": array.concat(_attributes, [{"type": "aws_t", "path": "rule[0].mode"}])},
			"want": "attribute aws_t rule[0].mode is not written as aws_type and dotted.path",
		},
		"attribute listed twice": {
			"custom": {"attributes": array.concat(_attributes, [{"type": "aws_s3_bucket", "path": "tags"}])},
			"want": "attribute aws_s3_bucket tags is listed twice",
		},
		"bucket roles without the tags": {
			"custom": {"attributes": [entry | some entry in _attributes; entry.path != "tags"]},
			"want": "speaks of bucket roles without listing aws_s3_bucket tags",
		},
	}
	violations := conventions.violations with input as _input(object.union(_custom, case.custom), _module) with data.part11_data as _data
	{violation | some violation in violations; not contains(violation, "controlled_attributes")} == {$"{_file}: {case.want}"}
}

test_a_pending_control_decides_nothing if {
	custom := object.union(_custom, {"pending": "receive"})
	violations := conventions.violations with input as _input(custom, _module) with data.part11_data as _data_of([])
	violations == set()
}

test_types_are_listed_as_the_controls_read_them[name] if {
	some name, case in {
		"a type that a control reads is missing": {"data": {"assessed_types": ["aws_t"]}, "want": "assessed_types is not aws_s3_bucket, aws_t"},
		"an attribute that a control reads is missing": {
			"data": {"controlled_attributes": {"aws_t": []}},
			"want": "controlled_attributes of aws_t is not rule",
		},
		"an attribute that no control reads": {
			"data": {"controlled_attributes": {"aws_u": ["name"]}},
			"want": "controlled_attributes of aws_u is not ",
		},
		"a type that is harmless and read by a control": {
			"data": {"harmless_types": {"aws_t": "nothing"}},
			"want": "aws_t is harmless and more than that",
		},
	}
	violations := conventions.violations with input as _input(_custom, _module) with data.part11_data as object.union(_data, case.data)
	violations == {$"policies/data.json: {case.want}"}
}

test_a_control_that_is_never_waived_says_so if {
	custom := object.remove(_custom, ["waivable"])
	violations := conventions.violations with input as _input(custom, _module) with data.part11_data as _data
	violations == {$"{_file}: METADATA without waivable: false, which P11-10c-02 must have"}
}

test_a_control_that_may_be_waived_does_not_say_so if {
	custom := object.union(_custom, {"waivable": true})
	violations := conventions.violations with input as _input(custom, _module) with data.part11_data as _data
	violations == {
		$"{_file}: waivable is only written to say false",
		$"{_file}: METADATA without waivable: false, which P11-10c-02 must have",
	}
}

test_a_severity_outside_the_list_is_a_violation if {
	custom := object.union(_custom, {"severity": "grave"})
	violations := conventions.violations with input as _input(custom, _module) with data.part11_data as _data_of([])
	violations == {$"{_file}: severity must not name grave"}
}

test_an_id_in_another_folder_is_a_violation if {
	custom := object.union(_custom, {"id": "P11-10c-03"})
	violations := conventions.violations with input as _input(custom, _module) with data.part11_data as _data_of(["p11_10c_03"])
	violations == {
		$"{_file}: id P11-10c-03 belongs to policies/part11/p11_10c_03/p11_10c_03.rego",
		$"{_file}: package data.part11.p11_10c_02 is not data.part11.p11_10c_03",
	}
}

test_a_second_control_of_the_same_id_and_title_is_a_violation if {
	once := _input(_custom, _module)
	twice := json.patch(once, [{"op": "add", "path": "/inspect/annotations/-", "value": once.inspect.annotations[0]}])
	violations := conventions.violations with input as twice with data.part11_data as _data_of(["p11_10c_02", "p11_10c_02"])
	violations == {$"{_file}: id P11-10c-02 is used twice", $"{_file}: title is the title of P11-10c-02 too"}
}

test_missing_parts_are_violations[name] if {
	some name, case in {
		"no test": {"at": "/inspect/namespaces/data.part11.p11_10c_02_test", "want": $"{_file}: no test package"},
		"no title": {"at": "/inspect/annotations/0/annotations/title", "want": $"{_file}: METADATA without title"},
		"no description": {"at": "/inspect/annotations/0/annotations/description", "want": $"{_file}: METADATA without description"},
	}
	incomplete := json.remove(_input(_custom, _module), [case.at])
	violations := conventions.violations with input as incomplete with data.part11_data as _data
	violations == {case.want}
}

test_the_description_of_a_new_control_is_a_violation if {
	at := "/inspect/annotations/0/annotations/description"
	begun := json.patch(_input(_custom, _module), [{"op": "replace", "path": at, "value": "What AWS does where it is not so: write it here."}])
	violations := conventions.violations with input as begun with data.part11_data as _data
	violations == {$"{_file}: description is still the one that part11 control new writes"}
}

test_a_package_without_metadata_is_a_violation if {
	bare := json.patch(_input(_custom, _module), [{"op": "replace", "path": "/inspect/annotations", "value": []}])
	violations := conventions.violations with input as bare with data.part11_data as object.union(object.remove(_data_of([]), ["controlled_attributes"]), {"assessed_types": [], "controlled_attributes": {}})
	violations == {"data.part11.p11_10c_02: no control METADATA (scope package, custom.id)"}
}

test_critical_controls_in_the_data_are_those_of_the_metadata if {
	violations := conventions.violations with input as _input(_custom, _module) with data.part11_data as _data_of([])
	violations == {"policies/data.json: critical_controls is not p11_10c_02"}
}

test_a_read_that_is_not_listed_is_a_violation[name] if {
	some name, case in {
		"path": {"expression": `attribute.read(r, ["rule", 0, "hidden"])`, "want": "rule.hidden"},
		"path with a place in a variable": {"expression": `attribute.read(r, ["rule", i, "hidden"])`, "want": "rule.hidden"},
		"path kept in a variable": {"expression": `p := ["rule", 0, "hidden"]`, "want": "rule.hidden"},
		"path of one segment": {"expression": `x := attribute.read(r, ["hidden"])`, "want": "hidden"},
		"readings": {"expression": `bucket.readings(a, "aws_t", ["hidden"])`, "want": "hidden"},
		"value": {"expression": `input.resources[a].values.hidden == 1`, "want": "hidden"},
	}
	module := rego.parse_module("m.rego", $"package p\nanswers contains 1 if \{ {case.expression} }")
	violations := conventions.violations with input as _input(_custom, module) with data.part11_data as _data
	violations == {$"{_file}: reads {case.want}, which METADATA does not list"}
}

test_a_read_that_is_listed_is_none[expression] if {
	some expression in [
		`attribute.read(r, ["rule", 0, "mode"])`,
		`attribute.read(r, ["rule", i, which])`,
		`attribute.blocks(r, ["rule"])`,
		`attribute.read(r, [flag])`,
		`input.resources[a].values.bucket == "b"`,
		`x := ["mode", "hidden"]`,
	]
	module := rego.parse_module("m.rego", $"package p\nanswers contains 1 if \{ {expression} }")
	conventions.violations == set() with input as _input(_custom, module) with data.part11_data as _data
}

test_a_control_exports_only_what_the_host_reads if {
	module := rego.parse_module("m.rego", "package p\nhelper := 1\n_private := 2\nnot_applicable := \"x\"")
	violations := conventions.violations with input as _input(_custom, module) with data.part11_data as _data
	violations == {$"{_file}: helper is neither answers nor not_applicable and must begin with _"}
}

_file := "policies/part11/p11_10c_02/p11_10c_02.rego"

_data := _data_of(["p11_10c_02"])

_data_of(critical) := {
	"critical_controls": critical,
	"assessed_types": ["aws_s3_bucket", "aws_t"],
	"controlled_attributes": {"aws_s3_bucket": ["bucket", "tags", "tags_all"], "aws_t": ["rule"]},
	"bypassing_types": {"aws_kms_grant": "a right on a key"},
	"harmless_types": {"random_id": "a number"},
}

_module := rego.parse_module("m.rego", "package p\nanswers contains 1")

_attributes := [
	{"type": "aws_s3_bucket", "path": "bucket"},
	{"type": "aws_s3_bucket", "path": "tags"},
	{"type": "aws_s3_bucket", "path": "tags_all"},
	{"type": "aws_t", "path": "rule.mode"},
]

_custom := {
	"id": "P11-10c-02",
	"severity": "critical",
	"clauses": ["11.10(c)"],
	"annex11": ["7.1"],
	"alcoa": ["original"],
	"requirements": ["URS-009"],
	"resources": ["aws_s3_bucket"],
	"attributes": _attributes,
	"environments": ["production"],
	"bucket_roles": ["record"],
	"failure_msg": "It fails.",
	"fix": "Mend it.",
	"waivable": false,
	"verified_by": ["IQ", "OQ-x", "none: reason"],
}

_input(custom, module) := {
	"inspect": {
		"namespaces": {"data.part11.p11_10c_02": [_file], "data.part11.p11_10c_02_test": [], "data.lib.x": []},
		"annotations": [{
			"annotations": {"scope": "package", "title": "Title", "description": "Text.", "custom": custom},
			"location": {"file": _file},
			"path": [
				{"type": "var", "value": "data"},
				{"type": "string", "value": "part11"},
				{"type": "string", "value": "p11_10c_02"},
			],
		}],
	},
	"modules": {_file: module},
}
