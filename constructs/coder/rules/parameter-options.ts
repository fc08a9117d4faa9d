import { quoted } from "./reading/literal";
import { missingOptions, optionType, parameters, shown, typeProblem, type Parameter } from "./reading/parameters";
import type { Rule } from "./rule";

/** The coder provider refuses options that a user could not tell apart, and a default that is none of them. */
export const parameterOptions: Rule = {
  id: "parameter-options",
  level: "error",
  check: (tree) =>
    parameters(tree).flatMap((parameter) =>
      [
        ...repeated(parameter, "name"),
        ...repeated(parameter, "value"),
        ...ofWrongType(parameter),
        ...lost(parameter),
      ].map((message) => ({ address: parameter.element.address, message })),
    ),
};

function repeated({ options = [] }: Parameter, part: "name" | "value"): string[] {
  const texts = options.map((option) => option[part]).filter((text) => text !== undefined);
  const twice = new Set(texts.filter((text, position) => texts.indexOf(text) !== position));
  return [...twice].map(
    (text) => `option.${part} must be unique, got ${quoted(text)} several times; change or remove one`,
  );
}

function ofWrongType(parameter: Parameter): string[] {
  const type = optionType(parameter);
  return (parameter.options ?? []).flatMap(({ value }) => {
    const problem = value === undefined ? undefined : typeProblem(type, value);
    return problem === undefined
      ? []
      : [
          `option.value must be of the type ${quoted(type)}, got ${quoted(value)}, which ${problem}; correct the value or the type`,
        ];
  });
}

function lost(parameter: Parameter): string[] {
  if (parameter.default === "unset" || parameter.default.text === undefined) return [];
  const missing = missingOptions(parameter, parameter.default.text) ?? [];
  const values = (parameter.options ?? []).map(({ value }) => quoted(value)).join(", ");
  return missing.map(
    (value) =>
      `default must be among the options ${values}, got ${shown(parameter, value)}; add it as an option or choose another`,
  );
}
