// SPDX-License-Identifier: Apache-2.0
export { SftpEndpoint, type SftpEndpointProps } from "./endpoint";
export { entraRopcLogin } from "./entra-ropc-login";
export type { GatewayContext, IdentityProvider, LoginFunction } from "./identity";
export type { AuthenticationMethods } from "./identity-provider/decision";
export { type SecurityPolicy, securityPolicies } from "./security-policy";
export { SftpGateway, type SftpGatewayProps } from "./sftp-gateway";
export { VendorLogin, type VendorLoginProps } from "./vendor-login";
