import { TEMPLATE_RULES } from "../../constructs/coder/rules";
import { ExitCode } from "../exit-code";
import { printable, printableJson } from "../report/printable";
import type { Terminal } from "../report/terminal";
import { type Place, readTemplate } from "../template/template-directory";

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

/** `check`: whether a template's directory keeps the rules of Coder. */
export async function check(directory: string, options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  terminal.progress(`reading ${printable(directory)}`);
  const template = await readTemplate(directory).finally(() => terminal.progress(""));
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
  const [errors, warnings] = [count("error"), count("warning")];
  if (options.json === true) {
    terminal.out(`${printableJson({ directory, errors, warnings, findings: found.map(asJson) })}\n`);
  } else {
    for (const finding of found) terminal.out(`${asText(finding, terminal)}\n`);
    terminal.out(`${summary(errors, warnings, TEMPLATE_RULES.length)}\n`);
  }
  return errors > 0 ? ExitCode.BAD : ExitCode.GOOD;
}

function asJson({ id, level, address, message, place }: CheckFinding): object {
  return { id, level, file: place?.file ?? null, line: place?.line ?? null, address: address || null, message };
}

function asText({ id, level, address, message, place }: CheckFinding, { colors }: Terminal): string {
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
