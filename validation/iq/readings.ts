// SPDX-License-Identifier: Apache-2.0
import { createHmac } from "node:crypto";
import { type IqRow, iqRowResult, type Reading } from "../evidence";
import type { JsonObject } from "../facts/json-object";
import { canonicalJson } from "../json";
import { type AttributeNote, defaultSource } from "./attribute-lists";
import { noLiveReason } from "./attributes";
import { resolveConfig, type Scope } from "./config-values";
import { completedConfig } from "./evaluated";
import type { LiveValues } from "./live/reader";
import { withoutOwnResources } from "./own-resources";
import type { PlannedResource } from "./resources";
import { holdsUnresolved, maskedAt, shape, valueAt, withoutUnset } from "./shape";

/** Source of a default that is a whole block. */
const EVERY_PART = "every part of it is at its default";

/** A source's values: as read, and without what stands at its default where the configuration leaves it out. */
interface Tree {
  readonly read: unknown;
  readonly compared: unknown;
}

/** What the four sources say of one resource. */
export interface Sources {
  readonly resource: PlannedResource;
  readonly scope: Scope;
  /** Attributes in state; undefined when the resource is not there. */
  readonly state: JsonObject | undefined;
  /** Attributes that AWS shows; undefined when it has no such resource. */
  readonly live: LiveValues | undefined;
  /** Paths that the reader can show. */
  readonly reads: readonly string[];
  /** Attributes that the target's profile cannot show. */
  readonly notAvailable: readonly AttributeNote[];
  /** Whether the second plan would change the resource; asked of a stack that no app synthesized. @default false */
  readonly changedAgain?: boolean;
  /** Key under which sensitive values are compared without being shown; random, of one run. */
  readonly maskKey: Uint8Array;
}

/**
 * One row an attribute. Of an attribute that the configuration leaves out the other sources must read "not set" or its
 * default, which is recorded with its source (`PROVIDER_DEFAULTS`); any other reading of it is a value and fails the row.
 */
export function iqRows(attributes: readonly string[], sources: Sources): IqRow[] {
  const { resource, scope, state, live } = sources;
  const { type, address } = resource;
  const config = shape(type, configOf(sources));
  const tree = (values: unknown): Tree => {
    const read = shape(type, withoutOwnResources(type, values, scope.state));
    return { read, compared: withoutUnset(type, read, config) };
  };
  const trees = { plan: tree(resource.after), state: tree(state), live: tree(live) };
  return attributes.map((attribute) => {
    const path = attribute.split(".");
    const maskKey = maskedAt(resource.sensitive, path) ? sources.maskKey : undefined;
    const reading = ({ read, compared }: Tree): Reading => {
      const value = valueAt(compared, path);
      const unset = readingOf(valueAt(read, path), maskKey);
      if (value !== undefined || unset.kind !== "value") return readingOf(value, maskKey);
      const source = defaultSource(type, attribute, valueAt(read, path)) ?? EVERY_PART;
      return { kind: "default", value: unset.value, source };
    };
    const readings = {
      config: readingOf(valueAt(config, path), maskKey),
      plan: maskedAt(resource.unknown, path) ? ({ kind: "unknown" } as const) : reading(trees.plan),
      state: reading(trees.state),
      live: liveReading(attribute, sources) ?? reading(trees.live),
    };
    const row = { id: `${address}#${attribute}`, address, attribute, ...readings };
    return { ...row, result: iqRowResult(row) };
  });
}

function configOf({ resource, scope, state, changedAgain }: Sources): unknown {
  const tags_all = { ...resource.defaultTags, ...(resource.config?.tags as object | undefined) };
  if (resource.written === undefined) return resolveConfig({ ...resource.config, tags_all }, scope);
  const { config, unknown, written } = resource;
  return { ...completedConfig(config ?? {}, { unknown, written, state: changedAgain ? undefined : state }), tags_all };
}

function liveReading(attribute: string, sources: Sources): Reading | undefined {
  const reason =
    noLiveReason(sources.resource.type, attribute, sources.notAvailable) ??
    (sources.state === undefined ? "not in state, so that AWS cannot be asked for it" : undefined) ??
    (sources.reads.includes(attribute) ? undefined : "no live reader for this attribute");
  return reason === undefined ? undefined : { kind: "not-available", reason };
}

function readingOf(value: unknown, maskKey: Uint8Array | undefined): Reading {
  if (value === undefined) return { kind: "not-set" };
  if (holdsUnresolved(value)) return { kind: "unknown" };
  if (maskKey === undefined) return { kind: "value", value };
  return {
    kind: "value",
    value: `(sensitive) ${createHmac("sha256", maskKey).update(canonicalJson(value)).digest("hex")}`,
  };
}
