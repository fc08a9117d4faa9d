import type { TerraformBody, TerraformTree } from "../../terraform/tree";
import { editCommand, pushCommand, type TemplateDescription } from "./push-command";
import type { ReadmeSection } from "./readme-section";

/** The README.md of a template: what Coder shows as its documentation. */
export function templateReadme(
  template: TemplateDescription & { readonly tags: readonly string[] },
  sections: readonly ReadmeSection[],
  tree: TerraformTree,
): string {
  return [
    frontMatter(template),
    `# ${oneLine(template.displayName ?? template.name)}`,
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
    fence([pushCommand(template, ".", tree), editCommand(template)].filter((line) => line !== undefined).join("\n")),
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
    .map((body) => [text(body, "display_name") || text(body, "name"), text(body, "description"), shownDefault(body)]);
}

function variables(tree: TerraformTree): string[][] {
  return Object.entries(tree.variable ?? {}).map(([name, body]) => [
    `\`${name}\``,
    text(body, "description"),
    shownDefault(body),
  ]);
}

function shownDefault(body: TerraformBody): string {
  const value = body["default"];
  if (value === undefined) return "*required*";
  if (body["sensitive"] === true) return "*sensitive*";
  if (typeof value === "string" && value.includes("${")) return "*computed*";
  return value === "" ? "*empty*" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function text(body: TerraformBody, attribute: string): string {
  const value = body[attribute];
  return typeof value === "string" ? oneLine(value) : "";
}

function oneLine(value: string): string {
  return value.replaceAll(/\s+/g, " ").trim();
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string | undefined {
  if (rows.length === 0) return undefined;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

function fence(code: string): string {
  return `\`\`\`shell\n${code}\n\`\`\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
