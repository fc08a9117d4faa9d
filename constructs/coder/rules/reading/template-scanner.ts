import { remembered } from "../../../terraform/hcl/remembered";
import { UnicodePattern } from "../../../unicode-pattern";

/** One step behind the first name of a traversal: `.name`, `[…]` or a splat. */
export type Step =
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "index"; readonly literal: boolean }
  | { readonly kind: "splat" };

/** A dotted name in an expression, such as `docker_container.workspace[0].id`. */
export interface Traversal {
  readonly root: string;
  readonly steps: readonly Step[];
  /** The functions whose arguments it stands in, the outermost first. */
  readonly functions: readonly string[];
  /** As written. */
  readonly text: string;
}

/** What a string of Terraform's JSON syntax consists of. */
export interface ScannedTemplate {
  /** The text outside of `${…}` and `%{…}`, escapes undone; one piece more than there are sequences. */
  readonly literals: readonly string[];
  readonly traversals: readonly Traversal[];
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const IDENTIFIER = new UnicodePattern(String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`, "y");
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HEREDOC = new UnicodePattern(String.raw`<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n`, "y");
/** What means nothing in a template but itself; a line's end may be followed by that of a heredoc. */
const PLAIN = /[^$%"\\\n]+/y;
const COMMENT = /(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\//y;

/** Reads a string as Terraform reads a string value: a template. */
export const scanTemplate = remembered((text): ScannedTemplate => {
  const scanner = new Scanner(text);
  return { literals: scanner.template(), traversals: scanner.traversals };
});

/** Reads a string as Terraform reads an element of `depends_on`: an expression without `${…}`. */
export function scanExpression(text: string): readonly Traversal[] {
  const scanner = new Scanner(text);
  scanner.expression();
  return scanner.traversals;
}

/**
 * Finds names, not values: it knows where strings, comments and brackets begin and end, and no operators.
 * Text that Terraform would refuse is read somehow; refusing it is Terraform's part.
 */
class Scanner {
  public readonly traversals: Traversal[] = [];
  private readonly functions: string[] = [];
  private readonly identifier: RegExp;
  private readonly heredoc: RegExp;
  private at = 0;

  public constructor(private readonly text: string) {
    this.identifier = IDENTIFIER.for(text);
    this.heredoc = HEREDOC.for(text);
  }

  /** Up to the end, to the closing quote, or to the line that ends a heredoc. */
  public template(until?: { quote: true } | { marker: string }): string[] {
    const literals: string[] = [];
    let literal = "";
    while (this.at < this.text.length) {
      if (until !== undefined && "quote" in until) {
        if (this.text[this.at] === '"') {
          this.at += 1;
          break;
        }
        if (this.text[this.at] === "\\") {
          literal += this.text.slice(this.at, this.at + 2);
          this.at += 2;
          continue;
        }
      }
      if (until !== undefined && "marker" in until && this.endsHeredoc(until.marker)) break;
      const plain = this.take(PLAIN);
      if (plain !== undefined) {
        literal += plain[0];
        continue;
      }
      const escape = ["$${", "%%{"].find((marker) => this.text.startsWith(marker, this.at));
      if (escape !== undefined) {
        literal += escape.slice(1);
        this.at += escape.length;
      } else if (this.text.startsWith("${", this.at) || this.text.startsWith("%{", this.at)) {
        literals.push(literal);
        literal = "";
        this.at += 2;
        this.expression("}");
      } else {
        literal += this.text[this.at];
        this.at += 1;
      }
    }
    return [...literals, literal];
  }

  /** Up to the end or behind the closing bracket. */
  public expression(close?: string): void {
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? "";
      const heredoc = char === "<" ? this.take(this.heredoc) : undefined;
      if (heredoc !== undefined) this.template({ marker: heredoc[1] ?? "" });
      else if ((char === "#" || char === "/") && this.take(COMMENT) !== undefined) continue;
      else if (char >= "0" && char <= "9" && this.take(NUMBER) !== undefined) continue;
      else if (char === close) {
        this.at += 1;
        return;
      } else if (char === '"') {
        this.at += 1;
        this.template({ quote: true });
      } else if (char in CLOSING) {
        this.at += 1;
        this.expression(CLOSING[char]);
      } else if (char === ".") {
        // Behind a call or a bracket: an attribute of its result, not the start of a name.
        this.at += 1;
        this.take(this.identifier);
      } else if (!this.name()) this.at += 1;
    }
  }

  /** A function call or a traversal. */
  private name(): boolean {
    const start = this.at;
    const first = this.take(this.identifier)?.[0];
    if (first === undefined) return false;
    let called = first;
    while (this.text.startsWith("::", this.at)) {
      this.at += 2;
      called += `::${this.take(this.identifier)?.[0] ?? ""}`;
    }
    if (this.text[this.at] === "(") {
      this.at += 1;
      this.functions.push(called);
      this.expression(")");
      this.functions.pop();
      return true;
    }
    const functions = [...this.functions];
    const steps: Step[] = [];
    for (let step = this.step(); step !== undefined; step = this.step()) steps.push(step);
    // A name without a step is a key, a keyword or the variable of a `for`.
    if (steps.length > 0)
      this.traversals.push({ root: first, steps, functions, text: this.text.slice(start, this.at) });
    return true;
  }

  private step(): Step | undefined {
    if (this.text.startsWith(".*", this.at)) return this.skip(2, { kind: "splat" });
    if (this.text.startsWith("[*]", this.at)) return this.skip(3, { kind: "splat" });
    if (this.text[this.at] === "[") {
      const start = (this.at += 1);
      this.expression("]");
      const index = this.text.slice(start, this.at - 1).trim();
      return { kind: "index", literal: /^(?:\d+|"[^"$%\\]*")$/.test(index) };
    }
    if (this.text[this.at] !== "." || this.text[this.at + 1] === ".") return undefined;
    this.at += 1;
    const attribute = this.take(this.identifier)?.[0];
    if (attribute !== undefined) return { kind: "attribute", name: attribute };
    // The old spelling of an index: `docker_container.workspace.0.id`.
    return this.take(/\d+/y) === undefined ? undefined : { kind: "index", literal: true };
  }

  private skip(length: number, step: Step): Step {
    this.at += length;
    return step;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at += match[0].length;
    return match;
  }

  private endsHeredoc(marker: string): boolean {
    if (this.text[this.at - 1] !== "\n") return false;
    const line = /[^\r\n]*/y;
    line.lastIndex = this.at;
    const found = line.exec(this.text)?.[0] ?? "";
    if (found.trim() !== marker) return false;
    this.at += found.length;
    return true;
  }
}
