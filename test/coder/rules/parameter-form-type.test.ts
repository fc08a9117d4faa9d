import { parameterFormType } from "../../../constructs/coder/rules/parameter-form-type";
import { check } from "./template";

const option = [{ name: "a", value: "a" }];

const parameter = (body: Parameters<typeof check>[1]): string[] =>
  check(parameterFormType, { "data.coder_parameter.p": { name: "p", ...body } });

const WITH: Readonly<Record<string, string[]>> = {
  string: ["radio", "dropdown"],
  number: ["radio", "dropdown"],
  bool: ["radio", "dropdown"],
  "list(string)": ["radio", "multi-select"],
};
const WITHOUT: Readonly<Record<string, string[]>> = {
  string: ["input", "textarea"],
  number: ["input", "slider"],
  bool: ["checkbox", "switch"],
  "list(string)": ["tag-select"],
};
const ALL = [...new Set([...Object.values(WITH), ...Object.values(WITHOUT)].flat()), "error", "select"];

const cases = Object.keys(WITH).flatMap((type) =>
  ALL.flatMap((form_type) =>
    [true, false].map((options) => ({
      type,
      form_type,
      options,
      allowed: ((options ? WITH : WITHOUT)[type] ?? []).includes(form_type),
    })),
  ),
);

describe("parameter-form-type", () => {
  test.each(cases.filter(({ allowed }) => allowed))("accepts $form_type for $type, options: $options", (one) => {
    expect(parameter({ type: one.type, form_type: one.form_type, ...(one.options ? { option } : {}) })).toEqual([]);
  });

  test.each(cases.filter(({ allowed }) => !allowed))("refuses $form_type for $type, options: $options", (one) => {
    const allowed = ((one.options ? WITH : WITHOUT)[one.type] ?? []).map((name) => `"${name}"`).join(" or ");

    expect(parameter({ type: one.type, form_type: one.form_type, ...(one.options ? { option } : {}) })).toEqual([
      `data.coder_parameter.p: form_type must be ${allowed} for the type "${one.type}" ${one.options ? "with" : "without"} ` +
        `options, got "${one.form_type}"; choose one of them or leave it out`,
    ]);
  });

  test("refuses an unknown type", () => {
    expect(parameter({ type: "boolean" })).toEqual([
      'data.coder_parameter.p: type must be "string" or "number" or "bool" or "list(string)", got "boolean"; choose one of them',
    ]);
  });

  test("takes string where the type is left out", () => {
    expect(parameter({ form_type: "textarea" })).toEqual([]);
    expect(parameter({ form_type: "slider" })).toHaveLength(1);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["the form type", { form_type: "${var.t}" }],
    ["the type", { type: "${var.t}", form_type: "slider" }],
    ["the options", { form_type: "dropdown", option: "${var.options}" }],
    ["nothing, where neither is set", {}],
  ])("accepts what an expression makes of %s", (_what, body) => {
    expect(parameter(body)).toEqual([]);
  });
});
