// SPDX-License-Identifier: Apache-2.0
import {
  DefaultTokenResolver,
  dependable,
  StringConcat,
  TerraformResource,
  type TerraformStack,
  Tokenization,
} from "cdktf";

/**
 * Takes every resource of the given types out of the stack: what the target's profile cannot apply. They appear in the
 * installation qualification as NOT RUN. Dependencies on them go with them.
 */
export function leaveOut(stack: TerraformStack, types: readonly string[]): void {
  const resources = stack.node
    .findAll()
    .filter((node) => TerraformResource.isTerraformResource(node)) as TerraformResource[];
  const gone = resources.filter((resource) => types.includes(resource.terraformResourceType));
  const resolver = new DefaultTokenResolver(new StringConcat());
  const name = (dependency: string): string =>
    Tokenization.resolve(dependency, { scope: stack, resolver, preparing: false });
  const names = new Set(gone.map((resource) => name(dependable(resource))));
  for (const resource of gone) resource.node.scope!.node.tryRemoveChild(resource.node.id);
  for (const resource of resources) {
    resource.dependsOn = resource.dependsOn?.filter((dependency) => !names.has(name(dependency)));
  }
}
