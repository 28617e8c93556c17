// SPDX-License-Identifier: Apache-2.0
import type { Observation } from "../observation";
import { subscribersConfirmed } from "./subscribers-confirmed";
import { trailDelivers } from "./trail-delivers";
import { versionsLocked } from "./versions-locked";

/** Every step of the operational qualification that only reads, in the order of execution. */
export const OBSERVATIONS: readonly Observation[] = [trailDelivers, versionsLocked, subscribersConfirmed];
