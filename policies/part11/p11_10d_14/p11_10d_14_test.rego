# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_14_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_14 as control

test_types_and_sizes[name] if {
	some name, case in {
		"Ed25519": [_ed25519, "pass", "Ed25519"],
		"Ed25519 with a comment and an end of line": [concat("", [_ed25519, " somebody\n"]), "pass", "Ed25519"],
		"P-256": ["ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBKwtITd7xDaOFTvA9glfObra4oSzIyE2q6ybwGNYXgD+ZNBIlxF1x7Y50aMTZbQciCX5Zx2oeYIQ0jVdZX94tHM=", "pass", "ECDSA P-256"],
		"P-384": ["ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBDakhOXj4QBe+mU3ZqLdgy7tFG0hCZ1Ki2BzwMd4tmiEpZmXO5SWH1mK6Fc/YORoK96Bi5HO8sW1mKb4LFOoK1+DX7ztsPFufzILpu6CuoH9GZHLMQh7oDUUnweNU0+y/Q==", "pass", "ECDSA P-384"],
		"P-521": ["ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBABrk0jquEaf4smJCkI7vkjStvJC0WK5oXN3tKlP3JCSzGWOR0EqX2Sp7UMbjfEvhP2TlOc+rHZxaoxScRU7Fq8XAwErEpM2jc6nFmSMbKcXzHd4aM0OZXf98yIdjnHplYp4iOqyYEf22LgG8WYptGAIiaYTcpKm/aTZBBqtUf+Q9W+AKA==", "pass", "ECDSA P-521"],
		"RSA 3072": [_rsa(515), "pass", "RSA of 3072 bits or more"],
		"RSA 3064": [_rsa(514), "fail", "RSA of less than 3072 bits"],
		"RSA 2048": [_rsa(344), "fail", "RSA of less than 3072 bits"],
		"RSA with the exponent 3": ["ssh-rsa AAAAB3NzaC1yc2EAAAABAwAAAYEA", "unknown", "RSA with another exponent"],
		"DSA": ["ssh-dss AAAAB3NzaC1kc3MAAACB", "fail", "no SSH key of a known type"],
		"no key at all": ["AAAA", "fail", "no SSH key of a known type"],
		"nothing": ["", "fail", "no SSH key of a known type"],
		"Ed25519 behind two blanks": [replace(_ed25519, " ", "  "), "pass", "Ed25519"],
	}
	plan := fixture.plan([_key("a", case[0], "acme")])
	_strength(case[1], case[2]) in control.answers with input as plan
	not control.not_applicable with input as plan
}

test_users[name] if {
	some name, case in {
		"alone": [[], ["pass", "acme"]],
		"another key of another user": [[_key("b", "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBKwtITd7xDaOFTvA9glfObra4oSzIyE2q6ybwGNYXgD+ZNBIlxF1x7Y50aMTZbQciCX5Zx2oeYIQ0jVdZX94tHM=", "other")], ["pass", "acme"]],
		"the same key of the same user": [[_key("b", _ed25519, "acme")], ["pass", "acme"]],
		"the same key of another user": [[_key("b", _ed25519, "other")], ["fail", "acme, other"]],
		"the same key with another comment": [[_key("b", concat("", [_ed25519, " other"]), "other")], ["fail", "acme, other"]],
		"the same key of a user not known yet": [
			[fixture.unknown(fixture.resource("aws_transfer_ssh_key", "b", {"body": _ed25519}), [["user_name"]])],
			["unknown", "another user known after apply"],
		],
		"a key not known of another user": [
			[fixture.unknown(fixture.resource("aws_transfer_ssh_key", "b", {"user_name": "other"}), [["body"]])],
			["pass", "acme"],
		],
		"the same key, deleted": [[fixture.deleted(_key("b", _ed25519, "other"))], ["pass", "acme"]],
		"a key that ends otherwise": [[_key("b", concat("", [_ed25519, "~"]), "other")], ["pass", "acme"]],
	}
	plan := fixture.plan(array.concat([_key("a", _ed25519, "acme")], case[0]))
	found := [one | some one in control.answers; one.address == _address; one.attribute == "user_name"] with input as plan
	[[one.status, one.actual] | some one in found] == [case[1]]
}

test_what_is_no_key_is_not_shared_with_what_is_not_known if {
	dark := fixture.unknown(fixture.resource("aws_transfer_ssh_key", "b", {"user_name": "other"}), [["body"]])
	answer.passed(_address, "user_name", "a key of one user", "acme") in control.answers with input as fixture.plan([_key("a", "AAAA", "acme"), dark])
}

test_a_user_without_a_name_fails[name] if {
	some name, user in {"none": null, "no text": 7, "empty": ""}
	failed := answer.failed(_address, "user_name", "a key of one user", "no name of a user")
	failed in control.answers with input as fixture.plan([_key("a", _ed25519, user)])
}

test_what_is_not_known_is_unknown if {
	dark := fixture.unknown(fixture.resource("aws_transfer_ssh_key", "a", {}), [["body"], ["user_name"]])
	control.answers == {
		_strength("unknown", "known after apply"),
		answer.unknown(_address, "user_name", "a key of one user", "known after apply"),
	} with input as fixture.plan([dark])
}

test_the_user_of_a_key_not_known_is_unknown if {
	dark := fixture.unknown(fixture.resource("aws_transfer_ssh_key", "a", {"user_name": "acme"}), [["body"]])
	answer.unknown(_address, "user_name", "a key of one user", "key known after apply") in control.answers with input as fixture.plan([dark])
}

