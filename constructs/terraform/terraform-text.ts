/**
 * A text in which nothing is meant for Terraform, as Terraform wants it: `${` and `%{` doubled, so that shell scripts need
 * no care. Tokens of the framework stay what they are.
 */
export function escapedForTerraform(text: string): string {
  return (
    text
      .replaceAll(/\$\{(?!TfToken\[)|%\{/g, (mark) => `${mark[0] ?? ""}${mark}`)
      // A dollar sign before a reference would make text of it.
      .replaceAll(/(\$+)(?=\$\{TfToken\[)/g, '${"$1"}')
  );
}

/**
 * A text that may hold references, in which `%{` is only meant for Terraform where one of its directives follows. The formats
 * of curl, Apache and others have it, too.
 */
export function withoutStrayDirectives(text: string): string {
  return text.replaceAll(/(?<!%)%\{(?!~?\s*(?:if|else|endif|for|endfor)\b)/g, "%%{");
}
