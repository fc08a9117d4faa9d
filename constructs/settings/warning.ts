/** Something that is allowed and probably not meant. */
export interface Warning {
  /** Stable and speaking, such as `ca-expires-soon`. */
  readonly id: string;
  /** What happens and what to do about it: lower case, no full stop. */
  readonly message: string;
}
