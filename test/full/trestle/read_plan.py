# SPDX-License-Identifier: Apache-2.0
"""Reads an OSCAL assessment-plan with compliance-trestle and prints what it understood of it, as JSON."""

import json
import pathlib
import sys

from trestle.common.model_utils import ModelUtils
from trestle.oscal.assessment_plan import AssessmentPlan

plan = AssessmentPlan.oscal_read(pathlib.Path(sys.argv[1]))
print(
    json.dumps(
        {
            "oscalVersion": plan.metadata.oscal_version.__root__,
            "uniqueIds": ModelUtils.has_no_duplicate_values_by_name(plan, "uuid"),
            "activities": len(plan.local_definitions.activities),
            "tasks": [len(task.associated_activities) for task in plan.tasks],
        }
    )
)
