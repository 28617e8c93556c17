# SPDX-License-Identifier: Apache-2.0
"""Reads OSCAL assessment-results with compliance-trestle and prints what it understood of them, as JSON."""

import json
import pathlib
import sys

from trestle.common.model_utils import ModelUtils
from trestle.oscal.assessment_results import AssessmentResults

results = AssessmentResults.oscal_read(pathlib.Path(sys.argv[1]))
result = results.results[0]
print(
    json.dumps(
        {
            "oscalVersion": results.metadata.oscal_version.__root__,
            "uniqueIds": ModelUtils.has_no_duplicate_values_by_name(results, "uuid"),
            "findings": {f.target.target_id: f.target.status.state.value for f in result.findings},
            "observations": len(result.observations or []),
        }
    )
)
