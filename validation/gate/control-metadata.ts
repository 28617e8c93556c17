// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { ControlMetadata } from "./decisions";
import type { Family } from "./policy";

const ENVIRONMENTS = ["production", "qualification", "development"];

interface Annotation {
  readonly annotations: {
    readonly scope: string;
    readonly title?: string;
    readonly description?: string;
    readonly custom?: Readonly<Record<string, unknown>>;
  };
  readonly path: readonly { readonly value: string }[];
}

/** What `opa inspect -a --format json` prints, as far as it is read here. */
export interface Inspection {
  readonly namespaces: Readonly<Record<string, readonly string[]>>;
  readonly annotations?: readonly Annotation[];
}

/**
 * METADATA of every control package of a family, sorted by id. The schema of the sidecar judges what the fields hold.
 *
 * @throws POLICY_BUILD for a control package without METADATA, or an id that stands twice
 */
export function controlMetadata(inspection: Inspection, family: Family = "part11"): readonly ControlMetadata[] {
  const byPackage = new Map<string, ControlMetadata>();
  for (const { annotations, path } of inspection.annotations ?? []) {
    const name = path.map((segment) => segment.value).join(".");
    if (annotations.scope === "package" && isControl(name, family)) byPackage.set(name, control(name, annotations));
  }
  for (const name of Object.keys(inspection.namespaces)) {
    if (isControl(name, family) && !byPackage.has(name)) throw refused(name, "METADATA of scope package", "none");
  }
  const controls = [...byPackage.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  controls.forEach((one, i) => {
    if (controls[i + 1]?.id === one.id) throw refused(one.package, "an id of its own", one.id);
  });
  return controls;
}

function isControl(name: string, family: Family): boolean {
  return name.startsWith(`data.${family}.`) && /^data\.\w+\.[a-z0-9_]+$/.test(name) && !name.endsWith("_test");
}

function control(name: string, { title, description, custom = {} }: Annotation["annotations"]): ControlMetadata {
  const fields = {
    id: custom.id,
    package: name.slice("data.".length),
    title,
    description,
    severity: custom.severity,
    clauses: custom.clauses,
    annex11: custom.annex11 ?? [],
    alcoa: custom.alcoa ?? [],
    requirements: custom.requirements ?? [],
    resources: custom.resources ?? [],
    attributes: custom.attributes ?? [],
    environments: custom.environments ?? ENVIRONMENTS,
    bucket_roles: custom.bucket_roles ?? [],
    failure_msg: custom.failure_msg,
    fix: custom.fix,
    verified_by: custom.verified_by ?? [],
    ...(custom.pending === undefined ? {} : { pending: custom.pending }),
    ...(custom.waivable === undefined ? {} : { waivable: custom.waivable }),
  };
  return fields as ControlMetadata;
}

function refused(where: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "POLICY_BUILD",
    what: "control not understood",
    where,
    expected,
    got,
    todo: "correct its METADATA",
  });
}
