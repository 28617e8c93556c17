// SPDX-License-Identifier: Apache-2.0
import type { EventFacts, LedgerEvent, ObjectVersion, TransferSession } from "../../ledger/entry";
import { candidates, failedUpload, isSameSession } from "./attribute";
import { blindingOf } from "./blinding";
import { nextStep, type Step } from "./decide";
import { deliveryOf } from "./delivery";
import type { History } from "./history";
import { nameRefusal, placeOf, recordKey } from "./key";
import type { Message } from "./message";
import type { Deliveries, ObjectStore, Scan, StoredVersion } from "./ports";
import { copyOnce } from "./promote";
import { SideFiles } from "./side-files";

export interface ArrivalsProps {
  readonly inbox: string;
  readonly raw: string;
  /** Bucket of records that people who work blinded must not read. @default - none: no unblinded file is promoted */
  readonly unblinded?: string;
  /** Largest version that is hashed and copied here. */
  readonly largestBytes: number;
  /** Gives a larger one to a runner without that limit, more than once if need be. @default - nobody takes it: its message fails */
  readonly handOver?: (version: ObjectVersion) => Promise<void>;
  readonly objects: ObjectStore;
  readonly history: History;
  readonly deliveries: Deliveries;
  /** Asked before a version is promoted. @default - nobody is asked */
  readonly scan?: Scan;
  /** Largest version of the lane for trying out that passes without a word. */
  readonly largestTrialBytes: number;
}

/** The message cannot be dealt with here and now; it comes again, and in the end to the dead-letter queue. */
export class ArrivalError extends Error {
  constructor(
    readonly code: "VERSION_NOT_FOUND" | "UPLOAD_NOT_FOUND" | "TOO_LARGE_HERE" | "SCAN_UNDECIDED",
    message: string,
  ) {
    super(message);
    this.name = "ArrivalError";
  }
}

/**
 * What happens to versions that arrive. Everything that is done can be done again: a message that comes twice, late or
 * after a crash leads to the same events and the same record.
 */
export class Arrivals {
  private readonly sideFiles: SideFiles;

  constructor(private readonly props: ArrivalsProps) {
    this.sideFiles = new SideFiles(props.objects, props.history);
  }

  /** @throws ArrivalError, LedgerError and what S3 and DynamoDB throw */
  async take(message: Exclude<Message, { kind: "sweep" }>): Promise<void> {
    if (message.kind === "object") return void (await this.object(message.version));
    if (placeOf(message.key).lane === "test") return;
    if (message.kind === "upload-completed") return this.completed(message.bucket, message.key, message.transfer);
    const { bucket, key, transfer, failure } = message;
    await this.props.history.record("TRANSFER_FAILED", failedUpload(bucket, key, transfer), {
      transfer,
      reason: failure ?? transfer.status,
    });
  }

  /**
   * A version that S3 has: hashed and recorded; in the inbox, decided upon.
   *
   * @returns whether that was done, or is left to the runner of larger versions
   */
  async object(version: ObjectVersion): Promise<"taken" | "handed over"> {
    const { bucket, key } = version;
    const versions = await this.props.objects.versions(bucket, key);
    const own = versions.find(({ versionId }) => versionId === version.versionId);
    if (!own) throw new ArrivalError("VERSION_NOT_FOUND", `${bucket} has no version ${version.versionId} of ${key}`);
    if (placeOf(key).lane === "test") await this.trial(version, own);
    else if (!(await this.receive(version, own))) return "handed over";
    else {
      await this.supersede(bucket, key, versions, own);
      if (bucket === this.props.inbox) await this.advance(key, versions);
    }
    return "taken";
  }

  /** What is sent to try things out is neither hashed nor promoted; one that is too large is refused, since it is stored all the same. */
  private async trial(version: ObjectVersion, { bytes, lastModified }: StoredVersion): Promise<void> {
    const { history, largestTrialBytes } = this.props;
    if (bytes <= largestTrialBytes) return;
    const reason = `is a trial of ${bytes} bytes, and trials have at most ${largestTrialBytes}`;
    await history.record("QUARANTINED", version, { bytes, reason, receivedAt: lastModified.toISOString() });
  }

