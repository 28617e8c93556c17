// SPDX-License-Identifier: Apache-2.0
export { type Incident, type Incidents, loadIncidents, MAX_INCIDENTS_BYTES, parseIncidents } from "./incidents-file";
export { installedTools } from "./installed-tools";
export { type ItemState, QUESTIONS, type QuestionId, type ReviewItem } from "./item";
export {
  type EarlierReview,
  type Given,
  type Period,
  type PeriodicReview,
  type ReviewInputs,
  reviewOf,
} from "./review";
export { LEFT_TO_PEOPLE, reviewText } from "./review-text";
export { inWords, type Tool, type ToolRow } from "./tools";
export type { DueWaiver } from "./waivers-due";
