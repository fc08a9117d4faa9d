import { array, assert, constantFrom, property } from "fast-check";
import { scanExpression, scanTemplate } from "../../../../constructs/coder/rules/reading/template-scanner";

const names = (text: string): string[] => scanTemplate(text).traversals.map((traversal) => traversal.text);

describe("scanTemplate", () => {
  test.each<[string, string[]]>([
    ["plain", []],
    ["docker_container.x outside", []],
    ["${docker_container.x.id}", ["docker_container.x.id"]],
    ["a ${ var.a } b ${local.b}", ["var.a", "local.b"]],
    ["${~ var.a ~}", ["var.a"]],
    ["$${var.a} %%{if var.a}", []],
    ["$${var.a} ${var.b}", ["var.b"]],
    ["$ {var.a} $var.a", []],
    ["%{if var.a}x%{else}${var.b}%{endif}", ["var.a", "var.b"]],
    ['${upper(var.a)}-${join(",", [local.a, local.b])}', ["var.a", "local.a", "local.b"]],
    ['${"text var.a ${var.b} \\" } var.c"}', ["var.b"]],
    ['${"$${var.a}"}', []],
    ['${"}"}${var.a}', ["var.a"]],
    ["${var.a ? local.b : data.t.n.id}", ["var.a", "local.b", "data.t.n.id"]],
    ["${{ a = var.a, (local.k) : { b = var.b } }}", ["var.a", "local.k", "var.b"]],
    ["${[for k, v in var.m : upper(k) if v != local.no]}", ["var.m", "local.no"]],
    ["${docker_container.x[*].id}", ["docker_container.x[*].id"]],
    ["${docker_container.x.*.id}", ["docker_container.x.*.id"]],
    ["${docker_container.x.0.id}", ["docker_container.x.0.id"]],
    ['${docker_container.x["a"].id}', ['docker_container.x["a"].id']],
    ["${docker_container.x[var.i].id}", ["var.i", "docker_container.x[var.i].id"]],
    ["${one(docker_container.x).id}", ["docker_container.x"]],
    ['${split(".", var.a)[0]}', ["var.a"]],
    ["${provider::coder::f(var.a).b}", ["var.a"]],
    ["${max(var.a...)}", ["var.a"]],
    ["${1.5 + var.a * 2e3}", ["var.a"]],
    ["${var.a /* var.b */ + 1 // var.c\n + var.d # var.e\n}", ["var.a", "var.d"]],
    ["${<<EOT\nvar.a ${var.b}\nEOT\n}${var.c}", ["var.b", "var.c"]],
    ["${<<-EOT\n  } ${var.b}\n  EOT\n}${var.c}", ["var.b", "var.c"]],
    ["${var.with-hyphen}", ["var.with-hyphen"]],
    ["${var.never.closed", ["var.never.closed"]],
  ])("%s", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test("returns the text around the expressions with its escapes undone", () => {
    expect(scanTemplate("a $${b} ${var.c} %%{d} %{if true}e%{endif}").literals).toEqual(["a ${b} ", " %{d} ", "e", ""]);
  });

  test("comes to an end and keeps text without sequences, whatever it reads", () => {
    const text = array(
      constantFrom(...'$%{}()[]"\\.*~:?<-#/ a1'.split(""), "\n", "<<E\n", "/*", "for ", "${", "%{"),
    ).map((parts) => parts.join(""));

    assert(
      property(text, (any) => {
        const { literals } = scanTemplate(any);

        expect(/[$%]\{/.test(any) || literals.join("") === any).toBe(true);
      }),
    );
  });

  test("tells steps and enclosing functions", () => {
    expect(scanTemplate('${try(one(t.n[0]["k"].a), t.m[var.i][*])}').traversals).toEqual([
      {
        root: "t",
        steps: [
          { kind: "attribute", name: "n" },
          { kind: "index", literal: true },
          { kind: "index", literal: true },
          { kind: "attribute", name: "a" },
        ],
        functions: ["try", "one"],
        text: 't.n[0]["k"].a',
      },
      { root: "var", steps: [{ kind: "attribute", name: "i" }], functions: ["try"], text: "var.i" },
      {
        root: "t",
        steps: [{ kind: "attribute", name: "m" }, { kind: "index", literal: false }, { kind: "splat" }],
        functions: ["try"],
        text: "t.m[var.i][*]",
      },
    ]);
  });
});

describe("scanExpression", () => {
  test("reads a bare address", () => {
    expect(scanExpression("data.coder_parameter.x").map(({ text }) => text)).toEqual(["data.coder_parameter.x"]);
  });
});
