import { ValidationError } from "../errors";
import { amountChoice, type AmountChoice, type AmountChoiceProps } from "./amount-choice";
import { markKind } from "./kind";

/** An amount of memory or storage. */
export class Size {
  /**
   * So many MiB.
   *
   * @param amount - in MiB (1024² bytes), a whole number
   * @throws when the amount is not more than 0 or no whole number
   */
  public static mebibytes(amount: number): Size {
    return Size.of(amount, 1, "mebibytes");
  }

  /**
   * So many GiB.
   *
   * @param amount - in GiB (1024³ bytes); fractions down to whole MiB are kept
   * @throws as `mebibytes`
   */
  public static gibibytes(amount: number): Size {
    return Size.of(amount, 1024, "gibibytes");
  }

  /**
   * As many whole GiB as the user of the workspace chooses when it is created.
   *
   * @throws when nothing or not the default could be chosen
   */
  public static chosenByUser(props: AmountChoiceProps): Size {
    return new Size(undefined, amountChoice("Size.chosenByUser", props));
  }

  private static of(amount: number, factor: number, unit: string): Size {
    const mebibytes = amount * factor;
    // Some targets want it in bytes.
    if (!Number.isInteger(mebibytes) || mebibytes <= 0 || !Number.isSafeInteger(mebibytes * 1024 * 1024)) {
      throw new ValidationError(
        "size-malformed",
        `Size.${unit}(${amount}) must be a whole number of MiB, more than 0 and below 8 PiB; round it`,
      );
    }
    return new Size(mebibytes, undefined);
  }

  private constructor(
    private readonly amountInMebibytes: number | undefined,
    /** What the user may choose, where that is left to him. @internal */
    public readonly choice: AmountChoice | undefined,
  ) {
    markKind(this, "Size");
  }

  /**
   * The amount in MiB, a whole number.
   *
   * @throws when the user chooses it
   */
  public toMebibytes(): number {
    if (this.amountInMebibytes !== undefined) return this.amountInMebibytes;
    throw new ValidationError(
      "amount-chosen-by-user",
      "Size.chosenByUser has no value at synth, and only memory and disk of a KubernetesWorkspace ask users for one; use Size.gibibytes",
    );
  }

  /** As Kubernetes writes it. @internal */
  public toQuantity(): string {
    const mebibytes = this.toMebibytes();
    return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
  }
}
