// SPDX-License-Identifier: Apache-2.0
export { canonical, type EntryValue, sha256 } from "./canonical";
export {
  type EventDraft,
  type EventFacts,
  type EventType,
  eventId,
  type LedgerEvent,
  type ObjectVersion,
  recorded,
  type TransferSession,
} from "./event";
export { type Link, nextLink, sequenceText } from "./link";
