// SPDX-License-Identifier: Apache-2.0
export { type RunFormat, type RunInputs, runFormats } from "./run-formats";
