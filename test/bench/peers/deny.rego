# SPDX-License-Identifier: Apache-2.0

# What conftest refuses: every answer of a control that is a failure.
package main

import data.part11_main

deny contains said if {
	some name, control in part11_main.decide.controls
	some answer in control.answers
	answer.status == "fail"
	said := json.marshal([name, answer])
}
