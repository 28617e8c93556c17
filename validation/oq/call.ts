// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** What AWS answered to one call. */
export type Answered<T> =
  | { readonly outcome: "allowed"; readonly value: T }
  | { readonly outcome: "refused"; readonly status: number; readonly code: string; readonly message: string };

interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Makes a call and tells an answer from a failure to get one. A transport error is neither allowed nor refused.
 * @throws TRANSPORT when no HTTP answer came, or the service broke (5xx)
 */
export async function ask<T>(what: string, call: () => Promise<T>): Promise<Answered<T>> {
  try {
    return { outcome: "allowed", value: await call() };
  } catch (error) {
    const { name, message, $metadata } = error as ServiceError;
    const status = $metadata?.httpStatusCode;
    if (status !== undefined && status >= 400 && status < 500)
      return { outcome: "refused", status, code: name, message };
    throw new Part11Error(
      {
        code: "TRANSPORT",
        what: "no usable answer",
        where: what,
        expected: "an HTTP answer below 500",
        got: status === undefined ? `${name}: ${message}` : `status ${status}`,
        todo: "repair the connection or the service and run the qualification again",
      },
      { cause: error },
    );
  }
}

/** An answer in words, as it goes into the record. */
export function inWords(answer: Answered<unknown>): string {
  if (answer.outcome === "allowed") return "allowed";
  return `refused: ${answer.status} ${answer.code}${answer.message && answer.message !== answer.code ? ` (${answer.message})` : ""}`;
}
