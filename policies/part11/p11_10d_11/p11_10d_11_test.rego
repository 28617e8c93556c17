# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_11_test

import data.lib.fixture
import data.part11.p11_10d_11 as control

test_statements[name] if {
	some name, case in {
		"uploading below the own target passes": [[_put("arn:aws:s3:::inbox/acme/*")], "pass", _fine],
		"uploading below the own name passes": [[_put("arn:aws:s3:::inbox/${transfer:UserName}/*")], "pass", _fine],
		"uploading below the home directory passes": [[_put("arn:aws:s3:::${transfer:HomeDirectory}/*")], "pass", _fine],
		"listing the own target passes": [[_put("arn:aws:s3:::inbox/acme/*"), _list(["acme/*", "acme", "acme/"])], "pass", _fine],
		"listing the home folder passes": [
			[_put("arn:aws:s3:::inbox/acme/*"), object.union(
				_list(["${transfer:HomeFolder}/*", "${transfer:HomeFolder}"]),
				{"resources": ["arn:aws:s3:::${transfer:HomeBucket}"]},
			)],
			"pass",
			_fine,
		],
		"the place of another user fails": [[_put("arn:aws:s3:::inbox/globex/*")], "fail", "objects in arn:aws:s3:::inbox/globex/*"],
		"a name that begins so fails": [[_put("arn:aws:s3:::inbox/acme*")], "fail", "objects in arn:aws:s3:::inbox/acme*"],
		"everywhere fails": [[_put("*")], "fail", "objects in *"],
		"reading fails": [
			[_put("arn:aws:s3:::inbox/acme/*"), fixture.statement({"actions": ["s3:getobject"], "resources": ["arn:aws:s3:::inbox/acme/*"]})],
			"fail",
			"s3:getobject",
		],
		"a wildcard fails": [[fixture.statement({"actions": ["s3:*"], "resources": ["arn:aws:s3:::inbox/acme/*"]})], "fail", "s3:*"],
		"everything but some actions fails": [
			[fixture.statement({"notActions": ["s3:deleteobject"], "resources": ["arn:aws:s3:::inbox/acme/*"]})],
			"fail",
			"everything but some actions or resources",
		],
		"everything but some resources fails": [
			[fixture.statement({"actions": ["s3:putobject"], "notResources": ["arn:aws:s3:::raw/*"]})],
			"fail",
			"everything but some actions or resources",
		],
		"listing without a prefix fails": [
			[_put("arn:aws:s3:::inbox/acme/*"), object.union(_list([]), {"conditions": []})],
			"fail",
			"s3:listbucket beyond its own place",
		],
		"listing another prefix fails": [[_put("arn:aws:s3:::inbox/acme/*"), _list(["acme/*", "globex/*"])], "fail", "s3:listbucket beyond its own place"],
		"listing a prefix that begins so fails": [[_put("arn:aws:s3:::inbox/acme/*"), _list(["acme*"])], "fail", "s3:listbucket beyond its own place"],
		"listing another folder fails": [[_put("arn:aws:s3:::inbox/acme/*"), _list(["globex"])], "fail", "s3:listbucket beyond its own place"],
		"listing with no prefix named fails": [[_put("arn:aws:s3:::inbox/acme/*"), _list([])], "fail", "s3:listbucket beyond its own place"],
		"listing if there is a prefix fails": [[_put("arn:aws:s3:::inbox/acme/*"), _listing("StringLikeIfExists", "s3:prefix")], "fail", "s3:listbucket beyond its own place"],
		"listing with another condition fails": [[_put("arn:aws:s3:::inbox/acme/*"), _listing("StringLike", "s3:delimiter")], "fail", "s3:listbucket beyond its own place"],
		"a Deny passes": [
			[_put("arn:aws:s3:::inbox/acme/*"), fixture.statement({"effect": "Deny", "actions": ["s3:getobject"], "resources": ["*"]})],
			"pass",
			_fine,
		],
		"nothing to upload fails": [[_list(["acme/*"])], "fail", "allows nothing to be uploaded"],
		"not known in full is unknown": [[object.union(_put("arn:aws:s3:::inbox/acme/*"), {"partial": true})], "unknown", "not readable before apply"],
		"ending uploads elsewhere fails": [
			[_put("arn:aws:s3:::inbox/acme/*"), fixture.statement({"actions": ["s3:abortmultipartupload"], "resources": ["arn:aws:s3:::inbox/globex/*"]})],
			"fail",
			"objects in arn:aws:s3:::inbox/globex/*",
		],
		"listing exactly the own target passes": [[_put("arn:aws:s3:::inbox/acme/*"), _listing("StringEquals", "s3:prefix")], "pass", _fine],
	}
	plan := _with({}, {"statements": case[0]})
	{[found.address, found.attribute, found.status, found.actual] | some found in control.answers} == {["aws_transfer_user.u", "policy", case[1], case[2]]} with input as plan
	not control.not_applicable with input as plan
}

test_texts[name] if {
	some name, case in {
		"no policy fails": [fixture.plan([_user({})]), "fail", "no session policy"],
		"text not known is unknown": [_with({}, {"origin": "unknown", "statements": []}), "unknown", "not readable before apply"],
		"a text of 2048 characters passes": [_with({"policy": _characters(2048)}, {"statements": [_put("arn:aws:s3:::inbox/acme/*")]}), "pass", _fine],
		"a text of 2049 characters fails": [
			_with({"policy": _characters(2049)}, {"statements": [_put("arn:aws:s3:::inbox/acme/*")]}),
			"fail",
			"2049 characters",
		],
	}
	{[found.attribute, found.status, found.actual] | some found in control.answers} == {["policy", case[1], case[2]]} with input as case[0]
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no SFTP user in the plan": fixture.plan([]),
		"does not apply in laboratory": fixture.in_environment(fixture.plan([_user({})]), "laboratory"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_with(values, fields) := fixture.with_policies(fixture.plan([_user(values)]), [object.union(
	{"address": "aws_transfer_user.u", "attribute": "policy", "use": "session", "subjects": ["aws_transfer_user.u"]},
	fields,
)])

_user(values) := fixture.resource("aws_transfer_user", "u", object.union(
	{
		"user_name": "acme",
		"home_directory_type": "LOGICAL",
		"home_directory_mappings": [{"entry": "/", "target": "/inbox/acme"}],
	},
	values,
))

_put(pattern) := fixture.statement({"actions": ["s3:putobject"], "resources": [pattern]})

_list(prefixes) := fixture.statement({
	"actions": ["s3:listbucket"],
	"resources": ["arn:aws:s3:::inbox"],
	"conditions": [{"operator": "StringLike", "key": "s3:prefix", "values": prefixes}],
})

_listing(operator, key) := object.union(_list([]), {"conditions": [{"operator": operator, "key": key, "values": ["acme/*"]}]})

_characters(n) := concat("", ["x" | some _ in numbers.range(1, n)])

_fine := "s3:putobject in its own place"

test_what_names_no_bucket_is_in_no_place_of_a_user if {
	listing := object.union(_list(["acme/*"]), {"resources": ["*"]})
	plan := _with({"home_directory_mappings": [{"entry": "/", "target": "/~/acme"}]}, {"statements": [_put("arn:aws:s3:::~/acme/*"), listing]})
	{[found.status, found.actual] | some found in control.answers} == {["fail", "s3:listbucket beyond its own place"]} with input as plan
}
