import { TEMPLATE_RULES } from "../../constructs/coder/rules";
import { ExitCode } from "../exit-code";
import { printable, printableJson } from "../report/printable";
import type { Terminal } from "../report/terminal";
import { type Place, type TemplateDirectory, readTemplate } from "../template/template-directory";

export interface CheckOptions {
  readonly json?: boolean;
}

interface CheckFinding {
  /** Of the rule, or `terraform-syntax` for a file that cannot be read. */
  readonly id: string;
  readonly level: "error" | "warning";
  readonly address: string;
  readonly message: string;
  readonly place: Place | undefined;
}

/** A directory, with what breaks the rules in it. */
interface CheckedDirectory {
  readonly directory: string;
  readonly found: readonly CheckFinding[];
  readonly errors: number;
  readonly warnings: number;
}

/** `check`: whether the directories of templates keep the rules of Coder. */
export async function check(
  directories: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const checked: CheckedDirectory[] = [];
  // Nothing is printed before each of them is read: one that cannot be read was named by mistake.
  for (const directory of directories) {
    terminal.progress(`reading ${printable(directory)}`);
    const template = await readTemplate(directory).finally(() => terminal.progress(""));
    checked.push(checkTemplate(directory, template));
  }
  if (options.json === true) terminal.out(`${printableJson(checked.map(asJson))}\n`);
  else terminal.out(asText(checked, terminal));
  return checked.some(({ errors }) => errors > 0) ? ExitCode.BAD : ExitCode.GOOD;
}

function checkTemplate(directory: string, template: TemplateDirectory): CheckedDirectory {
  const syntax = template.faults.map((message): CheckFinding => ({
    id: "terraform-syntax",
    level: "error",
    address: "",
    message,
    place: undefined,
  }));
  const broken = TEMPLATE_RULES.flatMap((rule) =>
    rule.check(template.tree).map(({ address, message }): CheckFinding => ({
      id: rule.id,
      level: rule.level,
      address,
      message,
      place: template.place(address),
    })),
  );
  const found = [...syntax, ...broken];
  const count = (level: string) => found.filter((one) => one.level === level).length;
  return { directory, found, errors: count("error"), warnings: count("warning") };
}

function asJson({ directory, found, errors, warnings }: CheckedDirectory): object {
  return { directory, errors, warnings, findings: found.map(findingAsJson) };
}

function findingAsJson({ id, level, address, message, place }: CheckFinding): object {
  return { id, level, file: place?.file ?? null, line: place?.line ?? null, address: address || null, message };
}

/** Several have their names above them. */
function asText(checked: readonly CheckedDirectory[], terminal: Terminal): string {
  const parts = checked.map(({ directory, found, errors, warnings }) =>
    [
      ...(checked.length === 1 ? [] : [terminal.colors.bold(printable(directory))]),
      ...found.map((finding) => findingAsText(finding, terminal)),
      summary(errors, warnings, TEMPLATE_RULES.length),
    ]
      .map((line) => `${line}\n`)
      .join(""),
  );
  return parts.join("\n");
}

function findingAsText({ id, level, address, message, place }: CheckFinding, { colors }: Terminal): string {
  const where = place === undefined ? "" : `${place.file}${place.line === undefined ? "" : `:${place.line}`}: `;
  const painted = level === "error" ? colors.red(level) : colors.yellow(level);
  const what = address === "" ? message : `${address}: ${message}`;
  return `${printable(where)}${painted}: ${printable(what)} ${colors.dim(`[${id}]`)}`;
}

function summary(errors: number, warnings: number, rules: number): string {
  if (errors + warnings === 0) return `${rules} rules, nothing found`;
  return `${counted(errors, "error")}, ${counted(warnings, "warning")}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
