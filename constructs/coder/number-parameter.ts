import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DataCoderParameter } from "../providers/coder/data-coder-parameter";
import type { AmountChoice } from "../settings/amount-choice";
import { isFree, pinLogicalId } from "../terraform/logical-id";

/** A number that the user of a workspace is asked for. */
export interface NumberQuestion {
  /** The parameter's name, a contract: Coder keeps users' values by it. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly icon: string;
  readonly choice: AmountChoice;
  /** Whether it may be another one at a later start. */
  readonly mutable: boolean;
  readonly order: number;
}

const ASKED = new WeakMap<TerraformStack, Map<AmountChoice, string>>();

/**
 * The answer, by reference. The first workspace of a template asks by the short name, further ones by their own; those that
 * share a choice share the question.
 */
export function askedNumber(scope: Construct, question: NumberQuestion): string {
  const stack = TerraformStack.of(scope);
  const asked = ASKED.get(stack) ?? new Map<AmountChoice, string>();
  ASKED.set(stack, asked);
  const { choice, name, displayName } = question;
  const found = asked.get(choice);
  if (found !== undefined) return found;
  const parameter = new DataCoderParameter(scope, name, {
    name,
    displayName,
    description: question.description,
    icon: question.icon,
    type: "number",
    formType: "input",
    mutable: question.mutable,
    order: question.order,
    default: String(choice.default),
    validation: { min: choice.min, max: choice.max },
  });
  if (!isFree(parameter, name)) {
    parameter.name = `${scope.node.id}_${name}`;
    parameter.displayName = `${displayName} of ${scope.node.id}`;
  }
  const { value } = pinLogicalId(parameter, parameter.nameInput ?? name);
  asked.set(choice, value);
  return value;
}
