/**
 * A text in which nothing is meant for Terraform, as Terraform wants it: `${` and `%{` doubled, so that shell scripts need
 * no care. Tokens of the framework stay what they are.
 */
export function escapedForTerraform(text: string): string {
  return text.replaceAll(/\$\{(?!TfToken\[)|%\{/g, (mark) => `${mark[0] ?? ""}${mark}`);
}
