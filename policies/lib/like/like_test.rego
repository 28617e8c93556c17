# SPDX-License-Identifier: Apache-2.0

package lib.like_test

import data.lib.like

test_matches[name] if {
	some name, case in {
		"the same text": ["s3:GetObject", "s3:GetObject"],
		"nothing for a star": ["s3:Get*", "s3:Get"],
		"anything for a star": ["*", "arn:aws:s3:::raw/a"],
		"a star in the middle": ["arn:aws:s3:::*/clinical", "arn:aws:s3:::raw/clinical"],
		"one run between two stars": ["*raw*", "arn:aws:s3:::raw/a"],
		"runs in order": ["a*b*c*d", "a-b-c-d"],
		"runs in order, the first place too early": ["*ab*b*", "xabyabzb"],
		"runs that touch": ["*ab*cd*", "abcd"],
		"two stars together": ["a**b", "ab"],
		"one character for a question mark": ["s3:?etObject", "s3:GetObject"],
		"question mark between stars": ["*r?w*clin*", "arn:raw/clinical"],
		"question mark at the end": ["*clinica?", "clinical"],
		"braces, brackets and backslashes are plain": [`*/{a}[b]\*`, `x/{a}[b]\c`],
		"nothing is nothing": ["", ""],
		"a star for a star": ["s3:*", "s3:*"],
		"a question mark and a star for themselves": ["?*", "?*"],
	}
	like.matches(case[0], case[1])
}

test_does_not_match[name] if {
	some name, case in {
		"another text": ["s3:GetObject", "s3:PutObject"],
		"opening and closing may not overlap": ["ab*ba", "aba"],
		"the opening": ["b*", "ab"],
		"the closing": ["*b", "bc"],
		"runs out of order": ["a*c*b*d", "a-b-c-d"],
		"runs that overlap": ["*ab*bc*", "abc"],
		"a run that is not there": ["*raw*", "arn:aws:s3:::curated"],
		"a question mark is never nothing": ["s3:?etObject", "s3:etObject"],
		"a question mark is never two": ["?", "ab"],
		"a longer run than text": ["*abcd*", "abc"],
		"one more run than text": ["*a*b*c*", "ab"],
		"case": ["S3:*", "s3:GetObject"],
		"a tilde between stars": ["a*~*b", "axb"],
		"another character before the question mark": ["a?", "bx"],
		"another character after the question mark": ["?a", "xb"],
	}
	not like.matches(case[0], case[1])
}
