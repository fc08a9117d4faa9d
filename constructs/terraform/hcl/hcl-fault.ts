/** Something that cannot be written as Terraform; whoever knows where it stands adds the place in front. */
export class HclFault extends Error {
  public override readonly name = "HclFault";

  /** The same fault, seen from one level further out. */
  public at(place: string): HclFault {
    return new HclFault(`${place}: ${this.message}`);
  }
}
