// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "../errors";
import type { IdentityProvider } from "./identity";

/**
 * Refused, always. With the resource owner password flow a function would take the Entra password of a person and log in
 * with it: no second factor is possible, and whoever owns the function has the password (gate: P11-10d-09).
 *
 * @throws IDENTITY_REFUSED
 * @see Microsoft identity platform, "Sign in with resource owner password credentials grant" (read 2026-11-22)
 */
export function entraRopcLogin(): IdentityProvider {
  throw new ModuleError("IDENTITY_REFUSED", {
    what: "Entra ID by the resource owner password flow (ROPC)",
    where: "identityProvider",
    expected: "a login by key, which no function can repeat",
    got: "a flow that hands a person's password to a function and knows no second factor",
    todo:
      "give systems an SSH key in vendors.yaml (VendorLogin, with methods PUBLIC_KEY_AND_PASSWORD where two components " +
      "are wanted), and let people with Entra accounts sign in to a Transfer Family web app through IAM Identity Center",
  });
}
