// SPDX-License-Identifier: Apache-2.0
import { createAdministrator, type Emulator, startEmulator } from "../../../../validation/target/emulator";
import { emulatorOptions } from "./running";

const MINUTE = 60_000;

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

test("the administrator's session outlasts a run of hours", async () => {
  const { expiration } = await createAdministrator(emulator);
  const minutesLeft = Math.round((expiration!.getTime() - Date.now()) / MINUTE);
  expect([12 * 60 - 1, 12 * 60]).toContain(minutesLeft);
});
