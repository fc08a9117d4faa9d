import { conditional, Fn, Op, TerraformIterator, Token } from "cdktf";
import { DataCoderWorkspacePreset } from "../../../../constructs/providers/coder/data-coder-workspace-preset";
import { DataCoderWorkspaceTags } from "../../../../constructs/providers/coder/data-coder-workspace-tags";
import { coder, named, parameter } from "./elements";
import { programs } from "./program";

export const parameters = programs("parameter", {
  options: (stack) => {
    parameter(stack, {
      default: "a",
      formType: "dropdown",
      option: [
        { name: "A", value: "a" },
        { name: "B", value: "b", icon: "/icon/docker.svg" },
      ],
    });
  },
  "numeric-validation": (stack) => {
    parameter(stack, { type: "number", default: "2", validation: { min: 1, max: 8, monotonic: "increasing" } });
  },
  "validation-from-zero": (stack) => {
    parameter(stack, { type: "number", default: "2", validation: { min: 0, max: 8 } });
  },
  "regex-with-backslash": (stack) => {
    parameter(stack, { default: "1", validation: { regex: "^\\d+$", error: "digits" } });
  },
  "quotes-in-description": (stack) => {
    parameter(stack, { description: 'say "hi"' });
  },
  "backslashes-and-quotes": (stack) => {
    parameter(stack, { description: 'path C:\\x and \\"q\\"' });
  },
  "two-lines": (stack) => {
    parameter(stack, { description: "line one\nline two" });
  },
  "many-lines-without-end": (stack) => {
    parameter(stack, { description: "# Title\n\n* one\n* two `code`\n\n  indented" });
  },
  "markdown-with-escapes": (stack) => {
    parameter(stack, { description: '# T\n\n`$${x}` %%{if} "q" \\ back\\\\slash\n' });
  },
  "styling-as-json": (stack) => {
    parameter(stack, { styling: JSON.stringify({ placeholder: 'x "y"' }) });
  },
  "styling-as-sorted-json": (stack) => {
    const styling = { a: { b: [1, -2, true, null, {}, []] }, "key with blank": "<&>", placeholder: "é\n" };
    const escaped = JSON.stringify(styling).replace("<&>", "\\u003c\\u0026\\u003e");
    parameter(stack, { styling: escaped });
  },
  "styling-as-unsorted-json": (stack) => {
    parameter(stack, { styling: JSON.stringify({ z: "<b>", a: 1.5 }) });
  },
  "styling-by-jsonencode-with-quotes": [
    (stack) => {
      parameter(stack, { styling: Fn.jsonencode({ placeholder: 'x "y"', disabled: false }) });
    },
    { fails: { json: "Missing attribute separator", hcl: '"x " and y stand side by side' } },
  ],
  "list-as-default": (stack) => {
    parameter(stack, { type: "list(string)", default: Fn.jsonencode(["a", "b"]), formType: "tag-select" });
  },
  "count-by-another": (stack) => {
    coder(stack);
    const a = named(stack, "a");
    named(stack, "b", { count: Token.asNumber(conditional(Op.eq(a.value, "x"), 1, 0)), order: 2 });
    named(stack, "c", { count: Token.asNumber(conditional(Op.eq(a.value, "y"), 1, 0)), order: 3 });
  },
  "quotes-beside-reference": (stack) => {
    coder(stack);
    const a = named(stack, "a");
    named(stack, "b", { description: `value "${a.value}" here` });
  },
  tab: (stack) => {
    parameter(stack, { description: "a\tb" });
  },
  "control-character": (stack) => {
    parameter(stack, { description: "é 🏡 \u0001 end" });
  },
  "percent-signs": (stack) => {
    parameter(stack, { description: "100%% sure %%{x} $${y}" });
  },
  "dynamic-options": (stack) => {
    coder(stack);
    const each = TerraformIterator.fromList(["a", "b"]);
    named(stack, "p", { default: "a", option: each.dynamic({ name: each.value, value: each.value }) });
  },
  presets: (stack) => {
    parameter(stack, { default: "a" });
    new DataCoderWorkspacePreset(stack, "preset", {
      name: "small",
      default: true,
      parameters: { p: "a" },
      prebuilds: {
        instances: 1,
        expirationPolicy: { ttl: 86400 },
        scheduling: { timezone: "UTC", schedule: [{ cron: "* 8-18 * * 1-5", instances: 2 }] },
      },
    });
  },
  tags: (stack) => {
    coder(stack);
    const { value } = named(stack, "a");
    new DataCoderWorkspaceTags(stack, "t", {
      tags: { zone: value, "key-dash": "v", "key.dot": "w", cluster: `c-${value}` },
    });
  },
});
