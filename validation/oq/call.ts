// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** What AWS answered to one call. */
export type Answered<T> =
  | { readonly outcome: "allowed"; readonly value: T }
  | {
      readonly outcome: "refused";
      /** Status of the answer, as received: of HTTP, or of SSH and SFTP. */
      readonly status: number;
      readonly code: string;
      readonly message: string;
      /** Refused inside an answer to a batch, which itself succeeds. */
      readonly perKey?: true;
    };

interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** A batch call was answered, and the answer refuses its only key. */
export class RefusedPerKey extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The SFTP server answered, and refuses: by the number of its SSH message or SFTP status (RFC 4252, 5.1; draft-ietf-secsh-filexfer-02, 7). */
export class RefusedBySftp extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

/**
 * Makes a call and tells an answer from a failure to get one. A transport error is neither allowed nor refused.
 * @throws TRANSPORT when no HTTP answer came, or the service broke (5xx); an error of this package as it is
 */
export async function ask<T>(what: string, call: () => Promise<T>): Promise<Answered<T>> {
  try {
    return { outcome: "allowed", value: await call() };
  } catch (error) {
    if (error instanceof RefusedPerKey) {
      const { status, code, message } = error;
      return { outcome: "refused", status, code, message, perKey: true };
    }
    if (error instanceof RefusedBySftp) {
      const { status, code, message } = error;
      return { outcome: "refused", status, code, message };
    }
    // It says already what is the matter, where, and what to do.
    if (error instanceof Part11Error) throw error;
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
  if (answer.outcome === "allowed") return `allowed${statusOf(answer.value)}`;
  const { status, code, message, perKey } = answer;
  const why = message && message !== code ? ` (${message})` : "";
  return perKey
    ? `refused: HTTP ${status} with a per-key error ${code}${why}, nothing under Deleted`
    : `refused: ${status} ${code}${why}`;
}

/** Status of an answer of the SDK; nothing for what is put together from several. */
function statusOf(value: unknown): string {
  const status = (value as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
  return status === undefined ? "" : `: HTTP ${status}`;
}
