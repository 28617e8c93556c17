// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "../errors";
import type { IngestProps } from "../ingest";
import type { SftpNetwork, SftpNetworkProps } from "../sftp-network";
import type { Scanner } from "./scanner";

/** The task for files that are too large for a function (docs/guides/large-files.md). It stands in the network of the SFTP server. */
export interface LargeFiles {
  /** Image, only as `<account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<64 hex>`. */
  readonly image: string;
  /** Files larger than so many bytes are the task's, 1 to 20,000,000,000. @default 20,000,000,000 */
  readonly aboveBytes?: number;
}

const MOST_OF_FUNCTION = 20_000_000_000;

/**
 * What ingest is told of the task.
 * @throws SETTINGS_INVALID without the network, or for a limit that no function can keep
 */
export function largerThanFunction(
  largeFiles: LargeFiles | undefined,
  network: SftpNetwork | undefined,
  where: string,
): Pick<IngestProps, "larger" | "largestBytes"> {
  if (!largeFiles) return {};
  const { image, aboveBytes = MOST_OF_FUNCTION } = largeFiles;
  if (!Number.isSafeInteger(aboveBytes) || aboveBytes < 1 || aboveBytes > MOST_OF_FUNCTION) {
    throw invalid("limit of the function not usable", where, `1 to ${MOST_OF_FUNCTION} bytes`, String(aboveBytes));
  }
  if (!network?.taskGroup) throw invalid("task for large files without a network", where, "the block sftp", "none");
  const subnetIds = network.dataSubnets.map(({ id }) => id);
  return {
    largestBytes: aboveBytes,
    larger: { image, network: { subnetIds, securityGroupIds: [network.taskGroup.id] } },
  };
}

/** What the network needs for the task, besides what it has for the SFTP server: its image, its queue, and whom it asks. */
export function networkForTask(
  largeFiles: LargeFiles | undefined,
  scan: Scanner | undefined,
): Pick<SftpNetworkProps, "forTasks" | "interfaceServices"> {
  if (!largeFiles) return {};
  const asked = scan ? (["lambda"] as const) : [];
  return {
    forTasks: true,
    interfaceServices: ["kms", "logs", "secretsmanager", "ecr.api", "ecr.dkr", "sqs", ...asked],
  };
}

function invalid(what: string, where: string, expected: string, got: string): ModuleError {
  return new ModuleError("SETTINGS_INVALID", {
    what,
    where,
    expected,
    got,
    todo: "correct largeFiles in the settings",
  });
}
