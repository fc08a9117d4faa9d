import { docker, output } from "./elements";
import { programs } from "./program";

const script = "line 1\nline ${terraform.workspace}\n\n  indented\n";

/** Texts of several lines: most can stand in a heredoc, the others must not. */
const texts = {
  blank_lines: "x\n\n \n\t\ny\n",
  indented: "  x\n    y\n",
  mark: "x\n  EOT\ny\n",
  marks: "a\nEOT\nEOT_\n",
  leading_line_ends: "\n\nx\ny\n",
  interpolations: '${"v"}\n  ${"w"}\n',
  directives: "%{ if true }\nyes\n%{ else }\nno\n%{ endif }\nz\n",
  tab: "\tx\ny\n",
  trailing_line_ends: "x\ny\n\n\n",
  unicode: "é\n🏡 x\n",
  no_break_spaces: "a\u00a0\n\u00a0b\n",
  escapes: 'x\ny $${z} %%{w} \\n \\ "q"\n',
  signs: "a\n$b\n$$c\n%d\n$\n",
  combining_mark_after_blank: " \u0301x\ny\n",
  strip_marker: "  %{ if true }\n  a\n  %{~ endif }\nb\n",
  loop: 'a\n  %{ for x in ["1","2"] }\n  - ${x}\n  %{ endfor }\n',
  heredoc_in_script: "#!/bin/sh\nset -e\ncat <<EOF > x\n  EOF\nEOF\n",
  nothing: "\n\n",
  line_separator: "a\u2028\nb\n",
  joiner: "a\u200db\nc\n",
  leading_joiner: "\u200db\nc\n",
  byte_order_mark: "a\ufeff\n\ufeffb\n",
  bell: "x\n\u0007\ny\n",
  no_end: "x\n  y\nz",
  no_end_but_indented: "  x\n  y\nz ",
  no_end_with_mark: "EOT\n${1 + 1}\nEOT",
  no_end_and_carriage_return: "x\r\ny\r\nz",
};

export const strings = programs("string", {
  "texts-of-several-lines": (stack) => {
    docker(stack);
    for (const [name, text] of Object.entries(texts)) output(stack, name, text);
  },
  "texts-in-lists-and-objects": (stack) => {
    docker(stack);
    output(stack, "list", ["a", script, "b", script]);
    output(stack, "list2", ["a", script]);
    output(stack, "list3", [`${script}end`, "a", `${script}end`]);
    output(stack, "map", {
      a: script,
      b: { c: [script, { d: script }], "x y": 1, for: 2, null: 3 },
      e: [],
      f: {},
      g: `${script}end`,
      h: [[1, 2], [3]],
      i: 1e21,
      j: -1.5,
    });
    output(
      stack,
      "long",
      Array.from({ length: 30 }, (_, i) => `element ${i}`),
    );
  },
});
