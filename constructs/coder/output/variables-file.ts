import type { TerraformBody, TerraformTree } from "../../terraform/tree";
import { codeBlock } from "./markdown";

/** Where administrators keep the values of a template's variables: not in its directory, which is uploaded as a whole. */
export function variablesFile(template: string): string {
  return `~/${template}-variables.yaml`;
}

/** Whether a push has to be given values. */
export function hasRequiredVariables(tree: TerraformTree): boolean {
  return Object.values(tree.variable ?? {}).some(isRequired);
}

/**
 * How the file is written, in Markdown: nothing without variables that are required, sensitive or hold several lines.
 *
 * On the command line a value would stay in the shell's history, and `--variable` keeps the first line only.
 */
export function variablesFileNotes(template: string, tree: TerraformTree): string[] {
  const variables = Object.entries(tree.variable ?? {}).filter(
    ([, body]) => isRequired(body) || body["sensitive"] === true || isOfSeveralLines(body),
  );
  if (variables.length === 0) return [];
  const file = variablesFile(template);
  const use = hasRequiredVariables(tree)
    ? `\`${file}\` holds the values of variables, in YAML:`
    : `Values of variables are given in a file, with \`--variables-file ${file}\`, in YAML:`;
  return [
    use,
    codeBlock("yaml", variables.map(([name, body]) => example(name, body)).join("\n")),
    `A \`'\` within quotes is written twice. A value of several lines, such as PEM or JSON, is a block: \`|\` behind the colon, and the lines below it, indented by two spaces. Variables that are left out keep the value of the last push, or have their default.`,
    `Let nobody else read the file (\`chmod 600 ${file}\`), and keep it out of this directory, which is uploaded. On the command line, values would stay in the shell's history, and those of several lines would lose all but the first.`,
  ];
}

function isRequired(body: TerraformBody): boolean {
  return body["default"] === undefined;
}

/** As far as the variable's author says so. */
function isOfSeveralLines({ description, validation }: TerraformBody): boolean {
  return /\b(?:PEM|JSON)\b|-----BEGIN|jsondecode/.test(JSON.stringify([description, validation]));
}

function example(name: string, body: TerraformBody): string {
  return isOfSeveralLines(body) ? `${name}: |\n  VALUE\n  OF SEVERAL LINES` : `${name}: 'VALUE'`;
}
