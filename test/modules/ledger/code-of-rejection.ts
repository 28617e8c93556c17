// SPDX-License-Identifier: Apache-2.0

/** Code of the error that a promise ends with. */
export async function codeOfRejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return (error as { code?: unknown }).code ?? error;
  }
  return "nothing thrown";
}
