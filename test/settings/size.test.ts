import { Size } from "../../constructs/settings/size";
import { refusal } from "../refusal";

describe("Size", () => {
  test.each([
    [Size.mebibytes(1), 1],
    [Size.mebibytes(512), 512],
    [Size.gibibytes(4), 4096],
    [Size.gibibytes(0.5), 512],
    [Size.gibibytes(1 / 1024), 1],
  ])("%# is a whole number of MiB", (size, mebibytes) => {
    expect(size.toMebibytes()).toBe(mebibytes);
  });

  test.each([
    [() => Size.mebibytes(0), "mebibytes(0)"],
    [() => Size.mebibytes(-1), "mebibytes(-1)"],
    [() => Size.mebibytes(0.5), "mebibytes(0.5)"],
    [() => Size.mebibytes(Number.NaN), "mebibytes(NaN)"],
    [() => Size.mebibytes(2 ** 33), "mebibytes(8589934592)"],
    [() => Size.gibibytes(0.1), "gibibytes(0.1)"],
    [() => Size.gibibytes(Number.POSITIVE_INFINITY), "gibibytes(Infinity)"],
  ])("%# fails with size-malformed", (make, call) => {
    expect(refusal(make)).toBe(
      `Size.${call} must be a whole number of MiB, more than 0 and below 8 PiB; round it [size-malformed]`,
    );
  });
});
