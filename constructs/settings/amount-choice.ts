import { ValidationError } from "../errors";

/** What users may choose from, in whole units. */
export interface AmountChoiceProps {
  /** What a workspace gets unless its user asks for something else. */
  readonly default: number;
  /**
   * The least that can be chosen.
   *
   * @default 1
   */
  readonly min?: number;
  /**
   * The most that can be chosen.
   *
   * @default 99999
   */
  readonly max?: number;
}

/** An amount that the user of a workspace chooses. @internal */
export interface AmountChoice {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/**
 * @param call - the author's call, for messages
 * @throws when no amount could be chosen, or not the default
 * @internal
 */
export function amountChoice(call: string, props: AmountChoiceProps): AmountChoice {
  const { default: value, min = 1, max = 99_999 } = props;
  const whole = [value, min, max].every((amount) => Number.isInteger(amount) && amount > 0);
  if (!whole || min > value || value > max) {
    throw new ValidationError(
      "amount-choice-malformed",
      `${call} from ${min} to ${max}, by default ${value}, must be of whole numbers above 0 with the default between the others; correct them`,
    );
  }
  return { default: value, min, max };
}
