# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_08_test

import data.lib.fixture
import data.part11.p11_10d_08 as control

test_answers[name] if {
	some name, case in {
		"service managed passes": [_server({"identity_provider_type": "SERVICE_MANAGED"}), {["identity_provider_type", "pass", "SERVICE_MANAGED"]}],
		"keys of a function pass": [
			_server({"identity_provider_type": "AWS_LAMBDA", "sftp_authentication_methods": "PUBLIC_KEY"}),
			{["identity_provider_type", "pass", "AWS_LAMBDA"], [_methods, "pass", "PUBLIC_KEY"]},
		],
		"key and password of an API pass": [
			_server({"identity_provider_type": "API_GATEWAY", "sftp_authentication_methods": "PUBLIC_KEY_AND_PASSWORD"}),
			{["identity_provider_type", "pass", "API_GATEWAY"], [_methods, "pass", "PUBLIC_KEY_AND_PASSWORD"]},
		],
		"key or password fails": [
			_server({"identity_provider_type": "AWS_LAMBDA", "sftp_authentication_methods": "PUBLIC_KEY_OR_PASSWORD"}),
			{["identity_provider_type", "pass", "AWS_LAMBDA"], [_methods, "fail", "PUBLIC_KEY_OR_PASSWORD"]},
		],
		"a password fails": [
			_server({"identity_provider_type": "AWS_LAMBDA", "sftp_authentication_methods": "PASSWORD"}),
			{["identity_provider_type", "pass", "AWS_LAMBDA"], [_methods, "fail", "PASSWORD"]},
		],
		"a method not stated fails": [
			_server({"identity_provider_type": "AWS_LAMBDA"}),
			{["identity_provider_type", "pass", "AWS_LAMBDA"], [_methods, "fail", "not set"]},
		],
		"a directory fails": [
			_server({"identity_provider_type": "AWS_DIRECTORY_SERVICE"}),
			{["identity_provider_type", "fail", "AWS_DIRECTORY_SERVICE"], [_methods, "fail", "not set"]},
		],
		"a provider not known yet is unknown": [
			fixture.unknown(_server({"sftp_authentication_methods": "PUBLIC_KEY"}), [["identity_provider_type"]]),
			{["identity_provider_type", "unknown", "known after apply"], [_methods, "pass", "PUBLIC_KEY"]},
		],
		"a method not known yet is unknown": [
			fixture.unknown(_server({"identity_provider_type": "AWS_LAMBDA"}), [[_methods]]),
			{["identity_provider_type", "pass", "AWS_LAMBDA"], [_methods, "unknown", "known after apply"]},
		],
	}
	plan := fixture.plan([case[0]])
	{[found.attribute, found.status, found.actual] | some found in control.answers} == case[1] with input as plan
	{found.address | some found in control.answers} == {"aws_transfer_server.s"} with input as plan
	not control.not_applicable with input as plan
}

test_no_server_is_not_applicable if {
	control.not_applicable == "no transfer server in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_server(values) := fixture.resource("aws_transfer_server", "s", values)

_methods := "sftp_authentication_methods"
