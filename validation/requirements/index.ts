// SPDX-License-Identifier: Apache-2.0
export { loadRequirements, requirementsFolder } from "./load-requirements";
export {
  AREAS,
  type Area,
  type ClauseReference,
  type Level,
  METHODS,
  type Method,
  type Requirement,
  type Risk,
} from "./requirement";
