// SPDX-License-Identifier: Apache-2.0
import { loadSidecar } from "../../../validation/gate";
import { LIVE_TYPES } from "../../../validation/iq";
import { CONFIGURATION_ONLY, INSTALLED_ELSEWHERE, NOT_LIVE, noteOn } from "../../../validation/iq/attribute-lists";
import { liveReader } from "../../../validation/iq/live/registry";
import { TYPES_WITHOUT_READER } from "../../../validation/iq/types-without-reader";

const listed = loadSidecar().sidecar.controls.flatMap(({ id, attributes }) =>
  attributes.map((one) => ({ ...one, id })),
);

describe("live readers", () => {
  it("are there for every controlled type, or the type is listed with the reason", () => {
    const unread = listed.filter(({ type }) => !liveReader(type) && !Object.hasOwn(TYPES_WITHOUT_READER, type));
    expect(unread).toEqual([]);
  });

  it("show every controlled attribute of their types, or the attribute is listed with the reason", () => {
    const unread = listed.filter(
      ({ type, path }) =>
        liveReader(type) &&
        !liveReader(type)!.reads.includes(path) &&
        !CONFIGURATION_ONLY.includes(path) &&
        !noteOn(INSTALLED_ELSEWHERE, type, path) &&
        !noteOn(NOT_LIVE, type, path),
    );
    expect(unread).toEqual([]);
  });

  it("are not there for a type that is listed as having none", () => {
    expect(LIVE_TYPES.filter((type) => Object.hasOwn(TYPES_WITHOUT_READER, type))).toEqual([]);
  });

  it("do not show what is listed as visible nowhere", () => {
    expect(NOT_LIVE.filter(({ type, path }) => liveReader(type)?.reads.includes(path))).toEqual([]);
  });
});