test_no_key_is_not_applicable if {
	control.not_applicable == "no SSH key of a transfer user or vendor in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_strength(status, actual) := {
	"address": _address,
	"attribute": "body",
	"status": status,
	"expected": "Ed25519, ECDSA or RSA of at least 3072 bits",
	"actual": actual,
}

_key(name, body, user) := fixture.resource("aws_transfer_ssh_key", name, {"body": body, "user_name": user})

# An RSA key with the exponent 65537 and made-up digits.
_rsa(digits) := concat("", ["ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB", concat("", [substring("ABCDEFGHIJ", i % 10, 1) | some i in numbers.range(1, digits)])])

_address := "aws_transfer_ssh_key.a"

_ed25519 := "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKhBWckxCvmvujNedB+7NQvpgbjM+L+CdLLQ18egQoZ7"

test_what_is_no_key_is_shared_with_no_other_text if {
	plan := fixture.plan([_key("a", "x ~", "acme"), _key("b", "AAAA", "other")])
	answer.passed(_address, "user_name", "a key of one user", "acme") in control.answers with input as plan
}

# ---- vendors that are rows of a table --------------------------------------------------------------------------------

test_rows_of_vendors[name] if {
	some name, case in {
		"a key of its own": [[], {["pass", "Ed25519"], ["pass", "acme"]}],
		"another vendor with another key": [[_row("b", _item("other", _ecdsa))], {["pass", "Ed25519"], ["pass", "acme"]}],
		"another vendor with the same key": [[_row("b", _item("other", _ed25519))], {["pass", "Ed25519"], ["fail", "acme, other"]}],
		"another vendor with the same key and a comment": [
			[_row("b", _item("other", concat("", [_ed25519, " other"])))],
			{["pass", "Ed25519"], ["fail", "acme, other"]},
		],
		"a user of the service with the same key": [[_key("b", _ed25519, "other")], {["pass", "Ed25519"], ["fail", "acme, other"]}],
		"the same key in a row that is deleted": [[fixture.deleted(_row("b", _item("other", _ed25519)))], {["pass", "Ed25519"], ["pass", "acme"]}],
		"the profile of another vendor": [[_row("b", _profile)], {["pass", "Ed25519"], ["pass", "acme"]}],
		"a row of another vendor that is not known": [
			[fixture.unknown(_row("b", ""), [["item"]])],
			{["pass", "Ed25519"], ["pass", "acme"]},
		],
	}
	_said("a", array.concat([_row("a", _item("acme", _ed25519))], case[0])) == case[1]
}

test_what_a_row_must_say[name] if {
	some name, case in {
		"a weak key": [json.marshal(_fields("acme", _rsa(344))), {["fail", "RSA of less than 3072 bits"], ["pass", "acme"]}],
		"no key": [json.marshal(object.remove(_fields("acme", _ed25519), ["publicKey"])), {["fail", "no SSH key of a known type"], ["pass", "acme"]}],
		"a key that is no text": [json.marshal(object.union(_fields("acme", ""), {"publicKey": {"S": 7}})), {["fail", "no SSH key of a known type"], ["pass", "acme"]}],
		"no vendor": [json.marshal(object.remove(_fields("acme", _ed25519), ["vendor"])), {["pass", "Ed25519"], ["fail", "no name of a user"]}],
		"no sort key": [json.marshal(object.remove(_fields("acme", ""), ["item"])), {["fail", "no SSH key of a known type"], ["pass", "acme"]}],
		"a sort key of its own invention": [json.marshal(object.union(_fields("acme", ""), {"item": {"S": "profile2"}})), {["fail", "no SSH key of a known type"], ["pass", "acme"]}],
		"no JSON": ["{", {["unknown", "known after apply"]}],
	}
	_said("a", [_row("a", case[0])]) == case[1]
}

test_a_row_not_known_is_unknown if {
	_said("a", [fixture.unknown(_row("a", ""), [["item"]])]) == {["unknown", "known after apply"]}
}

test_rows_that_are_no_keys_are_not_judged[name] if {
	some name, item in {"profile": _profile, "deny": json.marshal({"vendor": {"S": "acme"}, "item": {"S": "deny"}})}
	control.not_applicable with input as fixture.plan([_vendors, _row("a", item)])
}

test_rows_of_other_tables_are_not_judged[name] if {
	some name, tags in {
		"deliveries": {"Part11Role": "deliveries"},
		"no role": {},
	}
	table := fixture.resource("aws_dynamodb_table", "vendors", {"name": "vendors", "tags": tags})
	control.not_applicable with input as fixture.plan([table, _row("a", _item("acme", "AAAA"))])
}

_said(name, resources) := {[one.status, one.actual] |
	some one in control.answers with input as fixture.plan(array.concat([_vendors], resources))
	one.address == $"aws_dynamodb_table_item.{name}"
	one.attribute == "item"
}

_vendors := fixture.resource("aws_dynamodb_table", "vendors", {"name": "vendors", "tags": {"Part11Role": "identity-provider"}})

_row(name, item) := fixture.referring(
	fixture.resource("aws_dynamodb_table_item", name, {"table_name": "vendors", "item": item}),
	{"table_name": ["aws_dynamodb_table.vendors"]},
)

_item(vendor, key) := json.marshal(_fields(vendor, key))

_fields(vendor, key) := {"vendor": {"S": vendor}, "item": {"S": "key#SHA256:0"}, "publicKey": {"S": key}}

_profile := json.marshal({"vendor": {"S": "other"}, "item": {"S": "profile"}})

_ecdsa := "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBKwtITd7xDaOFTvA9glfObra4oSzIyE2q6ybwGNYXgD+ZNBIlxF1x7Y50aMTZbQciCX5Zx2oeYIQ0jVdZX94tHM="
