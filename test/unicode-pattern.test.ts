import { UnicodePattern } from "../constructs/unicode-pattern";

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const CLASSES = ["L", "N", "C", "M", "Cf", "ID_Start", "ID_Continue"].flatMap((name) => [
  String.raw`[\p{${name}}]`,
  String.raw`[^\p{${name}}]`,
  String.raw`[x \p{${name}}-]`,
]);

test.each([...CLASSES, String.raw`[\P{C}]`, String.raw`[^\n\P{C}]`])("%s means of ASCII what it means", (source) => {
  const pattern = new UnicodePattern(source);
  const meant = new RegExp(source, "u");

  expect(ASCII.filter((char) => pattern.test(char))).toEqual(ASCII.filter((char) => meant.test(char)));
});

test.each(["é", "名", "٣", "\u0085", "\u200b", "\u0301", "😀"])("%j is held to all of Unicode", (text) => {
  expect(CLASSES.map((source) => new UnicodePattern(source).test(text))).toEqual(
    CLASSES.map((source) => new RegExp(source, "u").test(text)),
  );
});

test("has its flags", () => {
  expect("a1b2é".replaceAll(new UnicodePattern(String.raw`[\p{N}]`, "g").for("a1b2é"), "-")).toBe("a-b-é");
  expect("a1b2".replaceAll(new UnicodePattern(String.raw`[\p{N}]`, "g").for("a1b2"), "-")).toBe("a-b-");
});

test("says of one text what it says of it beside others", () => {
  const pattern = new UnicodePattern(String.raw`^[\p{L}]+$`);

  expect(["abc", "äöü", "a b", "ä ö"].map((text) => pattern.test(text))).toEqual([true, true, false, false]);
  expect(["ä ö", "a b", "äöü", "abc"].map((text) => pattern.test(text))).toEqual([false, false, true, true]);
});
