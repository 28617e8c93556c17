# SPDX-License-Identifier: Apache-2.0

package lib.version_test

import data.lib.fixture
import data.lib.version

test_pinned[name] if {
	some name, case in {
		"a version": [_user({"v": "abc"}), "pass", "abc"],
		"not set": [_user({}), "fail", "not set"],
		"the version of an unversioned bucket": [_user({"v": "null"}), "fail", "null"],
		"blank": [_user({"v": " "}), "fail", " "],
		"no text": [_user({"v": 7}), "fail", "7"],
		"the version of an object of the plan": [_version_of("aws_s3_object.o", "version_id", false), "pass", "version_id of aws_s3_object.o"],
		"an object of several": [_version_of("aws_s3_object.o", "version_id", true), "unknown", "known after apply"],
		"another attribute": [_version_of("aws_s3_object.o", "etag", false), "unknown", "known after apply"],
		"something else": [_version_of("aws_x.x", "version_id", false), "unknown", "known after apply"],
		"an object that is deleted": [_version_of("aws_s3_object.gone", "version_id", false), "unknown", "known after apply"],
		"an object outside the plan": [_version_of("aws_s3_object.none", "version_id", false), "unknown", "known after apply"],
		"sensitive": [fixture.sensitive(_user({}), [["v"]]), "unknown", "(sensitive)"],
		"the version of a copy": [_version_of("aws_s3_object_copy.c", "version_id", false), "pass", "version_id of aws_s3_object_copy.c"],
	}
	plan := fixture.plan([
		fixture.resource("aws_s3_object", "o", {}),
		fixture.resource("aws_s3_object_copy", "c", {}),
		fixture.deleted(fixture.resource("aws_s3_object", "gone", {})),
		fixture.resource("aws_x", "x", {}),
	])
	version.pinned(case[0], "v") == {"status": case[1], "actual": case[2]} with input as plan
}

_user(values) := fixture.resource("aws_user", "u", values)

_version_of(address, attribute, ambiguous) := object.union(
	fixture.unknown(_user({}), [["v"]]),
	{"refs": {"v": [{"address": address, "attribute": attribute, "ambiguous": ambiguous}]}},
)
