import * as fc from "fast-check";
import { stretches, withStandIns } from "../../constructs/settings/stretches";

const literal = (text: string): object => ({ text, isReference: false });
const reference = (text: string): object => ({ text, isReference: true });

describe("stretches", () => {
  test.each([
    ["", []],
    ["plain", [literal("plain")]],
    ["${var.a}", [reference("${var.a}")]],
    ["${var.a}${var.b}", [reference("${var.a}"), reference("${var.b}")]],
    ["a${var.a}b", [literal("a"), reference("${var.a}"), literal("b")]],
    ['${join("}", ["{", "a"])}b', [reference('${join("}", ["{", "a"])}'), literal("b")]],
    ['${"a ${upper("}")} b"}c', [reference('${"a ${upper("}")} b"}'), literal("c")]],
    ['${"\\"}"}c', [reference('${"\\"}"}'), literal("c")]],
    ['${"$${"}c', [reference('${"$${"}'), literal("c")]],
    ["${{ a = 1 }.a}b", [reference("${{ a = 1 }.a}"), literal("b")]],
    ["$${a}%%{ if b }", [literal("$${a}%%{ if b }")]],
    ["%{ if a }b", [reference("%{ if a }"), literal("b")]],
    ["a${var.a", [literal("a"), reference("${var.a")]],
    ["%{http_code}", [literal("%{http_code}")]],
  ])("takes %j apart", (value, expected) => {
    expect(stretches(value)).toEqual(expected);
  });

  test("lose nothing of any string", () => {
    const pieces = fc.constantFrom("${", "}", "%{", " if ", '"', "\\", "$", "%", "{", "a");
    fc.assert(
      fc.property(
        fc.array(pieces).map((all) => all.join("")),
        (value) => {
          expect(
            stretches(value)
              .map(({ text }) => text)
              .join(""),
          ).toBe(value);
        },
      ),
    );
  });
});

describe("withStandIns", () => {
  test("puts one in place of each reference", () => {
    expect(withStandIns("http://${var.host}:${var.port}/", "1")).toBe("http://1:1/");
  });
});
