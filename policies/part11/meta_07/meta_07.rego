# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Waivers carry reason, approver and expiry
# description: |-
#   A finding may be let through by a waiver of two people, or a value that the plan does not show by an attestation of
#   one who saw it, for some days and never for good. Each entry of waivers.yaml is judged here for the day the gate was
#   told, which stands in the decisions; an expired one covers nothing and fails. The host adds the one answer that needs
#   the answers of all other controls: whether an entry covers a finding at all.
# custom:
#   id: META-07
#   severity: high
#   clauses: ["11.10(a)"]
#   annex11: ["1"]
#   alcoa: [attributable, contemporaneous]
#   requirements: [URS-032]
#   resources: []
#   attributes: []
#   environments: [production, qualification, development]
#   failure_msg: "Entry {address} lets nothing through: {attribute} is {actual}, {expected} is required."
#   fix: "Remove the entry with what it covered, or have it granted anew: a reason, an author and another approver, 90 days at most."
#   waivable: false
#   verified_by:
#     - "none: the file of waivers is judged with the plan, every run"
package part11.meta_07

import data.lib.answer

answers contains _judged(entry, "expires", entry.expires, $"{input.waivers.asOf} or later", expires) if {
	some entry in input.waivers.entries
	expires := {1 | entry.expires >= input.waivers.asOf}
}

answers contains _judged(entry, "since", _since(entry), $"{input.waivers.asOf} or earlier", started) if {
	some entry in input.waivers.entries
	started := {1 | _since(entry) <= input.waivers.asOf}
}

answers contains _judged(entry, "reason", entry.reason, $"{_reason_length} characters or more", given) if {
	some entry in _waivers
	given := {1 | count(entry.reason) >= _reason_length}
}

answers contains _judged(entry, "approver", entry.approver, $"somebody else than {entry.author}", others) if {
	some entry in _waivers
	others := {1 | _person(entry.approver) != _person(entry.author)}
}

answers contains _judged(entry, "ticket", entry.ticket, "the number of a ticket", numbered) if {
	some entry in _waivers
	numbered := {1 | regex.match(`[0-9]`, entry.ticket)}
}

answers contains _judged(entry, "digest", entry.digest, "SHA-256 of the evidence", digests) if {
	some entry in input.waivers.entries
	entry.kind == "attestation"
	digests := {1 | regex.match(`^[0-9a-f]{64}$`, entry.digest)}
}

not_applicable := "neither waiver nor attestation given" if count(object.get(input, ["waivers", "entries"], [])) == 0

_waivers := [entry | some entry in input.waivers.entries; entry.kind == "waiver"]

_since(entry) := entry.granted if entry.kind == "waiver"

_since(entry) := entry.at if entry.kind == "attestation"

# However it is spelt: of the marks that a login may hold none counts.
_person(name) := strings.replace_n({" ": "", ".": "", "_": "", "@": "", "+": "", "'": "", "-": ""}, lower(name))

_reason_length := 20

# No --fail-on may tolerate an entry that should not be there.
_judged(entry, name, value, expected, matches) := answer.with_severity(judged, "critical") if {
	reading := {"status": "known", "value": value}
	judged := answer.of($"{input.waivers.file}:{entry.line}", name, reading, matches, expected)
}
