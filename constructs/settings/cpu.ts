import { ValidationError } from "../errors";
import { amountChoice, type AmountChoice, type AmountChoiceProps } from "./amount-choice";
import { markKind } from "./kind";

/** An amount of computing time. */
export class Cpu {
  /**
   * So many cores.
   *
   * @param amount - fractions down to whole thousandths are kept
   * @throws when it is none, or finer than a thousandth
   */
  public static cores(amount: number): Cpu {
    // Of a product such as 0.29 * 1000 the last digits are noise.
    return Cpu.of(Math.round(amount * 1e6) / 1e3, `cores(${amount})`);
  }

  /**
   * So many thousandths of a core.
   *
   * @param amount - a whole number
   * @throws when it is none
   */
  public static millis(amount: number): Cpu {
    return Cpu.of(amount, `millis(${amount})`);
  }

  /**
   * As many whole cores as the user of the workspace chooses when it is created, and may change later.
   *
   * @throws when nothing or not the default could be chosen
   */
  public static chosenByUser(props: AmountChoiceProps): Cpu {
    return new Cpu(undefined, amountChoice("Cpu.chosenByUser", props));
  }

  private static of(millis: number, call: string): Cpu {
    if (!Number.isSafeInteger(millis) || millis <= 0) {
      throw new ValidationError(
        "cpu-malformed",
        `Cpu.${call} must be a whole number of thousandths of a core, more than 0; round it`,
      );
    }
    return new Cpu(millis, undefined);
  }

  private constructor(
    private readonly thousandths: number | undefined,
    /** What the user may choose, where that is left to him. @internal */
    public readonly choice: AmountChoice | undefined,
  ) {
    markKind(this, "Cpu");
  }

  /**
   * The amount in thousandths of a core, a whole number.
   *
   * @throws when the user chooses it
   */
  public toMillis(): number {
    if (this.thousandths !== undefined) return this.thousandths;
    throw new ValidationError(
      "amount-chosen-by-user",
      "Cpu.chosenByUser has no value at synth, and only cpu of a KubernetesWorkspace asks users for one; use Cpu.cores",
    );
  }

  /** As Kubernetes writes it. @internal */
  public toQuantity(): string {
    const millis = this.toMillis();
    return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
  }
}
