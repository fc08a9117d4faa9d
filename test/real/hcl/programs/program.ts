import type { TerraformStack } from "cdktf";

/** Fills a stack with one feature of the Terraform language. */
export type Build = (stack: TerraformStack) => void;

/** What a program needs besides its constructs, or what is expected of it if it does not simply plan. */
export interface ProgramOptions {
  /** Files that stand beside the Terraform, such as a local module: path to content. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * What the error of each form says, wherever it comes from: cdktf, the writer or Terraform.
   *
   * A form that is not named plans; two forms that do so plan the same.
   */
  readonly fails?: { readonly json?: string; readonly hcl?: string };
  /** Whether it has modules or a backend, which `terraform init` has to see. */
  readonly ownInit?: boolean;
  /** Why `terraform fmt` would change something. Everything else is as it formats it. */
  readonly unformatted?: string;
}

/** A stack that is synthesized in both of Terraform's syntaxes, and planned in both. */
export interface Program extends ProgramOptions {
  /** Also the name of the stack. */
  readonly name: string;
  readonly build: Build;
}

/** The programs of a group, by what they are about. */
export function programs(group: string, all: Readonly<Record<string, Build | [Build, ProgramOptions]>>): Program[] {
  return Object.entries(all).map(([about, entry]) => {
    const [build, options] = Array.isArray(entry) ? entry : [entry, {}];
    return { ...options, name: `${group}-${about}`, build };
  });
}
