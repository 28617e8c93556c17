# SPDX-License-Identifier: Apache-2.0

package house_main_test

import data.house_main
import data.lib.fixture

test_a_part_holds_the_controls_that_were_asked if {
	part := house_main.part with data.house as _house
		with data.facts as fixture.plan([fixture.bucket("raw", {})])
		with input as {"controls": ["first", "second"]}
	part == {
		"controls": {
			"first": {"answers": {"yes"}, "not_applicable": null},
			"second": {"answers": set(), "not_applicable": "no bucket"},
		},
		"evaluated": ["aws_s3_bucket.raw"],
	}
}

test_every_package_is_known_without_facts if {
	{"first", "second", "third"} == house_main.packages with data.house as _house with input as {}
}

_house := {
	"first": {"answers": {"yes"}},
	"second": {"answers": set(), "not_applicable": "no bucket"},
	"third": {"answers": {"no"}},
}
