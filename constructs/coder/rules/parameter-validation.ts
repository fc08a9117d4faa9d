import type { TerraformBody } from "../../terraform/tree";
import { isUnset, literal, quoted } from "./reading/literal";
import { missingOptions, parameters, shown, typeProblem, type Parameter } from "./reading/parameters";
import { isAlwaysThere } from "./reading/presence";
import { bound, regexProblem, validationProblem } from "./reading/validation";
import type { Rule } from "./rule";

/** The coder provider refuses a validation that does not fit the type, and a default that the validation refuses. */
export const parameterValidation: Rule = {
  id: "parameter-validation",
  level: "error",
  check: (tree) =>
    parameters(tree).flatMap((parameter) => {
      const messages = (parameter.validations ?? []).flatMap((validation) => [
        ...aboutRegex(parameter, validation),
        ...aboutNumbers(parameter, validation),
      ]);
      if ((parameter.validations ?? []).length > 1)
        messages.push(`validation must stand once, got ${parameter.validations?.length}; merge the blocks`);
      messages.push(...aboutDefault(parameter));
      return messages.map((message) => ({ address: parameter.element.address, message }));
    }),
};

const NUMBERS = ["min", "max", "monotonic"] as const;

function aboutRegex({ type }: Parameter, validation: TerraformBody): string[] {
  if (isUnset(validation["regex"]) || validation["regex"] === "") return [];
  const messages: string[] = [];
  if (type !== undefined && type !== "string")
    messages.push(`validation.regex must stand for the type "string" only, got the type ${quoted(type)}; leave it out`);
  if (isUnset(validation["error"]) || validation["error"] === "")
    messages.push("validation.error must be set beside validation.regex, got none; say what a valid value looks like");
  const rivals = NUMBERS.filter((name) => !isUnset(validation[name]));
  if (rivals.length > 0 && (type === "string" || type === "number"))
    messages.push(
      `validation.regex must not stand beside validation.${rivals.join(" and validation.")}; leave one of them out`,
    );
  const regex = literal(validation["regex"]);
  const problem = regex === undefined ? undefined : regexProblem(regex);
  if (problem !== undefined)
    messages.push(
      `validation.regex must be one that Coder can read, got ${quoted(regex)}, which ${problem}; rewrite it`,
    );
  return messages;
}

function aboutNumbers({ type }: Parameter, validation: TerraformBody): string[] {
  const set = NUMBERS.filter((name) => !isUnset(validation[name]) && validation[name] !== "");
  if (type !== undefined && type !== "number")
    return set.map(
      (name) =>
        `validation.${name} must stand for the type "number" only, got the type ${quoted(type)}; leave it out or change the type`,
    );
  const [min, max, monotonic] = [bound(validation, "min"), bound(validation, "max"), literal(validation["monotonic"])];
  const messages = (["min", "max"] as const)
    .filter((name) => Number.isNaN(bound(validation, name)))
    .map((name) => `validation.${name} must be a whole number, got ${quoted(validation[name])}; round it`);
  if (min !== undefined && max !== undefined && min > max)
    messages.push(`validation.min must not exceed validation.max, got ${min} and ${max}; swap or correct them`);
  if (monotonic !== undefined && !["", "increasing", "decreasing"].includes(monotonic))
    messages.push(
      `validation.monotonic must be "increasing" or "decreasing", got ${quoted(monotonic)}; choose one of them`,
    );
  return messages;
}

function aboutDefault(parameter: Parameter): string[] {
  if (parameter.default === "unset") return refusedWhenEmpty(parameter) ? [REQUIRED] : [];
  const { text } = parameter.default;
  if (text === undefined) return [];
  const problem = typeProblem(parameter.type, text) ?? validationProblem(parameter, text);
  return problem === undefined
    ? []
    : [`default must be a valid value, got ${shown(parameter, text)}, which ${problem}; correct it`];
}

const REQUIRED =
  "default must be set where validation refuses the empty value, got none: Coder reads the template without any user's " +
  "values and would refuse it; set a default, or let the validation take the empty value";

/** Without a default, the provider validates the empty text when Coder imports the template, and the push fails. */
function refusedWhenEmpty(parameter: Parameter): boolean {
  const { element, options, validations, type } = parameter;
  if (validations?.length !== 1 || !isAlwaysThere(element.body)) return false;
  if (options !== undefined && (missingOptions(parameter, "") ?? []).length > 0) return true;
  return (typeProblem(type, "") ?? validationProblem(parameter, "")) !== undefined;
}
