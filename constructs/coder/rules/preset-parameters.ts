import { dataSources, labelled } from "./reading/elements";
import { isBody, literal, quoted } from "./reading/literal";
import { missingOptions, parameters, shown, typeProblem, type Parameter } from "./reading/parameters";
import { validationProblem } from "./reading/validation";
import type { Rule } from "./rule";

/** Coder checks presets when a template is pushed and refuses one that sets what is not there or is not allowed. */
export const presetParameters: Rule = {
  id: "preset-parameters",
  level: "error",
  check: (tree) => {
    const known = parameters(tree);
    // Modules bring parameters of their own, and a name may be computed.
    const complete = labelled(tree, "module").length === 0 && known.every(({ name }) => name !== undefined);
    return dataSources(tree, "coder_workspace_preset").flatMap(({ address, body }) => {
      const values = body["parameters"];
      if (!isBody(values)) return [];
      return Object.entries(values).flatMap(([key, value]) => {
        const name = literal(key);
        const [parameter, ...others] = known.filter((one) => one.name === name);
        if (name === undefined || others.length > 0) return [];
        if (parameter === undefined) return complete ? [{ address, message: unknownName(name, known) }] : [];
        const text = literal(value);
        const problem = text === undefined ? undefined : problemOf(parameter, text);
        if (text === undefined || problem === undefined) return [];
        return [
          {
            address,
            message: `parameters[${quoted(name)}] must be a valid value of ${parameter.element.address}, got ${shown(parameter, text)}, which ${problem}; correct it`,
          },
        ];
      });
    });
  },
};

function unknownName(name: string, known: readonly Parameter[]): string {
  const names = known.map((parameter) => quoted(parameter.name)).join(", ");
  return `parameters must name parameters of the template${names === "" ? "" : ` (${names})`}, got ${quoted(name)}; correct the name or leave it out`;
}

function problemOf(parameter: Parameter, text: string): string | undefined {
  const typed = typeProblem(parameter.type, text);
  if (typed !== undefined) return typed;
  if ((missingOptions(parameter, text) ?? []).length > 0) {
    const values = (parameter.options ?? []).map(({ value }) => quoted(value)).join(", ");
    return `is not among the options ${values}`;
  }
  return validationProblem(parameter, text);
}
