// SPDX-License-Identifier: Apache-2.0
export { allEnded } from "./all-ended";
export { withoutAwsCli } from "./aws-cli";
export type { ToolContext } from "./cache";
export { type RunOptions, type RunResult, runCommand } from "./child-process";
export { interrupted, withInterrupt } from "./interrupt";
export { ensureOpa, locateOpa, OPA_VERSION, type Opa } from "./opa";
export { ensureVenv, locatePython, type Python, pythonVersion, type Venv } from "./python";
export { ensureTerraform, locateTerraform, type Terraform } from "./terraform";
