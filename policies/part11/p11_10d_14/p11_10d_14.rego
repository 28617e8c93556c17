# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: One SSH key belongs to one user
# description: |-
#   A key that two users share no longer says who delivered. The comment behind a key does not make it another one. Keys
#   are Ed25519, ECDSA or RSA of 3072 bits and more; an RSA key with a public exponent other than 65537 is not measured
#   here, and stays unknown. Users are those of the service, and the vendors whose rows the plan writes into a table with
#   Part11Role "identity-provider": each row but `profile` and `deny` is a key. A row of a table without that tag is a
#   finding of META-11.
# custom:
#   id: P11-10d-14
#   severity: high
#   clauses: ["11.10(d)", "11.100(a)", "11.300(a)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-002, URS-005]
#   resources: [aws_transfer_ssh_key, aws_dynamodb_table_item]
#   attributes:
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#     - {type: aws_dynamodb_table_item, path: item}
#     - {type: aws_dynamodb_table_item, path: table_name}
#     - {type: aws_transfer_ssh_key, path: body}
#     - {type: aws_transfer_ssh_key, path: user_name}
#   environments: [production, qualification, development]
#   failure_msg: The SSH key is shared by several users, or too weak.
#   fix: Give every user a key of its own, of type ssh-ed25519, ecdsa-sha2-nistp256 or ssh-rsa with 3072 bits.
#   verified_by: [IQ]
package part11.p11_10d_14

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope
import data.lib.tag
import data.lib.text

answers contains _strength(address) if some address in _keys

answers contains _alone(address) if some address in _keys

not_applicable := scope.reason(rego.metadata.chain(), "SSH key of a transfer user or vendor") if count(_keys) == 0

_keys := _users_keys | _vendors_keys

_users_keys := {address | some address in scope.existing(rego.metadata.chain(), "aws_transfer_ssh_key")}

# What the identity provider takes for a key: every row of a vendor but two. A row not known may be one.
_vendors_keys := {row | some row, _ in _rows; not _is_no_key(row)}

_is_no_key(row) if _rows[row].value.item.S in {"profile", "deny"}

# Row of a table of vendors -> its item, as text.document reads it.
_rows[row] := text.document(input.resources[row], "item") if {
	some row in scope.existing(rego.metadata.chain(), "aws_dynamodb_table_item")
	some table in resource.referred(input.resources[row], "table_name")
	tag.has_part11_role(input.resources[table], "identity-provider")
}

# ---- type and size --------------------------------------------------------------------------------------------------

_strength(address) := answer.unknown(address, _body_name(address), _strong, attribute.shown(_body(address))) if {
	_body(address).status == "unknown"
} else := answer.passed(address, _body_name(address), _strong, kind) if {
	some kind, beginning in _curves
	startswith(_material[address], beginning)
} else := answer.failed(address, _body_name(address), _strong, "no SSH key of a known type") if {
	not startswith(_material[address], _rsa)
} else := answer.unknown(address, _body_name(address), _strong, "RSA with another exponent") if {
	not startswith(_material[address], $"{_rsa}AAAADAQAB")
} else := answer.passed(address, _body_name(address), _strong, "RSA of 3072 bits or more") if {
	count(_material[address]) >= _rsa_3072_length
} else := answer.failed(address, _body_name(address), _strong, "RSA of less than 3072 bits")

_body(address) := _row_reading(address, "publicKey") if {
	_vendors_keys[address]
} else := attribute.read(input.resources[address], ["body"])

_body_name(address) := "item" if {
	_vendors_keys[address]
} else := "body"

# The base64 part without type, padding and comment; "" for what is not written as a key.
_material[address] := material if {
	some address in _keys
	_body(address).status != "unknown"
	material := trim(_second([word | some word in split(replace(object.get(_body(address), "value", ""), "\n", " "), " "); word != ""]), "=")
}

default _second(_) := ""

_second(words) := words[1]

# How the material begins: its length-prefixed type (RFC 4253 and RFC 8709), in base64.
_curves := {
	"Ed25519": "AAAAC3NzaC1lZDI1NTE5AAAAI",
	"ECDSA P-256": "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY",
	"ECDSA P-384": "AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQ",
	"ECDSA P-521": "AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjE",
}

_rsa := "AAAAB3NzaC1yc2E"

# 22 bytes of type, exponent and length, 385 of modulus, in base64 without padding.
_rsa_3072_length := 543

# ---- one user -------------------------------------------------------------------------------------------------------

_alone(address) := answer.unknown(address, _user_name(address), _single, attribute.shown(_user(address))) if {
	_user(address).status == "unknown"
} else := answer.unknown(address, _user_name(address), _single, "key known after apply") if {
	_body(address).status == "unknown"
} else := answer.failed(address, _user_name(address), _single, "no name of a user") if {
	not attribute.is_text(_user(address))
} else := answer.failed(address, _user_name(address), _single, _shared[_material[address]]) if {
	_shared[_material[address]]
} else := answer.unknown(address, _user_name(address), _single, "another user known after apply") if {
	_hidden[_material[address]]
} else := answer.passed(address, _user_name(address), _single, _user(address).value)

_users[material] contains attribute.shown(_user(address)) if {
	some address, material in _material
	_user(address).status == "known"
}

_shared[material] := answer.few(users) if {
	some material, users in _users
	count(users) > 1
}

# Materials that somebody has whose name is not known yet.
_hidden contains material if {
	some address, material in _material
	_user(address).status == "unknown"
}

_user(address) := _row_reading(address, "vendor") if {
	_vendors_keys[address]
} else := attribute.read(input.resources[address], ["user_name"])

_user_name(address) := "item" if {
	_vendors_keys[address]
} else := "user_name"

# ---- what a row says ------------------------------------------------------------------------------------------------

# A text of a row as attribute.read gives it: what is no text, or not there, is not set.
_row_reading(row, name) := {"status": "unknown"} if {
	_rows[row].status == "unknown"
} else := {"status": "known", "value": value} if {
	value := _rows[row].value[name].S
	is_string(value)
} else := {"status": "not_set"}

_strong := "Ed25519, ECDSA or RSA of at least 3072 bits"

_single := "a key of one user"
