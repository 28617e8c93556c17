// SPDX-License-Identifier: Apache-2.0
import { DatasyncTask } from "@cdktf/provider-aws/lib/datasync-task";
import { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { RecordBucket } from "../record-bucket";

/** Types that are paid by the hour, used or not, beside VPC endpoints (price pages of MWAA, VPC and Transfer Family). */
const HOURLY = ["aws_eip", "aws_mwaa_environment", "aws_nat_gateway", "aws_transfer_server"];

/**
 * Lines that say what cannot be taken back: TB-years locked by each terabyte, what copies by itself, and what is paid by the
 * hour below `scope`.
 */
export function planSummary(scope: IConstruct, buckets: readonly RecordBucket[]): string[] {
  const years = (days: number) => (days / 365.25).toFixed(2);
  const lines = buckets
    .filter((bucket) => bucket.retention.mode === "COMPLIANCE")
    .map(
      (bucket) =>
        `${bucket.bucketName}: each TB is locked ${years(bucket.retention.days)} TB-years (${bucket.retention})`,
    );
  return [...lines, ...selfRunning(scope), `hourly endpoints: ${hourlyEndpoints(scope).join(", ") || "none"}`];
}

/** Tasks of DataSync: each run locks what it copies, and is paid by the gigabyte. */
function selfRunning(scope: IConstruct): string[] {
  return scope.node
    .findAll()
    .filter((node): node is DatasyncTask => node instanceof DatasyncTask)
    .map(
      ({ nameInput, scheduleInput }) =>
        `DataSync copies by itself, paid by the GB: ${nameInput}, ${scheduleInput?.scheduleExpression}`,
    );
}

/** Types of the endpoints below `scope`, with their number. */
function hourlyEndpoints(scope: IConstruct): string[] {
  const types = scope.node
    .findAll()
    .filter((node) => TerraformResource.isTerraformResource(node))
    .filter(isHourly)
    .map(({ terraformResourceType }) => terraformResourceType);
  return [...new Set(types)].sort().map((type) => `${types.filter((other) => other === type).length} ${type}`);
}

/** A gateway endpoint, which a VPC endpoint is unless it says otherwise, costs nothing by the hour. */
function isHourly(resource: TerraformResource & { readonly vpcEndpointTypeInput?: string }): boolean {
  const type = resource.terraformResourceType;
  if (type === "aws_vpc_endpoint") return (resource.vpcEndpointTypeInput ?? "Gateway") !== "Gateway";
  return HOURLY.includes(type);
}
