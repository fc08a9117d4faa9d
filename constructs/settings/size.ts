import { ValidationError } from "../errors";

/** An amount of memory or storage. */
export class Size {
  /**
   * So many MiB.
   *
   * @param amount - in MiB (1024² bytes), a whole number
   * @throws when the amount is not more than 0 or no whole number
   */
  public static mebibytes(amount: number): Size {
    return new Size(amount, 1, "mebibytes");
  }

  /**
   * So many GiB.
   *
   * @param amount - in GiB (1024³ bytes); fractions down to whole MiB are kept
   * @throws as `mebibytes`
   */
  public static gibibytes(amount: number): Size {
    return new Size(amount, 1024, "gibibytes");
  }

  private readonly amountInMebibytes: number;

  private constructor(amount: number, factor: number, unit: string) {
    const mebibytes = amount * factor;
    // Some targets want it in bytes.
    if (!Number.isInteger(mebibytes) || mebibytes <= 0 || !Number.isSafeInteger(mebibytes * 1024 * 1024)) {
      throw new ValidationError(
        "size-malformed",
        `Size.${unit}(${amount}) must be a whole number of MiB, more than 0 and below 8 PiB; round it`,
      );
    }
    this.amountInMebibytes = mebibytes;
  }

  /** The amount in MiB, a whole number. */
  public toMebibytes(): number {
    return this.amountInMebibytes;
  }
}
