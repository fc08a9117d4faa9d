import { isPlainAbsolutePath, isWithin } from "../../constructs/settings/absolute-path";

describe("isPlainAbsolutePath", () => {
  test.each(["/certs", "/a/b", "/a b", "/.envbuilder/certs"])("takes %j", (value) => {
    expect(isPlainAbsolutePath(value)).toBe(true);
  });

  test.each(["", "/", "certs", "./certs", "/certs/", "/a//b", "/a/../b", "/a/./b", "C:\\certs"])(
    "does not take %j",
    (value) => {
      expect(isPlainAbsolutePath(value)).toBe(false);
    },
  );
});

describe("isWithin", () => {
  test.each([
    ["/certs", "/certs", true],
    ["/certs/a", "/certs", true],
    ["/certs-more", "/certs", false],
    ["/", "/certs", false],
  ])("says of %s in %s: %s", (inner, outer, expected) => {
    expect(isWithin(inner, outer)).toBe(expected);
  });
});
