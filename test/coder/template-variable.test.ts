import { TerraformLocal, TerraformVariable } from "cdktf";
import { refusedBy } from "../refusal";
import { annotations, block, filesOf, local, testTemplate, token, treeOf } from "../util";

describe("CoderTemplate.variable", () => {
  test("fails with sensitive-variable-validation, because Terraform shows what it refuses", () => {
    const template = testTemplate();
    const validation = [{ condition: '${var.token != ""}', errorMessage: "Give a token." }];

    expect(refusedBy(() => template.variable("token", { description: "A token.", sensitive: true, validation }))).toBe(
      "sensitive-variable-validation",
    );
    expect(() => template.variable("open", { description: "No secret.", validation })).not.toThrow();
  });

  test("declares a string without default: Coder asks for it at push", () => {
    const template = testTemplate();

    const variable = template.variable("token", { description: "A token." });
    new TerraformLocal(template, "copy", variable.stringValue);

    expect(block(treeOf(template), "var.token")).toEqual({ description: "A token.", type: "string" });
    expect(local(treeOf(template), "copy")).toBe("${var.token}");
  });

  test("declares what it is told", () => {
    const template = testTemplate();

    template.variable("https_proxy", {
      description: "The proxy.",
      type: "string",
      default: "http://proxy.example.com:3128",
      validation: [{ condition: '${var.https_proxy != ""}', errorMessage: "Give a proxy." }],
    });

    expect(block(treeOf(template), "var.https_proxy")).toEqual({
      description: "The proxy.",
      type: "string",
      default: "http://proxy.example.com:3128",
      validation: [{ condition: '${var.https_proxy != ""}', error_message: "Give a proxy." }],
    });
  });

  test.each([
    ["", "string"],
    ["x", "string"],
    [0, "number"],
    [false, "bool"],
    [[], "list(string)"],
    [["a", "b"], "list(string)"],
    [[1, 2], "list(number)"],
    [[true], "list(bool)"],
    [{}, "map(string)"],
    [{ a: "b" }, "map(string)"],
    [{ a: 1 }, "map(number)"],
  ])("takes the type of the default %j", (value, type) => {
    const template = testTemplate();

    template.variable("x", { description: "…", default: value, type: undefined });

    expect(block(treeOf(template), "var.x")).toMatchObject({ type, default: value });
  });

  test.each([[["a", 1]], [[{ name: "a" }]], [{ a: { b: "c" } }], [[null]]])(
    "fails on the default %j without a type",
    (value) => {
      expect(() => testTemplate().variable("x", { description: "…", default: value })).toThrow(
        "variable x has a default of no simple type; give its type, such as list(object({ name = string, port = number })) [variable-without-type]",
      );
    },
  );

  test("takes any default with a type", () => {
    const template = testTemplate();

    template.variable("x", { description: "…", type: "list(object({ name = string }))", default: [{ name: "a" }] });

    expect(filesOf(template)["variables.tf"]).toContain("type        = list(object({ name = string }))");
  });

  test("means nothing in a default for Terraform", () => {
    const template = testTemplate();

    template.variable("x", { description: "${…}", default: { a: "echo ${HOME} %{x}" } });

    expect(filesOf(template)["variables.tf"]).toContain('a = "echo $${HOME} %%{x}"');
  });

  test("stands beside constructs of any name", () => {
    const template = testTemplate();

    for (const name of ["coder", "docker", "access_url", "workspace"]) template.variable(name, { description: "…" });

    expect(Object.keys(treeOf(template).variable ?? {})).toEqual(["access_url", "coder", "docker", "workspace"]);
  });

  test.each(["", "1st", "a-b", "a b", "ä", "${var.x}"])("fails on the name %j", (name) => {
    expect(() => testTemplate().variable(name, { description: "…" })).toThrow(
      `variable ${JSON.stringify(name)} must consist of letters, digits and _ and not begin with a digit; write it as "https_proxy" [variable-name-malformed]`,
    );
  });

  test.each(["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"])(
    "fails on Terraform's own word %s",
    (name) => {
      expect(() => testTemplate().variable(name, { description: "…" })).toThrow("is a word of Terraform's own");
    },
  );

  test("fails on null, which Coder takes for no default", () => {
    expect(() => testTemplate().variable("x", { description: "…", default: null })).toThrow("[variable-default-null]");
  });

  test.each([[token("var.y")], [["a", token("var.y")]], [{ a: token("var.y") }], [{ [token("var.y")]: "a" }]])(
    "fails on a token in the default",
    (value) => {
      expect(() => testTemplate().variable("x", { description: "…", default: value })).toThrow(
        "[variable-default-reference]",
      );
    },
  );

  test("fails on a name that is taken, also by a variable of the framework", () => {
    const template = testTemplate();
    template.variable("x", { description: "…" });
    new TerraformVariable(template, "y", { type: "string" });

    expect(() => template.variable("x", { description: "…" })).toThrow(
      'variable "x" must be the only one of its name in the template; rename one of them [variable-twice]',
    );
    expect(() => template.variable("y", { description: "…" })).toThrow("[variable-twice]");
  });

  test.each<[unknown, number]>([
    ["hunter2", 1],
    [{ user: "hunter2" }, 1],
    ["", 0],
    [undefined, 0],
  ])("warns of a sensitive variable with the default %j, which everybody sees, %d times", (value, times) => {
    const template = testTemplate();

    template.variable("password", { description: "…", sensitive: true, default: value });

    const warning = /^warn: variable password is sensitive, and its default stands .* \[sensitive-variable-default\]$/;
    expect(annotations(template)).toEqual(Array(times).fill(expect.stringMatching(warning)));
  });
});
