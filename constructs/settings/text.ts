import { stretches, withStandIns } from "./stretches";

/** A place in a text that Terraform fills in. */
export interface Interpolation {
  /** A string that is one `${…}` reference or one token. */
  readonly reference: string;
  /**
   * What is done to the value before it is put in: `percent` encodes it for the user information of a URL, `base64` is
   * RFC 4648's, and `base64-decoded` undoes that; `csv` doubles quotes, as a quoted field of CSV has them.
   *
   * @default - it is put in as it is
   */
  readonly encoding?: "percent" | "base64" | "base64-decoded" | "csv";
  /**
   * Whether Terraform has to be told that the value is sensitive, because its origin does not say so.
   *
   * @default false
   */
  readonly markSensitive?: boolean;
}

/** A place in a text that Terraform fills in with a JSON document of other texts. */
export interface JsonDocument {
  /** The document: names, which may be references, and what is under them. */
  readonly json: JsonObject;
  /**
   * What is done to the document before it is put in: `base64` is RFC 4648's.
   *
   * @default - it is put in as it is
   */
  readonly encoding?: "base64";
}

/** An object of a JSON document. */
export interface JsonObject {
  readonly [name: string]: Text | JsonObject;
}

/**
 * A text as pieces: strings, which may hold references, values that have to be encoded first, and JSON documents. Plain data,
 * so that the settings need no framework; the edge turns it into an expression.
 */
export type Text = readonly (string | Interpolation | JsonDocument)[];

/** Whether what stands in a JSON document is a text. */
export function isJsonText(value: Text | JsonObject): value is Text {
  return Array.isArray(value);
}

/** Whether a string holds a Terraform reference or directive, so that its value is known only when Terraform runs. */
export function hasReference(value: string): boolean {
  return stretches(value).some(({ isReference }) => isReference);
}

/** Whether two texts say the same. */
export function sameText(one: Text, other: Text): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The text where nothing in it is left to Terraform. */
export function literalOf(text: Text): string | undefined {
  const pieces = text.map((piece) => (typeof piece === "string" && !hasReference(piece) ? piece : undefined));
  return pieces.includes(undefined) ? undefined : pieces.join("");
}

/** All of the text that is known before Terraform runs. */
export function knownPart(text: Text): string {
  return text.map((piece) => (typeof piece === "string" ? withStandIns(piece, "") : "")).join("");
}