  /** @returns false when another runner has to */
  private async receive(version: ObjectVersion, { bytes, lastModified }: StoredVersion): Promise<boolean> {
    const { history, objects, largestBytes, handOver } = this.props;
    const known = await history.find("RECEIVED", version);
    if (!known && bytes > largestBytes) {
      if (!handOver) {
        throw new ArrivalError("TOO_LARGE_HERE", `${bytes} bytes, and at most ${largestBytes} are hashed here`);
      }
      await handOver(version);
      return false;
    }
    const sha256 = known?.sha256 ?? (await objects.sha256(version));
    await history.record("RECEIVED", version, { bytes, sha256, receivedAt: lastModified.toISOString() });
    return true;
  }

  /** S3's own order says which version followed which, whatever the order of messages. */
  private async supersede(
    bucket: string,
    key: string,
    versions: readonly StoredVersion[],
    own: StoredVersion,
  ): Promise<void> {
    const at = versions.indexOf(own);
    for (const index of [at, at + 1]) {
      const [newer, older] = [versions[index - 1], versions[index]];
      if (!newer || !older) continue;
      const { versionId } = older;
      await this.props.history.record("SUPERSEDED", { bucket, key, versionId }, { supersededBy: newer.versionId });
    }
  }

  private async completed(bucket: string, key: string, transfer: TransferSession): Promise<void> {
    const { history, objects } = this.props;
    const versions = await objects.versions(bucket, key);
    for (const { versionId, bytes } of candidates(versions, transfer)) {
      const version = { bucket, key, versionId };
      const known = await history.find("ATTRIBUTED", version);
      if (known && !isSameSession(known.transfer!, transfer)) continue;
      if (bytes === transfer.bytes) await history.record("ATTRIBUTED", version, { transfer });
      else {
        const reason = `has ${bytes} bytes, and the transfer server counted ${transfer.bytes}`;
        await history.record("QUARANTINED", version, { reason, transfer });
      }
      if (bucket === this.props.inbox) await this.advance(key, versions);
      return;
    }
    throw new ArrivalError("UPLOAD_NOT_FOUND", `${bucket} has no version of ${key} from session ${transfer.session}`);
  }

  /** Takes every received version of a key as far as it goes, the oldest first, and then the files that it speaks of. */
  private async advance(key: string, versions: readonly StoredVersion[]): Promise<void> {
    const subjects = new Set<string>();
    const undecided: string[] = [];
    for (const stored of [...versions].reverse()) {
      const received = await this.decide(key, stored, undecided);
      for (const subject of received ? await this.sideFiles.subjects(received) : []) subjects.add(subject);
    }
    for (const subject of subjects) {
      const others = await this.props.objects.versions(this.props.inbox, subject);
      for (const stored of [...others].reverse()) await this.decide(subject, stored, undecided);
    }
    // Only now: a version without a verdict holds no other up.
    if (undecided.length > 0) throw new ArrivalError("SCAN_UNDECIDED", undecided.join("; "));
  }

  /**
   * @param undecided gets what the scan had no verdict on
   * @returns the event of its receipt; undefined when it has none yet, and its own message will decide
   */
  private async decide(key: string, stored: StoredVersion, undecided: string[]): Promise<LedgerEvent | undefined> {
    const version = { bucket: this.props.inbox, key, versionId: stored.versionId };
    for (;;) {
      const events = await this.props.history.of(version);
      const received = events.get("RECEIVED");
      if (!received) return undefined;
      const step = await this.stepFor(received, stored, new Set(events.keys()));
      if (step.step === "done" || step.step === "wait") return received;
      if (step.step === "promote" && (await this.leave(version, stored))) return received;
      const doubt = await this.go(step, received, stored);
      if (doubt !== undefined) {
        undecided.push(doubt);
        return received;
      }
    }
  }

  /** Copying reads the copy: what could not be hashed here cannot be promoted here either. */
  private async leave(version: ObjectVersion, { bytes }: StoredVersion): Promise<boolean> {
    const { handOver, largestBytes } = this.props;
    if (!handOver || bytes <= largestBytes) return false;
    await handOver(version);
    return true;
  }

