// SPDX-License-Identifier: Apache-2.0
import { factsOf, factsOfFixture, planJson } from "./plan-fixture";

const facts = factsOfFixture("changes");
const resource = (address: string) => facts.resources[address]!;

describe("what happens to a resource", () => {
  test.each([
    ["aws_kms_key.records", ["update"]],
    ["aws_s3_bucket.gone[0]", ["delete"]],
    ["terraform_data.forgotten", ["forget"]],
    ["terraform_data.replaced", ["delete", "create"]],
    ["terraform_data.moved_to", ["no-op"]],
  ])("%s has the actions %j", (address, actions) => {
    expect(resource(address).actions).toEqual(actions);
  });

  test("a moved resource keeps its previous address", () => {
    expect(resource("terraform_data.moved_to").previousAddress).toBe("terraform_data.moved_from");
  });

  test("an imported resource is marked", () => {
    expect(resource("terraform_data.imported").importing).toBe(true);
  });

  test("a deposed object stands beside its resource", () => {
    expect(resource("terraform_data.replaced (deposed 0a1b2c3d)")).toMatchObject({
      deposed: "0a1b2c3d",
      actions: ["delete"],
    });
  });

  test("a changed attribute is known before and after", () => {
    const { before, values } = resource("aws_kms_key.records");
    expect([before?.deletion_window_in_days, values.deletion_window_in_days]).toEqual([30, 7]);
  });

  test("a created resource has nothing before", () => {
    expect(resource("aws_s3_bucket_server_side_encryption_configuration.by_id").before).toBeNull();
  });

  test("a deleted resource keeps what it was and has no values", () => {
    const { before, values } = resource("aws_s3_bucket.gone[0]");
    expect([before?.tags, values]).toEqual([{ BucketRole: "record" }, {}]);
  });

  test("every managed resource is listed by its type", () => {
    const listed = Object.values(facts.byType).flat();
    expect([...listed].sort()).toEqual(Object.keys(facts.resources).sort());
  });
});

describe("meta", () => {
  test("errored and incomplete plans are carried for the control to judge", () => {
    const { meta } = factsOf({ ...planJson("changes"), errored: true, complete: false });
    expect([meta.errored, meta.complete]).toEqual([true, false]);
  });

  test("what a plan does not say is null", () => {
    const { errored, complete, ...plan } = planJson("changes");
    expect(factsOf(plan).meta).toMatchObject({ errored: null, complete: null });
  });
});
