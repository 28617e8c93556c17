// SPDX-License-Identifier: Apache-2.0
export { ArrivalStart, type ArrivalStartProps } from "./arrival-start";
export { type StartedProcess, type StartRight, startRight } from "./started-process";
