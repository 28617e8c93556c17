// SPDX-License-Identifier: Apache-2.0
import { rowAttributes } from "../../../validation/iq/attributes";
import { plannedResources } from "../../../validation/iq/resources";
import { sampleInputs } from "./sample-plan";

function attributesOf(type: string, config: Record<string, unknown>, listed: readonly string[] = []) {
  const { inputs } = sampleInputs([{ type, name: "x", config, after: config }]);
  const [resource] = plannedResources(inputs.plan, inputs.synth);
  const attributes = listed.map((path) => ({ type, path }));
  return rowAttributes(resource!, [{ id: "C", clauses: [], requirements: [], attributes }] as never);
}

describe("rowAttributes", () => {
  it("gives a row to a list that is configured as empty, since somebody may fill it", () => {
    expect(attributesOf("aws_security_group", { name: "a", egress: [] })).toEqual(["egress", "name"]);
  });

  it("gives no row to a list that is not configured", () => {
    expect(attributesOf("aws_security_group", { name: "a" })).toEqual(["name"]);
  });

  it("gives a row to a controlled attribute that is not configured, unless something else installs it", () => {
    const controlled = ["endpoint_type", "host_key", "id"];
    expect(attributesOf("aws_transfer_server", {}, controlled)).toEqual(["endpoint_type"]);
    expect(attributesOf("aws_transfer_server", { host_key: "a" }, controlled)).toEqual(["endpoint_type", "host_key"]);
  });
});
