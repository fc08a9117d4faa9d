import type { TerraformBody, TerraformTree, TerraformValue } from "../../terraform/tree";
import { code, codeBlock, escapedText, inlineMarkdown, table } from "./markdown";
import { editCommand, pushCommand, type TemplateDescription } from "./push-command";
import type { ReadmeSection } from "./readme-section";
import { variablesFileNotes } from "./variables-file";

/** The README.md of a template: what Coder shows as its documentation. */
export function templateReadme(
  template: TemplateDescription & { readonly tags: readonly string[] },
  sections: readonly ReadmeSection[],
  tree: TerraformTree,
): string {
  const commands = [pushCommand(template, ".", tree), editCommand(template)].filter((line) => line !== undefined);
  return [
    frontMatter(template),
    `# ${escapedText(template.displayName ?? template.name)}`,
    ...(template.description === undefined ? [] : [template.description]),
    ...section(
      "Parameters",
      "Asked when a workspace is created.",
      table(["Parameter", "Meaning", "Default"], parameters(tree)),
    ),
    ...section(
      "Variables",
      "Set when the template is pushed.",
      table(["Variable", "Meaning", "Default"], variables(tree)),
    ),
    ...sections.flatMap(({ title, body }) => [`## ${title}`, body]),
    "## Publishing",
    "From the directory of this file:",
    codeBlock("shell", commands.join("\n")),
    ...variablesFileNotes(template.name, tree),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

function frontMatter({ name, displayName, description, icon, tags }: Parameters<typeof templateReadme>[0]): string {
  const entries = { display_name: displayName ?? name, description, icon, tags: tags.length === 0 ? undefined : tags };
  // JSON is YAML, and needs no second set of quoting rules.
  const lines = Object.entries(entries).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${JSON.stringify(value)}`],
  );
  return ["---", ...lines, "---"].join("\n");
}

function section(title: string, intro: string, content: string | undefined): string[] {
  return content === undefined ? [] : [`## ${title}`, intro, content];
}

function parameters(tree: TerraformTree): string[][] {
  return Object.values(tree.data?.["coder_parameter"] ?? {})
    .sort((a, b) => Number(a["order"] ?? 0) - Number(b["order"] ?? 0))
    .map((body) => [
      escapedText(text(body["display_name"]) || text(body["name"])),
      inlineMarkdown(text(body["description"])),
      isComputed(body["default"]) ? "*computed*" : (optionNamed(body) ?? shownDefault(body, plain)),
    ]);
}

// What is in a variable's block is constant: nothing in it is a reference.
function variables(tree: TerraformTree): string[][] {
  return Object.entries(tree.variable ?? {}).map(([name, body]) => [
    code(name),
    inlineMarkdown(typeof body["description"] === "string" ? body["description"] : ""),
    body["sensitive"] === true && body["default"] !== undefined ? "*sensitive*" : shownDefault(body),
  ]);
}

function shownDefault(body: TerraformBody, read: (value: string) => string = String): string {
  const value = body["default"];
  if (value === undefined) return "*required*";
  return value === "" ? "*empty*" : code(read(typeof value === "string" ? value : JSON.stringify(value)));
}

function isComputed(value: TerraformValue): boolean {
  return typeof value === "string" && /(?<!\$)\$\{|(?<!%)%\{/.test(value);
}

/** What users read in place of a value that they choose from a list. */
function optionNamed({ option, default: value }: TerraformBody): string | undefined {
  if (value === undefined) return undefined;
  const options: readonly TerraformValue[] = Array.isArray(option) ? option : [option];
  for (const one of options) {
    if (isBody(one) && one["value"] === value) return escapedText(text(one["name"]));
  }
  return undefined;
}

function isBody(value: TerraformValue): value is TerraformBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: TerraformValue): string {
  return typeof value === "string" ? plain(value) : "";
}

/** As Terraform reads a string without references. */
function plain(value: string): string {
  return value.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
