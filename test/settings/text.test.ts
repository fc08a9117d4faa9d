import { hasReference, knownPart, literalOf, sameText } from "../../constructs/settings/text";

const password = { reference: "${var.password}", encoding: "percent" } as const;

describe("hasReference", () => {
  test.each([
    ["${var.a}", true],
    ["a ${var.a} b", true],
    ["${TfToken[TOKEN.0]}", true],
    ["%{ if var.a }b%{ endif }", true],
    ["%{~ for x in var.a }", true],
    ["$${a} ${var.a}", true],
    ["", false],
    ["plain $a {b}", false],
    ["$${var.a}", false],
    ["$$${var.a}", false],
    ["%%{ if var.a }", false],
    ["%{http_code}", false],
  ])("says of %j: %j", (text, expected) => {
    expect(hasReference(text)).toBe(expected);
  });
});

describe("literalOf", () => {
  test("joins what is known", () => {
    expect(literalOf(["http://", "proxy.test"])).toBe("http://proxy.test");
  });

  test.each([[["a", "${var.a}"]], [["a", password]]])("is undefined where Terraform fills in a piece: %j", (text) => {
    expect(literalOf(text)).toBeUndefined();
  });
});

describe("knownPart", () => {
  test("leaves out what Terraform fills in", () => {
    expect(knownPart(["a-${var.a}-b", password, "-$${c}"])).toBe("a--b-$${c}");
  });
});

describe("sameText", () => {
  test("compares pieces", () => {
    expect(sameText(["a", password], ["a", { ...password }])).toBe(true);
    expect(sameText(["a", password], ["a", { reference: password.reference }])).toBe(false);
    expect(sameText(["a"], ["b"])).toBe(false);
  });
});
