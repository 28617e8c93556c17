// SPDX-License-Identifier: Apache-2.0
import type { ControlMetadata } from "../gate";
import { type AttributeNote, CONFIGURATION_ONLY, INSTALLED_ELSEWHERE, NOT_LIVE, noteOn } from "./attribute-lists";
import { liveReader } from "./live/registry";
import type { PlannedResource } from "./resources";
import { shape, valueAt } from "./shape";

/** What IQ reads of a control's METADATA. */
export type IqControl = Pick<ControlMetadata, "id" | "clauses" | "requirements" | "attributes">;

/**
 * The attributes that get a row: those that a control lists, and every other configured one that can be read back. A list
 * that is configured as empty counts: `egress = []` says that there is none.
 */
export function rowAttributes(resource: PlannedResource, controls: readonly IqControl[]): string[] {
  const { type } = resource;
  const config = configuredShape(resource);
  const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;
  const isSet = (path: string) =>
    valueAt(config, path.split(".")) !== undefined || isEmptyList(resource.config?.[path]);
  const notLive = NOT_LIVE.filter((note) => note.type === type).map(({ path }) => path);
  const configured = [...(liveReader(type)?.reads ?? []), ...notLive].filter(isSet);
  const controlled = controlledAttributes(type, controls).filter(
    (path) => !CONFIGURATION_ONLY.includes(path) && (isSet(path) || !noteOn(INSTALLED_ELSEWHERE, type, path)),
  );
  return [...new Set([...controlled, ...configured])].sort();
}

/** Paths that the controls list for a resource type, each once. */
export function controlledAttributes(type: string, controls: readonly IqControl[]): string[] {
  const paths = controls.flatMap(({ attributes }) => attributes.filter((one) => one.type === type));
  return [...new Set(paths.map(({ path }) => path))].sort();
}

/** The configuration in comparable form, references as written; with the provider's default tags in `tags_all`. */
export function configuredShape({ type, config, defaultTags }: PlannedResource): unknown {
  if (config === null) return undefined;
  const tags = { ...defaultTags, ...(config.tags as object | undefined) };
  return shape(type, { ...config, tags_all: tags });
}

/** Why an attribute has no live value on a target; undefined when it must have one. */
export function noLiveReason(type: string, path: string, profile: readonly AttributeNote[]): string | undefined {
  return (noteOn(NOT_LIVE, type, path) ?? noteOn(profile, type, path))?.reason;
}
