import { withIteratorName } from "../../../constructs/terraform/hcl/iterator-name";

const renamed = (value: string): unknown => withIteratorName({ value }, "each", "label")?.["value"];

describe("withIteratorName", () => {
  test.each([
    ["${each.value}", "${label.value}"],
    ["${each.key}-${each.value}", "${label.key}-${label.value}"],
    ['${upper("x ${each.value["each"]}")}', '${upper("x ${label.value["each"]}")}'],
    ["${local.each}", "${local.each}"],
    ["each.value", "each.value"],
    ["$${each.value}", "$${each.value}"],
    ["a", "a"],
    ['%{if each.key == "a"}x%{endif}', '%{if label.key == "a"}x%{endif}'],
  ])("makes %s %s", (before, after) => {
    expect(renamed(before)).toBe(after);
  });

  test("renames in lists, objects and names", () => {
    const content = { list: ["${each.key}"], object: { "${each.key}": { x: "${each.value}" } }, n: 1, nothing: null };

    expect(withIteratorName(content, "each", "label")).toEqual({
      list: ["${label.key}"],
      object: { "${label.key}": { x: "${label.value}" } },
      n: 1,
      nothing: null,
    });
  });

  test.each([
    ["the new name is in use", '${[for label in local.l : "${label}${each.value}"]}'],
    ["a for takes the old one", "${[for each in local.l : each.x]}"],
    ["the iterator is used as a whole", "${each}"],
    ["the expression is left as it is", "${/* */ each.value}"],
    ["there are strip markers", "a ${~ each.value}"],
  ])("is not sure where %s", (_, value) => {
    expect(renamed(value)).toBeUndefined();
  });

  test("is not sure where there is another dynamic block inside", () => {
    expect(withIteratorName({ dynamic: {} }, "each", "label")).toBeUndefined();
  });
});
