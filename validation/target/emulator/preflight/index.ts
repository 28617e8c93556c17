// SPDX-License-Identifier: Apache-2.0
export { type PreflightCheck, type PreflightOptions, type PreflightReport, preflight } from "./preflight";