  private async stepFor(
    received: LedgerEvent,
    { bytes, lastModified }: StoredVersion,
    recorded: ReadonlySet<LedgerEvent["type"]>,
  ): Promise<Step> {
    const { bucket, key } = received;
    const place = placeOf(key);
    const sideFile = await this.sideFiles.kind(received);
    const delivery = place.lane === "record" ? await this.deliveryFor(place, sideFile !== "no") : undefined;
    return nextStep({
      bytes,
      sha256: received.sha256!,
      nameRefusal: nameRefusal(place, lastModified),
      delivery,
      sideFile,
      recorded,
      statements: delivery && sideFile === "no" ? await this.sideFiles.statementsOn(bucket, key, delivery) : [],
      minutesSinceReceipt: (this.props.history.now().getTime() - lastModified.getTime()) / 60_000,
    });
  }

  /** A side file belongs to any delivery of the study that takes side files. */
  private async deliveryFor(place: { vendor: string; study: string; name: string }, sideFile: boolean) {
    const deliveries = await this.props.deliveries.of(place.vendor);
    if (!sideFile) return deliveryOf(deliveries, place.study, place.name);
    return deliveries.find(
      ({ study, manifest, sha256File }) => study === place.study && (manifest !== "none" || sha256File !== "none"),
    );
  }

  /** @returns why the version has to wait; undefined when the step was taken */
  private async go(step: Step, received: LedgerEvent, stored: StoredVersion): Promise<string | undefined> {
    const { history } = this.props;
    const { bucket, key, versionId, sha256 } = received;
    const version = { bucket, key, versionId };
    switch (step.step) {
      case "quarantine":
        await history.record("QUARANTINED", version, { reason: step.reason });
        return undefined;
      case "manifest-missing":
        await history.record("MANIFEST_MISSING", version, { reason: step.reason });
        return undefined;
      case "manifest-ok":
      case "manifest-mismatch": {
        const { sha256: senderSha256, key: at, versionId: of } = step.statement;
        const type = step.step === "manifest-ok" ? "MANIFEST_OK" : "MANIFEST_MISMATCH";
        await history.record(type, version, { sha256, senderSha256, manifest: { key: at, versionId: of } });
        return undefined;
      }
      default:
        return this.scanAndPromote(received, stored);
    }
  }

  private async scanAndPromote(received: LedgerEvent, stored: StoredVersion): Promise<string | undefined> {
    const { history, scan } = this.props;
    const { bucket, key, versionId } = received;
    const version = { bucket, key, versionId };
    const said = await scan?.look(version, { bytes: received.bytes!, sha256: received.sha256! });
    if (said?.verdict === "UNKNOWN") return `no verdict on version ${versionId} of ${key}: ${said.reason}`;
    if (said?.verdict === "REFUSED") await history.record("QUARANTINED", version, { reason: `scan: ${said.reason}` });
    else await this.promote(received, stored, said && { reason: "scan: clean" });
    return undefined;
  }

  private async promote(
    received: LedgerEvent,
    { lastModified }: StoredVersion,
    facts: Pick<EventFacts, "reason"> = {},
  ): Promise<void> {
    const { history, objects } = this.props;
    const { bucket, key, versionId, bytes, sha256 } = received;
    const place = placeOf(key);
    if (place.lane !== "record") throw new Error(`${key} has no record`);
    const to = { bucket: await this.recordsOf(place), key: recordKey(place, lastModified) };
    const destination = await copyOnce(objects, received, to);
    await history.record("PROMOTED", { bucket, key, versionId }, { bytes, sha256, destination, ...facts });
  }

  /** The bucket of a study's records. */
  private async recordsOf({ vendor, study }: { vendor: string; study: string }): Promise<string> {
    const { deliveries, raw, unblinded } = this.props;
    const blinding = blindingOf(await deliveries.of(vendor), vendor, study);
    if (blinding === "blinded") return raw;
    if (blinding === "unblinded" && unblinded !== undefined) return unblinded;
    throw new Error(
      `no bucket takes records of ${vendor} for ${study}, which are ${blinding ?? "of unknown blinding"}`,
    );
  }
}
