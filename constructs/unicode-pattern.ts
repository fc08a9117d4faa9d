/** What the classes of Unicode that we use hold of ASCII. */
const IN_ASCII: Readonly<Record<string, string>> = {
  "\\p{L}": "A-Za-z",
  "\\p{N}": "0-9",
  "\\p{C}": "\\0-\\x1f\\x7f",
  "\\P{C}": " -~",
  "\\p{M}": "",
  "\\p{Cf}": "",
  "\\p{ID_Start}": "A-Za-z",
  "\\p{ID_Continue}": "A-Za-z0-9_",
};

/**
 * A regular expression with classes of Unicode in brackets, such as `[\p{L}_]`, in flag `u`.
 *
 * V8 builds tables for them, for all of them together a thirtieth of a process that synthesizes one template. Text of ASCII
 * alone, which is most, is held to what they mean there.
 *
 * @internal
 */
export class UnicodePattern {
  private readonly source: string;
  private readonly flags: string;
  private ascii: RegExp | undefined;
  private unicode: RegExp | undefined;

  /** @param flags - without `u` */
  public constructor(source: string, flags = "") {
    this.source = source;
    this.flags = `${flags}u`;
  }

  /** The expression for a text. */
  public for(text: string): RegExp {
    if (!isAscii(text)) return (this.unicode ??= new RegExp(this.source, this.flags));
    return (this.ascii ??= new RegExp(
      this.source.replaceAll(/\\p\{\w+\}/gi, (name) => IN_ASCII[name] ?? name),
      this.flags,
    ));
  }

  /** Whether it is found in a text. */
  public test(text: string): boolean {
    return this.for(text).test(text);
  }
}

/** A blank, the end of a line, or whatever else is not to be seen. @internal */
export const BLANK = new UnicodePattern(String.raw`[\s\p{C}]`);

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- they are a part of it
  return /^[\0-\x7f]*$/.test(text);
}
