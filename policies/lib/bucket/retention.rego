# SPDX-License-Identifier: Apache-2.0

package lib.bucket

import data.lib.attribute
import data.lib.tag

# Class of the records in a bucket: by tag, else by settings, else the default class.
record_class(address) := class if {
	class := tag.read(input.resources[address], "RecordClass").value
} else := class if {
	class := mapped(address).recordClass
} else := input.settings.defaultRecordClass

# Days that the default lock of a bucket must last at least. Undefined in development, and when the record class is not
# known or not in the settings: a control then answers unknown.
minimum_days(address) := input.settings.inboxMinimumDays if {
	input.settings.environment == "production"
	roles[address] == "inbox"
} else := record_days(address) if {
	roles[address] in locked_roles
}

# Days that what holds records, a bucket or a table, must keep them. Undefined as above.
record_days(address) := 1 if {
	input.settings.environment == "qualification"
} else := max({_class_days[record_class(address)]} | _former_days(address)) if {
	input.settings.environment == "production"
	tag.read(input.resources[address], "RecordClass").status != "unknown"
}

# Of the class that the records had before this plan: a shorter one would shorten what is promised for them.
_former_days(address) := {days} if {
	days := _class_days[tag.former(input.resources[address], "RecordClass")]
} else := set()

_class_days[name] := days_of_years(class.minimumYears) if some name, class in input.settings.recordClasses

# Leap days counted, so that a lock in days never falls short of the years it stands for.
days_of_years(years) := ceil(years * 365.25)

# Reading of the default retention in days of one lock configuration. With both set (the provider refuses it) the shorter counts.
lock_days(lock) := {"status": "unknown"} if {
	some unit in ["days", "years"]
	attribute.read(lock, ["rule", 0, "default_retention", 0, unit]).status == "unknown"
} else := {"status": "known", "value": min(periods)} if {
	periods := _periods(lock)
	count(periods) > 0
} else := {"status": "not_set"}

# Readings of the lock in days, by the address where it stands; as `readings` gives those of one attribute.
lock_readings(address) := object.union(
	{part: lock_days(input.resources[part]) | some part in locks(address)},
	missing(address, _lock_type),
)

# Whether nobody can delete or overwrite what the bucket holds for so many days: "pass", "unknown" or "fail".
locked_for(address, days) := "fail" if {
	some reading in lock_readings(address)
	reading.value < days
} else := "fail" if {
	some reading in readings(address, _lock_type, _lock_mode)
	not reading.status == "unknown"
	not attribute.is_value(reading, "COMPLIANCE")
} else := "unknown" if {
	some reading in lock_readings(address)
	reading.status == "unknown"
} else := "unknown" if {
	some reading in readings(address, _lock_type, _lock_mode)
	reading.status == "unknown"
} else := "fail" if {
	some reading in lock_readings(address)
	reading.status == "not_set"
} else := "pass"

_lock_mode := ["rule", 0, "default_retention", 0, "mode"]

locks(address) := parts(address, _lock_type)

_lock_type := "aws_s3_bucket_object_lock_configuration"

# Of a lock that exists the provider writes the unit that is not used as 0; a lock of no days cannot be made.
_periods(lock) := _units(lock) - {0} if {
	count(_units(lock)) > 1
} else := _units(lock)

_units(lock) := {days | days := attribute.read(lock, ["rule", 0, "default_retention", 0, "days"]).value; is_number(days)} | {days |
	years := attribute.read(lock, ["rule", 0, "default_retention", 0, "years"]).value
	is_number(years)
	days := days_of_years(years)
}
