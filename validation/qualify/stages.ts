// SPDX-License-Identifier: Apache-2.0

/** Runs the named parts of the main job and keeps how long each took. */
export class Stages {
  private readonly started = performance.now();
  readonly seconds: Array<{ readonly stage: string; readonly seconds: number }> = [];

  constructor(private readonly onProgress: (line: string) => void) {}

  async run<T>(stage: string, work: () => Promise<T> | T): Promise<T> {
    const from = performance.now();
    this.say(stage);
    try {
      return await work();
    } finally {
      this.seconds.push({ stage, seconds: (performance.now() - from) / 1000 });
    }
  }

  say(line: string): void {
    const seconds = ((performance.now() - this.started) / 1000).toFixed(1);
    this.onProgress(`[${seconds.padStart(6)} s] ${line}`);
  }
}
