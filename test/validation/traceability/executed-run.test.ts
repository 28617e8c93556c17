// SPDX-License-Identifier: Apache-2.0
import { removeTemporaryFolders } from "../plan/fixture-app/project";
import { executed } from "./sample-trace";

afterAll(removeTemporaryFolders);

test("answers of the gate are those about plans that had to pass, and no others", () => {
  const { answers } = executed();
  expect([...new Set(answers.map(({ plan }) => plan))]).toEqual(["production", "target"]);
  expect(answers).toContainEqual({ control: "P11-10f-01", plan: "production", status: "pending" });
});
