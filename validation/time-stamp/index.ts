// SPDX-License-Identifier: Apache-2.0
export { authoritiesFromPem } from "./authorities";
export { keepAnswer, requestFor } from "./keep-answer";
export { MAX_ANSWER_BYTES, type TimeStamp } from "./time-stamp";
export { verifyStamped } from "./verify-stamped";
