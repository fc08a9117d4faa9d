import { unknownTopLevelBlock } from "../../../constructs/coder/rules/unknown-top-level-block";

const check = (tree: Parameters<typeof unknownTopLevelBlock.check>[0]): string[] =>
  unknownTopLevelBlock.check(tree).map(({ address, message }) => `${address}: ${message}`);

describe("unknown-top-level-block", () => {
  test.each([
    ["removed", "take what must not be destroyed out of each workspace's state by hand"],
    ["ephemeral", "use a data source or a resource"],
    ["action", "leave it out"],
  ])("refuses %s", (kind, remedy) => {
    expect(check({ [kind]: [{}] })).toEqual([
      `${kind}: top-level block must be one of check, data, import, locals, module, moved, output, provider, resource, terraform, ` +
        `variable, got ${kind}: a Coder that does not know it shows no parameters of the whole file; ${remedy}`,
    ]);
  });

  test("accepts what every Coder knows, comments, and what is not there", () => {
    const tree = {
      "//": { metadata: {} },
      check: {},
      data: {},
      import: [],
      locals: {},
      module: {},
      moved: [],
      output: {},
      provider: {},
      resource: {},
      terraform: {},
      variable: {},
      removed: undefined,
    };

    expect(check(tree)).toEqual([]);
  });
});
