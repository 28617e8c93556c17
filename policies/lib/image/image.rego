# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Container images named by digest
# description: |-
#   A tag may name another image tomorrow; a digest names the very bytes that were validated. An image with a reference
#   in it is pinned when the literal text still ends in the digest.
package lib.image

import data.lib.text

pinned(name) if regex.match(`[^@]@sha256:[0-9a-f]{64}$`, name)

# What a list of images is worth: {"status": "pass" | "fail" | "unknown", "actual": short text}.
verdict(images) := {"status": "fail", "actual": "no image"} if {
	count(images) == 0
} else := {"status": "fail", "actual": concat(", ", sort(loose))} if {
	loose := {image | some image in images; is_string(image); not pinned(image); not text.open(image)}
	count(loose) > 0
} else := {"status": "unknown", "actual": concat(", ", sort(hidden))} if {
	hidden := {$"{image}" | some image in images; not _pinned_text(image)}
	count(hidden) > 0
} else := {"status": "pass", "actual": concat(", ", sort({image | some image in images}))}

# Go, which reads the texts for AWS, does not tell `Image` from `image`.
named(key) if lower(key) == "image"

expected := "every image by @sha256 digest"

_pinned_text(image) if {
	is_string(image)
	pinned(image)
}
