// SPDX-License-Identifier: Apache-2.0
export { RuntimeRole, type RuntimeRoleProps, type Trust } from "./runtime-role";
