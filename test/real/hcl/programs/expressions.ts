import { Fn, TerraformLocal } from "cdktf";
import { docker, output } from "./elements";
import { programs } from "./program";

const expressions = {
  negation: "${-1}",
  not: "${!true}",
  list_for: '${[for x in local.l:upper(x) if x!="a"]}',
  object_for: "${{for k,v in local.m:k=>v...}}",
  splat: "${local.l[*]}",
  conditional: '${local.l[0]==local.l[1]?"x":"y-${local.l[0]}"}',
  arithmetic: "${1+-2*3%4/5}",
  parentheses: "${((1+2)*3)}",
  outer_parentheses: '${(local.m["b c"])}',
  object_in_text: "x${ {a=1}.a }y",
  directive: "%{if true}yes%{else}no%{endif}",
  loop: "%{ for x in local.l }${x},\n%{ endfor }\n",
  strip_alone: '${~ "a" ~} b',
  strip_between: '${"a"} ${~ "b" ~} c',
  strip_to_a_number: " ${~ 5 ~} ",
  strip_to_a_boolean: "${true ~} ",
  strip_after_dollar: 'a$ ${~ "b" } c',
  strip_after_percent: "a%% %{~ if true }b%{ endif }",
  logic: "${length(local.l)>1&&!false||false}",
  empty_object: "${ {} }",
  empty_list: "${[]}",
  nested_objects: "${{a={b=[1,2]}}.a.b[1]}",
  lines: "${\n  1 +\n  2\n}",
  lines_in_text: "v: ${\n  3\n}\n\nz\n",
  for_in_template: '${[for k, v in { a = 1 } : "${k}=${v}"][0]}',
  null: "${try(local.m.zz, null)}",
  escapes: '${"\\"q\\" \\\\ \\n \\u00e9 \\U0001F3E1"}',
  format: '${format("%s-%%", "a")}',
  expansion: "${max([1,2]...)}",
  legacy_index: "${local.l.0}",
  exponent: "${1.5e3}",
  escaped_dollar: '$$${"x"}',
  escaped_twice: "$${a}$${b}",
  jsonencode: '${jsonencode({"a":1,b=2})}',
  dollar: "$",
  dollar_brace: "$x{",
  percent: "%",
  escapes_in_template: '${"$${z} %%{q}"}',
  negative_in_conditional: "${true ? -1 : (-2)}",
  for_without_blank: '${[for x in ["a"]: x]}',
  index: "${local.l[length(local.l)-1]}",
  condition_in_parentheses: '${(local.l[0] == "a") ? 1 : 0}',
  conditional_in_parentheses: "${(true ? false : true) ? 1 : 0}",
  condition_of_condition: '${((local.l[0] == "a") && (1 == 1)) ? (true ? 1 : 2) : 0}',
  quoted_keys: '${{"a" = 1, "b c" : 2, "for" = 3, (local.l[0]) = 4, "${local.l[1]}" = 5}}',
  quotes_in_nested: '${"a # ${upper("b // c")} /* d"}',
};

/** Too long for a line. */
const long = {
  merge: '${merge(local.m, {"HTTPS_PROXY"="http://proxy.example:3128","no_proxy":"localhost,127.0.0.1,.example.com"})}',
  merge_of_two: '${merge({first="a value that is rather long", a=1}, {second="another value that is long", b=2})}',
  objects: '${[{name="first element of the list",value=1},{name="second element of the list",value=[1,2,3]}]}',
  for: '${[for k, v in {first="a value that is rather long",second="another value that is long"}:"${k}=${v}" if v!=""]}',
  object_for:
    '${{for k, v in {first="a value that is rather long",second="another one"}:upper(k)=>lower(v)...if v!=""}}',
  conditional:
    '${length(local.l) > 1 ? merge(local.m, {name="a value that is rather long"}) : merge(local.m, {other=""})}',
  nested: '${jsonencode({proxy={https="http://proxy.example:3128",hosts=["localhost","127.0.0.1"]},list=[1,2,3]})}',
  calls: '${join(",", concat(["a rather long element", "another long element"], [for x in local.l : "element ${x}"]))}',
  expansion: '${merge([for x in local.l : {"${x}" = "a value that is rather long, so that it does not fit"}]...)}',
  index: '${lookup({key="a value that is rather long", other="another value that is rather long"}, "key", local.l[0])}',
  text: '${"a text that is rather long and cannot be written over several lines: ${upper("like this one")}"}',
  operators:
    '${local.l[0] == "a rather long text that" && local.l[1] == "cannot be broken" || local.l[0] == "anywhere"}',
  parentheses:
    '${("${local.l[0]} a rather long text" == "${local.l[1]} that is in parentheses" ? 1 : 2) + (3 + 4) * 5}',
};

export const expressionPrograms = programs("expression", {
  forms: (stack) => {
    docker(stack);
    new TerraformLocal(stack, "l", ["a", "b"]);
    new TerraformLocal(stack, "m", { a: 1, "b c": 2 });
    for (const [name, expression] of Object.entries(expressions)) output(stack, name, expression);
  },
  "long-forms": (stack) => {
    docker(stack);
    new TerraformLocal(stack, "l", ["a", "b"]);
    new TerraformLocal(stack, "m", { a: "1", "b c": "2" });
    for (const [name, expression] of Object.entries(long)) {
      output(stack, name, expression);
      output(stack, `${name}_in_list`, [expression, { key: expression }]);
      output(stack, `${name}_in_text`, `a ${expression.startsWith("${join") ? expression : "b"} c`);
    }
  },
  "forms-whose-layout-stays": [
    (stack) => {
      docker(stack);
      output(stack, "strip_marker", '${upper("a ${~ "b" ~} \\n c")}');
      output(stack, "heredoc", "${<<EOT\nh\nEOT\n}");
      output(stack, "comment", "${/* c */ 1}");
      output(stack, "object", "${{\n  a = 1\n  b = 2 }}");
      output(stack, "parentheses", "${(\n  1 + # one\n 2)}");
    },
    { unformatted: "what is in such an expression stays as it is" },
  ],
  functions: (stack) => {
    docker(stack);
    const map = new TerraformLocal(stack, "m", { a: "x", b: "y" });
    output(stack, "merge", Fn.merge([map.expression, { c: "z", "d e": 'q "r"'.replaceAll('"', "'") }]));
    output(stack, "lookup", Fn.lookup(map.expression, "a", "none"));
    output(stack, "format", Fn.format("%s and %d", ["text", 2]));
    output(stack, "conditional", Fn.conditional(Fn.contains(Fn.keys(map.expression), "a"), "yes", "no"));
    output(stack, "raw", Fn.rawString('a "b" \\ $${c}'));
    output(stack, "template", Fn.join(", ", Fn.sort(Fn.values(map.expression))));
  },
});
