# SPDX-License-Identifier: Apache-2.0

package lib.blinding

import data.lib.answer
import data.lib.bucket
import data.lib.grant
import data.lib.replication
import data.lib.statement

# Answers on what the settings and the plan say of unblinded folders and buckets.

# ---- settings and plan name the same --------------------------------------------------------------------------------

answers contains answer.failed(address, "tags", "the bucket's folders in unblinded of the settings", "not set") if {
	not is_array(input.settings.unblinded)
	some address in unblinded
}

answers contains _of_row(row, said) if {
	some row, said in rows
	_is_told(said)
}

_is_told(said) if said.blinding == "unblinded"

_is_told(said) if folders[said.folder]

_of_row(row, said) := answer.failed(row, "item", $"{said.folder} in unblinded of the settings", "not named there") if {
	not folders[said.folder]
} else := answer.failed(row, "item", $"{said.folder} unblinded, as the settings say", said.blinding) if {
	said.blinding != "unblinded"
} else := answer.passed(row, "item", $"{said.folder} unblinded, as the settings say", said.blinding)

answers contains answer.unknown(row, "item", "a delivery that says whether it is unblinded", "not readable before apply") if {
	count(folders) + count(unblinded) > 0
	some row in dark_rows
}

answers contains answer.failed("plan", "item", $"a row of the deliveries table for {folder}", "none") if {
	some folder in folders
	_receives
	count(dark_rows) == 0
	count([row | some row, said in rows; said.folder == folder]) == 0
}

answers contains answer.failed("plan", "tags", "a bucket with the tag Blinding unblinded", "none") if {
	count(folders) > 0
	_receives
	count(unblinded) == 0
}

# A plan without deliveries and without a bucket for them is of something else.
_receives if count(tables) + count(unblinded) > 0

# ---- the inbox ------------------------------------------------------------------------------------------------------

answers contains _closed(inbox, prefix, action) if {
	some inbox in bucket.of_roles({"inbox"})
	some folder in folders
	some prefix in incoming(folder)
	some action in reading
}

reading := {"s3:getobject", "s3:getobjectversion"}

_closed(inbox, prefix, action) := answer.passed(inbox, "policy", _refused(prefix, action), "denied") if {
	some said in statement.on(inbox)
	statement.denies_everyone(said, action)
	statement.covers_prefix(said, inbox, prefix)
	_but_promotion(said.conditions)
} else := answer.unknown(inbox, "policy", _refused(prefix, action), "not readable before apply") if {
	statement.uncertain_on(inbox, "resource")
} else := answer.failed(inbox, "policy", _refused(prefix, action), "no such Deny")

_refused(prefix, action) := $"{action} below {prefix} denied to all but promotion and scanners of the settings"

_but_promotion(conditions) if count(conditions) == 0

_but_promotion(conditions) if {
	count(conditions) == 1
	conditions[0].key == "aws:principalarn"
	conditions[0].operator in {"ArnNotEquals", "StringNotEquals"}
	every value in conditions[0].values {
		_may_open(value, statement.roles_of_principal({"type": "AWS", "value": value}))
	}
}

_may_open(_, roles) if {
	count(roles) > 0
	count(roles - promotion) == 0
}

# A role of the plan is judged by what it may do, whatever the settings call it.
_may_open(value, roles) if {
	count(roles) == 0
	value in input.settings.scannerRoleArns
}

# ---- where the records are written ----------------------------------------------------------------------------------

answers contains _kept_out(address, folder) if {
	some folder in folders
	some address in _places
}

_places := blinded & bucket.of_roles({"record", "replica"})

_kept_out(address, folder) := answer.failed(address, "policy", _unwritten(folder), answer.few(policies)) if {
	policies := _writing[folder][address]
} else := answer.unknown(address, "policy", _unwritten(folder), $"resources of {answer.few(_dark_writing)} not known") if {
	count(_dark_writing) > 0
} else := answer.passed(address, "policy", _unwritten(folder), "none")

_unwritten(folder) := $"no right to write below {records(folder)}"

# Folder -> bucket of other records -> policies that let somebody write below the folder's prefix there.
_writing[folder][address] contains policy if {
	some [policy, said] in _writers
	some address in (statement.touched_buckets(said) & _places)
	some folder in folders
	statement.touches_objects(said, address, records(folder))
}

_dark_writing := {policy | some [policy, said] in _all_writers; said.partial}

_writers := [[policy, said] | some [policy, said] in _all_writers; not said.partial]

_all_writers := [[policy.address, said] |
	count(folders) > 0
	some policy in array.concat(grant.identity_policies, grant.resource_policies({"aws_s3_bucket", "aws_s3_bucket_policy"}))
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
	statement.matches_action(said, "s3:putobject")
]

# ---- buckets and their copies ---------------------------------------------------------------------------------------

answers contains _marked(address) if some address in unblinded

_marked(address) := answer.unknown(address, "tags", _tagged, "known after apply") if {
	read(address).status == "unknown"
} else := answer.passed(address, "tags", _tagged, "unblinded") if {
	_says_unblinded(address)
} else := answer.failed(address, "tags", _tagged, "no longer")

_tagged := "the tag Blinding unblinded"

answers contains _copied(configuration, source, copy) if {
	count(unblinded) > 0
	some source in kept
	some configuration in replication.configurations(source)
	some i, _ in input.resources[configuration].values.rule
	some copy in replication.destinations({"address": configuration, "index": i})
}

_copied(configuration, source, copy) := answer.unknown(configuration, _destination, _kind(source), $"the tag Blinding of {answer.few(hidden)} known after apply") if {
	hidden := {address | some address in [source, copy]; read(address).status == "unknown"; not was_unblinded(address)}
	count(hidden) > 0
} else := answer.failed(configuration, _destination, _kind(source), copy) if {
	count({source, copy} & unblinded) == 1
} else := answer.passed(configuration, _destination, _kind(source), copy)

_kind(source) := "a copy with the tag Blinding unblinded" if {
	unblinded[source]
} else := "a copy without the tag Blinding unblinded"

_destination := "rule.destination.bucket"
