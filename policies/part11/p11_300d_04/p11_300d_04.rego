# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Misuse of records is looked for and reported
# description: |-
#   GuardDuty with S3 protection looks for unusual access to the buckets, Security Hub brings the findings together, both
#   in every region that holds record-bearing buckets. Often they are switched on for a whole organisation: where the plan
#   holds none, somebody has to attest them.
# custom:
#   id: P11-300d-04
#   severity: medium
#   clauses: ["11.300(d)"]
#   annex11: ["13"]
#   alcoa: [attributable]
#   requirements: [URS-021, URS-023]
#   resources: [aws_guardduty_detector, aws_guardduty_detector_feature, aws_securityhub_account]
#   attributes:
#     - {type: aws_guardduty_detector, path: datasources.s3_logs.enable}
#     - {type: aws_guardduty_detector, path: enable}
#     - {type: aws_guardduty_detector_feature, path: detector_id}
#     - {type: aws_guardduty_detector_feature, path: name}
#     - {type: aws_guardduty_detector_feature, path: status}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_securityhub_account, path: enable_default_standards}
#   environments: [production, qualification]
#   bucket_roles: [record, inbox, replica, audit, evidence]
#   failure_msg: "Misuse of records would not be noticed: {expected} is required, {actual}."
#   fix: Add aws_guardduty_detector with the feature S3_DATA_EVENTS and aws_securityhub_account in each region, or attest that the organisation has switched them on.
#   verified_by: [IQ]
package part11.p11_300d_04

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope

answers contains answer.exact(address, "enable", reading, true) if {
	some address in _detectors
	reading := attribute.read(input.resources[address], ["enable"])
}

answers contains answer.exact(feature, "status", reading, "ENABLED") if {
	some address in _detectors
	some feature in _features[address]
	reading := attribute.read(input.resources[feature], ["status"])
}

answers contains _watching(address, input.resources[address]) if {
	some address in _detectors
	not _features[address]
}

answers contains answer.passed(address, "enable_default_standards", "Security Hub", "in the plan") if some address in _hubs

answers contains answer.unknown("plan", attribute, $"{service} in {region}", "not in the plan") if {
	some region in _regions
	some [attribute, service, addresses] in [
		["enable", "GuardDuty", _detectors],
		["enable_default_standards", "Security Hub", _hubs],
	]
	not region in {input.resources[address].region | some address in addresses}
}

answers contains answer.unknown(address, "bucket", "a known region", "known after apply") if {
	some address in _buckets
	input.resources[address].region == null
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_regions := {region | some address in _buckets; region := input.resources[address].region; region != null}

_detectors := [address | some address in resource.existing("aws_guardduty_detector"); count(_buckets) > 0]

_hubs := [address | some address in resource.existing("aws_securityhub_account"); count(_buckets) > 0]

# Without a feature of its own: by the older block of the detector.
_watching(address, detector) := answer.unknown(address, "datasources.s3_logs.enable", "true", "feature of some instance") if {
	_perhaps_features[address]
} else := answer.exact(address, "datasources.s3_logs.enable", reading, true) if {
	reading := attribute.read(detector, ["datasources", 0, "s3_logs", 0, "enable"])
}

_features[detector] contains feature if {
	some feature in _s3_features
	some detector in resource.referred(input.resources[feature], "detector_id")
}

_perhaps_features contains detector if {
	some feature in _s3_features
	some detector in resource.possibly_referred(input.resources[feature], "detector_id")
}

_s3_features := [feature |
	some feature in resource.existing("aws_guardduty_detector_feature")
	attribute.is_value(attribute.read(input.resources[feature], ["name"]), "S3_DATA_EVENTS")
]
