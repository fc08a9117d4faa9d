import { Fn, Token } from "cdktf";
import type { Interpolation, JsonDocument, Text } from "../settings/text";
import { jsonExpression } from "./json-expression";
import { asToken } from "./reference";
import { withoutStrayDirectives } from "./terraform-text";

/** A text as a string for an attribute: what has to be encoded or marked is put into Terraform's functions. */
export function textExpression(text: Text): string {
  return text.map(pieceExpression).join("");
}

function pieceExpression(piece: Text[number]): string {
  if (typeof piece === "string") return withoutStrayDirectives(piece);
  return "json" in piece ? document(piece) : interpolated(piece);
}

function document({ json, encoding }: JsonDocument): string {
  const text = jsonExpression(json, textExpression);
  return encoding === "base64" ? Fn.base64encode(text) : text;
}

function interpolated({ reference, encoding, markSensitive }: Interpolation): string {
  const token = asToken(reference);
  const value = markSensitive ? Token.asString(Fn.sensitive(token)) : token;
  switch (encoding) {
    case "base64":
      return Fn.base64encode(value);
    case "base64-decoded":
      return Fn.base64decode(value);
    case "percent":
      // Terraform encodes for a query, where a blank is a plus sign; in the user information of a URL it is one itself.
      return Fn.replace(Fn.urlencode(value), "+", "%20");
    case "csv":
      return Fn.replace(value, Fn.rawString('"'), Fn.rawString('""'));
    default:
      return value;
  }
}
