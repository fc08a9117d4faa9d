// Random strings of nasty pieces: the same for the same seed.
import { TerraformVariable } from "cdktf";
import { docker, output } from "./elements";
import { programs } from "./program";

const SEED = Number(process.env["SEED"] ?? 1);

const PIECES = [
  ["a", "b c", " ", "  ", "\n", "\n", "\n  ", "\t", '"', "\\", "\\n", "$", "%", "$$", "{", "}", "$${", "%%{"],
  ['${"x"}', '${"a" == "b" ? "q" : "r}"}', '${upper("z${"y"}")}', "%{ if true }T%{ endif }", "EOT", "<<EOT"],
  ["'", "#", "//", "~", "\r\n", "é", "\u0001", "🏡", ":", "=", "/*", "$ {", "%%", "\u00a0"],
].flat();

const STRIPPED = [
  [" ", "  ", "\n", "\n", "\n  ", "\t", "a", "b", '"', "\r\n", '${~ "s" ~}', '${~ "s" }', '${"t" ~}', "\u00a0"],
  ["%{~ if true ~}I%{~ endif ~}", "%{~ if true ~}\n  I\n%{~ endif ~}\n"],
  ['%{ for x in ["1", "2"] ~}\n- ${x}\n%{ endfor ~}\n'],
].flat();

class RandomStrings {
  private state = SEED;

  constructor(private readonly pieces: readonly string[]) {}

  public next(): string {
    let text = "";
    for (let left = 1 + this.below(12); left > 0; left--) {
      const piece = this.pieces[this.below(this.pieces.length)] ?? "";
      if (!wouldOpen(text, piece)) text += piece;
    }
    return text;
  }

  /** At the end of a line, where heredocs come from, as often as not. */
  public nextLine(): string {
    return this.next() + (this.below(2) ? "\n" : "");
  }

  private below(limit: number): number {
    this.state = (this.state * 48271) % 2147483647;
    return this.state % limit;
  }
}

// A sign and a brace would open an interpolation that none of the pieces closes.
function wouldOpen(text: string, piece: string): boolean {
  return (
    (piece.startsWith("{") && /(?:^|[^$])\$$|%$/.test(text)) ||
    (piece.startsWith("%{") && text.endsWith("%")) ||
    (piece.startsWith("${~") && text.endsWith("$"))
  );
}

export const randomStrings = programs("random", {
  templates: (stack) => {
    docker(stack);
    const strings = new RandomStrings(PIECES);
    for (let i = 0; i < 700; i++) output(stack, `o${i}`, strings.nextLine());
  },
  "templates-with-strip-markers": (stack) => {
    docker(stack);
    const strings = new RandomStrings(STRIPPED);
    for (let i = 0; i < 700; i++) output(stack, `o${i}`, strings.nextLine());
  },
  literals: (stack) => {
    docker(stack);
    const strings = new RandomStrings(PIECES);
    for (let i = 0; i < 300; i++) {
      new TerraformVariable(stack, `v${i}`, { type: "string", default: strings.nextLine() });
      output(stack, `o${i}`, `\${var.v${i}}`);
    }
  },
});
