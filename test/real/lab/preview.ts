import { command } from "./command";
import { parseJson } from "./json";
import { terraformEnvironment, tool } from "./tools";

/** What Coder's evaluator of dynamic parameters says of a template, in its own words and names. */
export interface Preview {
  readonly diagnostics: readonly PreviewDiagnostic[];
  readonly parameters: readonly PreviewParameter[];
  readonly presets: readonly PreviewPreset[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface PreviewDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
}

export interface PreviewValue {
  readonly value: string;
  readonly valid: boolean;
}

export interface PreviewParameter {
  readonly name: string;
  readonly display_name: string;
  readonly description: string;
  readonly type: string;
  readonly form_type: string;
  readonly mutable: boolean;
  readonly required: boolean;
  readonly order: number;
  readonly icon: string;
  readonly ephemeral: boolean;
  readonly default_value: PreviewValue;
  readonly value: PreviewValue;
  readonly options: readonly {
    readonly name: string;
    readonly description: string;
    readonly icon: string;
    readonly value: PreviewValue;
  }[];
  readonly validations: readonly Readonly<Record<string, unknown>>[];
  readonly styling: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly PreviewDiagnostic[];
}

export interface PreviewPreset {
  readonly name: string;
  readonly default: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  readonly diagnostics: readonly PreviewDiagnostic[];
}

/** Evaluates a template directory with these values of its parameters, as the form of a new workspace does. */
export async function preview(directory: string, values: Readonly<Record<string, string>> = {}): Promise<Preview> {
  const args = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  const { stdout } = await command(tool("previewjson"), [directory, ...args], { env: terraformEnvironment() });
  const read = parseJson<{ [Key in keyof Preview]?: Preview[Key] | null }>(stdout);
  return {
    diagnostics: read.diagnostics ?? [],
    parameters: read.parameters ?? [],
    presets: read.presets ?? [],
    tags: read.tags ?? {},
  };
}
