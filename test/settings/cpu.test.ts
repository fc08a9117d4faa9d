import type { AmountChoiceProps } from "../../constructs/settings/amount-choice";
import { Cpu } from "../../constructs/settings/cpu";
import { Size } from "../../constructs/settings/size";
import { refusal } from "../refusal";

describe("Cpu", () => {
  test.each([
    [Cpu.cores(2), 2000, "2"],
    [Cpu.cores(0.5), 500, "500m"],
    [Cpu.cores(0.29), 290, "290m"],
    [Cpu.cores(0.001), 1, "1m"],
    [Cpu.millis(1500), 1500, "1500m"],
    [Cpu.millis(3000), 3000, "3"],
  ])("%# is a whole number of thousandths", (cpu, millis, quantity) => {
    expect(cpu.toMillis()).toBe(millis);
    expect(cpu.toQuantity()).toBe(quantity);
  });

  test.each([
    [() => Cpu.cores(0), "cores(0)"],
    [() => Cpu.cores(-1), "cores(-1)"],
    [() => Cpu.cores(0.0001), "cores(0.0001)"],
    [() => Cpu.cores(Number.NaN), "cores(NaN)"],
    [() => Cpu.cores(Number.POSITIVE_INFINITY), "cores(Infinity)"],
    [() => Cpu.millis(0.5), "millis(0.5)"],
  ])("%# fails with cpu-malformed", (make, call) => {
    expect(refusal(make)).toBe(
      `Cpu.${call} must be a whole number of thousandths of a core, more than 0; round it [cpu-malformed]`,
    );
  });
});

test.each([
  [Size.mebibytes(512), "512Mi"],
  [Size.gibibytes(8), "8Gi"],
  [Size.gibibytes(1.5), "1536Mi"],
])("sizes are written as Kubernetes writes them: %#", (size, quantity) => {
  expect(size.toQuantity()).toBe(quantity);
});

interface Choosable {
  readonly choice: unknown;
  toQuantity(): string;
}

describe.each<[string, (props: AmountChoiceProps) => Choosable]>([
  ["Cpu", (props) => Cpu.chosenByUser(props)],
  ["Size", (props) => Size.chosenByUser(props)],
])("%s.chosenByUser", (name, chosen) => {
  test("says what may be chosen", () => {
    expect(chosen({ default: 2 }).choice).toEqual({ default: 2, min: 1, max: 99_999 });
    expect(chosen({ default: 4, min: 4, max: 4 }).choice).toEqual({ default: 4, min: 4, max: 4 });
  });

  test.each([
    [{ default: 0 }, "from 1 to 99999, by default 0"],
    [{ default: 1.5 }, "from 1 to 99999, by default 1.5"],
    [{ default: 9, max: 8 }, "from 1 to 8, by default 9"],
    [{ default: 2, min: 3 }, "from 3 to 99999, by default 2"],
    [{ default: 2, min: 0 }, "from 0 to 99999, by default 2"],
  ])("fails with amount-choice-malformed on %j", (props, shown) => {
    expect(refusal(() => chosen(props))).toBe(
      `${name}.chosenByUser ${shown}, must be of whole numbers above 0 with the default between the others; correct them [amount-choice-malformed]`,
    );
  });

  test("fails with amount-chosen-by-user where a value is wanted", () => {
    expect(refusal(() => chosen({ default: 2 }).toQuantity())).toContain(`${name}.chosenByUser has no value at synth`);
  });
});
