# SPDX-License-Identifier: Apache-2.0

package lib.transfer_test

import data.lib.fixture
import data.lib.transfer

test_homes[name] if {
	some name, case in {
		"mappings": [
			{"home_directory_type": "LOGICAL", "user_name": "acme", "home_directory_mappings": [{"entry": "/", "target": "/inbox/acme/"}]},
			[{"entry": {"status": "known", "value": "/"}, "target": {"status": "known", "value": "inbox/acme/"}}],
		],
		"a variable": [
			{"home_directory_type": "LOGICAL", "user_name": "acme", "home_directory_mappings": [{"entry": "/", "target": "/inbox/${Transfer:UserName}"}]},
			[{"entry": {"status": "known", "value": "/"}, "target": {"status": "known", "value": "inbox/acme/"}}],
		],
		"a directory": [
			{"home_directory_type": "PATH", "home_directory": "/inbox/acme"},
			[{"entry": {"status": "known", "value": "/"}, "target": {"status": "known", "value": "inbox/acme/"}}],
		],
		"none": [{}, [{"entry": {"status": "known", "value": "/"}, "target": {"status": "not_set"}}]],
	}
	transfer.homes("aws_transfer_user.u") == case[1] with input as fixture.plan([fixture.resource("aws_transfer_user", "u", case[0])])
}

test_a_target_not_known_is_unknown if {
	user := fixture.unknown(
		fixture.resource("aws_transfer_user", "u", {"home_directory_type": "LOGICAL", "home_directory_mappings": [{"entry": "/"}]}),
		[["home_directory_mappings", 0, "target"]],
	)
	[home.target.status | some home in transfer.homes("aws_transfer_user.u")] == ["unknown"] with input as fixture.plan([user])
}

test_within_home[text] if {
	some text, within in {
		"inbox/acme/*": true,
		"inbox/acme/2026/*": true,
		"inbox/acme*": false,
		"inbox/acme": false,
		"inbox/acme2/*": false,
		"inbox/*": false,
		"*": false,
		"inbox/${transfer:UserName}/*": true,
		"inbox/${transfer:UserName}*": false,
		"inbox*/${transfer:UserName}/*": false,
		"${transfer:HomeBucket}/${transfer:HomeFolder}/*": true,
		"${transfer:HomeBucket}/*": false,
		"${transfer:HomeDirectory}/*": true,
		"${transfer:HomeDirectory}*": false,
	}
	user := fixture.resource("aws_transfer_user", "u", {
		"home_directory_type": "LOGICAL",
		"user_name": "acme",
		"home_directory_mappings": [{"entry": "/", "target": "/inbox/acme"}],
	})
	found := {text | transfer.within_home("aws_transfer_user.u", text)} with input as fixture.plan([user])
	found == {text | within}
}
