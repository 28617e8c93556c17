// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentName } from "../aws-environment";
import { Retention } from "../retention";

/** The shortest lock of an inbox that production accepts, and the firmest that each other environment does. */
export function defaultInboxRetention(environment: EnvironmentName): Retention {
  switch (environment) {
    case "production":
      return Retention.compliance({ days: 7 });
    case "qualification":
      return Retention.compliance({ days: 1 });
    case "development":
      return Retention.governance({ days: 1 });
  }
}
