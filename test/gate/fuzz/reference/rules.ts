// SPDX-License-Identifier: Apache-2.0

/** Control -> addresses that surely break it in a production plan without synth, settings and waivers. */
export type Rules = Readonly<Record<string, (plan: unknown) => readonly string[]>>;
