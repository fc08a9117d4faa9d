import { Fn, TerraformLocal, type TerraformStack } from "cdktf";
import { docker, output } from "./elements";
import { programs } from "./program";

function local(stack: TerraformStack, name: string, value: unknown): TerraformLocal {
  return new TerraformLocal(stack, name, value);
}

export const locals = programs("local", {
  "falsy-values": (stack) => {
    docker(stack);
    local(stack, "f", false);
    local(stack, "z", 0);
    local(stack, "e", "");
    output(stack, "o", "${local.f}-${local.z}-${local.e}");
  },
  "strings-like-other-things": (stack) => {
    docker(stack);
    const values = {
      n: "042",
      n2: "42",
      br: "[x] y",
      cu: '{"a":1}',
      li: '["a", "b"]',
      em: "[]",
      html: '{"a":"<b>"}',
      unsorted: '{"b":1,"a":2}',
      float: "[1.50]",
      ml: "a\nb",
      bs: "a\\d",
      q: 'a "${1 + 1}"',
      t: "true",
      nu: "null",
    };
    for (const [name, value] of Object.entries(values)) local(stack, name, value);
    output(
      stack,
      "o",
      `\${[${Object.keys(values)
        .map((name) => `local.${name}`)
        .join()}]}`,
    );
  },
  numbers: (stack) => {
    docker(stack);
    for (const [i, value] of [5, -1.5, 1e21, 0.1].entries()) local(stack, `n${i}`, value);
    output(stack, "o", "${[local.n0, local.n1, local.n2, local.n3]}");
  },
  "null-and-empty": (stack) => {
    docker(stack);
    local(stack, "nu", { a: null, b: [], c: {} });
    output(stack, "o", "${local.nu}");
  },
  "merged-objects": (stack) => {
    docker(stack);
    const base = local(stack, "base", { K: "v" });
    local(
      stack,
      "all",
      Fn.merge([base.expression, { HTTPS_PROXY: "http://proxy.example:3128", NO_PROXY: "localhost,.example", for: 1 }]),
    );
    local(
      stack,
      "two",
      Fn.merge([{ A_LONG_NAME: "a long value, so" }, { ANOTHER_LONG_NAME: "that lines must break" }]),
    );
    output(stack, "o", "${[local.all, local.two]}");
  },
  "hyphens-and-blanks": (stack) => {
    docker(stack);
    local(stack, "a-b", { "k k": 1 });
    output(stack, "o", "${local.a-b}");
  },
  "reference-as-key": (stack) => {
    docker(stack);
    local(stack, "k", "x");
    output(stack, "o", { "${local.k}": "v", "a ${local.k}": "w", 'q"': 1, "$${x}": 2, "": 3, é: 4 });
  },
});
