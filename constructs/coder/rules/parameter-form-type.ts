import { quoted } from "./reading/literal";
import { parameters } from "./reading/parameters";
import type { Rule } from "./rule";

interface FormTypes {
  readonly withOptions: readonly string[];
  readonly withoutOptions: readonly string[];
}

/** Which widgets the coder provider allows for which type. */
const FORM_TYPES: ReadonlyMap<string, FormTypes> = new Map([
  ["string", { withOptions: ["radio", "dropdown"], withoutOptions: ["input", "textarea"] }],
  ["number", { withOptions: ["radio", "dropdown"], withoutOptions: ["input", "slider"] }],
  ["bool", { withOptions: ["radio", "dropdown"], withoutOptions: ["checkbox", "switch"] }],
  ["list(string)", { withOptions: ["radio", "multi-select"], withoutOptions: ["tag-select"] }],
]);

/** A form type that does not fit makes a parameter that no workspace can be created with. */
export const parameterFormType: Rule = {
  id: "parameter-form-type",
  level: "error",
  check: (tree) =>
    parameters(tree).flatMap(({ element: { address }, type, formType, options }) => {
      if (type === undefined) return [];
      const formTypes = FORM_TYPES.get(type);
      if (formTypes === undefined)
        return [
          {
            address,
            message: `type must be ${oneOf([...FORM_TYPES.keys()])}, got ${quoted(type)}; choose one of them`,
          },
        ];
      if (formType === undefined || formType === "" || options === undefined) return [];
      const [allowed, which] =
        options.length > 0 ? [formTypes.withOptions, "with"] : [formTypes.withoutOptions, "without"];
      if (allowed.includes(formType)) return [];
      return [
        {
          address,
          message: `form_type must be ${oneOf(allowed)} for the type ${quoted(type)} ${which} options, got ${quoted(formType)}; choose one of them or leave it out`,
        },
      ];
    }),
};

function oneOf(names: readonly string[]): string {
  return names.map(quoted).join(" or ");
}
