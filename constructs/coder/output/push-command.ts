import type { TerraformTree } from "../../terraform/tree";
import { hasRequiredVariables, variablesFile } from "./variables-file";

/** What Coder's command line is told of a template. */
export interface TemplateDescription {
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly icon?: string;
}

/**
 * The command that publishes a template. The name and the directory are always spelled out: without -d the command line
 * may wait for an archive on its standard input.
 *
 * @param tree - the template: variables that have no default are given in a file
 */
export function pushCommand({ name }: TemplateDescription, directory: string, tree: TerraformTree): string {
  const values = hasRequiredVariables(tree) ? ` --variables-file ${variablesFile(name)}` : "";
  return `coder templates push ${name} --directory ${quoted(directory)} --yes${values}`;
}

/** The command that sets what a push does not, or undefined where there is nothing to set. */
export function editCommand({ name, displayName, description, icon }: TemplateDescription): string | undefined {
  const flags = Object.entries({ "display-name": displayName, description, icon })
    .filter(([, value]) => value !== undefined)
    .map(([flag, value]) => ` --${flag} ${quoted(value ?? "")}`);
  return flags.length === 0 ? undefined : `coder templates edit ${name} --yes${flags.join("")}`;
}

function quoted(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
