// SPDX-License-Identifier: Apache-2.0
export { assertHouse, HOUSE_FILES, loadHouse } from "./load-house";
export { evaluateBoth, joinedSidecar } from "./with-house";
