import { remembered } from "../../../constructs/terraform/hcl/remembered";

describe("remembered", () => {
  test("asks once for each text", () => {
    const asked: string[] = [];
    const length = remembered((text) => asked.push(text) && { length: text.length });

    expect([length("a"), length("bb"), length("a")]).toEqual([{ length: 1 }, { length: 2 }, { length: 1 }]);
    expect(asked).toEqual(["a", "bb"]);
    expect(length("a")).toBe(length("a"));
  });

  test("asks again after an error", () => {
    let asked = 0;
    const fails = remembered((text) => {
      asked++;
      throw new Error(text);
    });

    expect(() => fails("a")).toThrow("a");
    expect(() => fails("a")).toThrow("a");
    expect(asked).toBe(2);
  });

  test("forgets before it holds too much", () => {
    let asked = 0;
    const count = remembered(() => ++asked);
    for (let text = 0; text <= 2000; text++) count(String(text));

    expect(count("0")).toBe(2002);
    expect(count("2000")).toBe(2001);
  });
});
