# SPDX-License-Identifier: Apache-2.0

package lib.image_test

import data.lib.image

test_pinned[name] if {
	some name, want in {
		$"registry/app@sha256:{_digest}": true,
		$"registry/app:1.2@sha256:{_digest}": true,
		$"registry/app@sha256:{upper(_digest)}": false,
		$"registry/app@sha256:{_digest}0": false,
		$"@sha256:{_digest}": false,
		"registry/app:1.2": false,
		"registry/app@sha256:abc": false,
		$"registry/app:1 # @sha256:{_digest} ": false,
	}
	{true | image.pinned(name)} == {true | want}
}

test_verdict[name] if {
	some name, case in {
		"none": [[], "fail", "no image"],
		"pinned": [[_app], "pass", _app],
		"pinned behind a reference": [[_referred], "pass", _referred],
		"one by tag": [[_app, "app:1"], "fail", "app:1"],
		"a tag behind a reference": [[_app, "${aws_ecr_repository.a.repository_url}:1"], "unknown", "${aws_ecr_repository.a.repository_url}:1"],
		"a digest that is a reference": [["app@${data.aws_ecr_image.a.id}"], "unknown", "app@${data.aws_ecr_image.a.id}"],
		"no text": [[_app, null], "unknown", "null"],
		"a tag beside no text": [[null, "app:1"], "fail", "app:1"],
	}
	image.verdict(case[0]) == {"status": case[1], "actual": case[2]}
}

test_named[key] if {
	some key, want in {"image": true, "Image": true, "images": false}
	{true | image.named(key)} == {true | want}
}

_digest := "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

_app := $"registry/app@sha256:{_digest}"

_referred := concat("", ["${aws_ecr_repository.a.repository_url}@sha256:", _digest])
