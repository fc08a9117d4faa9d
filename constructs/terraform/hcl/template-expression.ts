// Templates where an expression is wanted.
import { escaped } from "./quoted-string";
import { isText, loneSequence, templateParts } from "./template-string";

/** What a text that may hold references is inside of an expression: a reference alone keeps its type. */
export function expressionOf(template: string): string {
  return loneSequence(template) ?? quotedTemplate(template);
}

/** A text that may hold references, in quotes as Terraform's native syntax has them. */
export function quotedTemplate(template: string): string {
  const inside = templateParts(template).map((part) =>
    isText(part) ? escaped(part.text) : `${part.open}${part.body}}`,
  );
  return `"${inside.join("")}"`;
}
