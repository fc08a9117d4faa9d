import { fromBER } from "asn1js";

/** The part of a node of asn1js that is read here. */
interface Asn1Node {
  readonly idBlock: { readonly tagClass: number; readonly tagNumber: number };
  readonly valueBlock: object;
  readonly valueBeforeDecodeView: Uint8Array;
}

/** The class of a tag, as X.690 numbers them and asn1js does: one more than in the encoding. */
const CONTEXT = 3;

/** One element of a DER encoding. */
export class Der {
  /** @throws when the bytes are no such encoding */
  public static read(bytes: Uint8Array): Der {
    const { offset, result } = fromBER(bytes);
    if (offset === -1 || result.error) throw new Error(`malformed ASN.1: ${result.error}`);
    return new Der(result);
  }

  private constructor(private readonly node: Asn1Node) {}

  /** All bytes, tag and length included. */
  public get raw(): Buffer {
    return Buffer.from(this.node.valueBeforeDecodeView);
  }

  /** The bytes of a primitive value, without tag and length. */
  public get content(): Buffer {
    const raw = this.raw;
    const first = raw[1] ?? 0;
    return raw.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
  }

  public get children(): readonly Der[] {
    const value = "value" in this.node.valueBlock ? this.node.valueBlock.value : undefined;
    return Array.isArray(value) ? value.map((one: Asn1Node) => new Der(one)) : [];
  }

  /** The number of a tag that its context gives a meaning to, such as [0]. */
  public get contextTag(): number | undefined {
    const { tagClass, tagNumber } = this.node.idBlock;
    return tagClass === CONTEXT ? tagNumber : undefined;
  }

  /** The number of a universal tag, such as 6 for an object identifier. */
  public get tag(): number | undefined {
    const { tagClass, tagNumber } = this.node.idBlock;
    return tagClass === CONTEXT ? undefined : tagNumber;
  }

  /** An object identifier with dots, or the text of a string. */
  public get text(): string {
    const read = "getValue" in this.node && typeof this.node.getValue === "function" ? this.node.getValue() : undefined;
    return typeof read === "string" ? read : this.content.toString("latin1");
  }

  public get flag(): boolean {
    return (this.content[0] ?? 0) !== 0;
  }

  /** A whole number; undefined where it is larger than any that is counted with. */
  public get number(): number | undefined {
    const { content } = this;
    if (content.length > 5) return undefined;
    return content.reduce((sum, byte) => sum * 256 + byte, 0);
  }
}
