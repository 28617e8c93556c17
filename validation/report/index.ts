// SPDX-License-Identifier: Apache-2.0
export { renderReport } from "./html";
