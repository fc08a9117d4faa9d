// Parameters as Coder's evaluator sees them before there is a plan, and as the plan has them.
import { parseJson } from "../lab/json";
import type { Preview } from "../lab/preview";

/** What both know of a parameter. */
interface SeenParameter {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly options: readonly string[];
  readonly validations: number;
  readonly diagnostics: readonly string[];
}

interface PlannedData {
  readonly type: string;
  readonly values: { readonly name: string; readonly description: string | null; readonly type: string } & {
    readonly option: readonly { readonly name: string; readonly value: string }[] | null;
    readonly validation: readonly unknown[] | null;
  };
}

interface PlannedState {
  readonly prior_state?: {
    readonly values?: { readonly root_module?: { readonly resources?: readonly PlannedData[] } };
  };
}

/** The parameters of a preview, by name. */
export function previewedParameters(preview: Preview | undefined): SeenParameter[] {
  const seen = (preview?.parameters ?? []).map((parameter): SeenParameter => {
    const { name, description, type, options, validations, diagnostics } = parameter;
    return {
      name,
      description,
      type,
      options: (options ?? []).map((option) => `${option.name}=${option.value.value}`),
      validations: (validations ?? []).length,
      diagnostics: (diagnostics ?? []).map(({ summary, detail }) => `${summary}: ${detail}`),
    };
  });
  return byName(seen);
}

/** The parameters of a plan, by name; where nothing is wrong there are no diagnostics. */
export function plannedParameters(plan = "{}"): SeenParameter[] {
  const { prior_state: state } = parseJson<PlannedState>(plan);
  const data = (state?.values?.root_module?.resources ?? []).filter(({ type }) => type === "coder_parameter");
  return byName(
    data.map(({ values: { name, description, type, option, validation } }) => ({
      name,
      description: description ?? "",
      type,
      options: (option ?? []).map((one) => `${one.name}=${one.value}`),
      validations: (validation ?? []).length,
      diagnostics: [],
    })),
  );
}

function byName(parameters: readonly SeenParameter[]): SeenParameter[] {
  return [...parameters].sort((a, b) => (a.name < b.name ? -1 : 1));
}
