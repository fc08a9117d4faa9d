/** Something in the environment that is not as it should be. */
export interface Ailment {
  /** Stable and speaking. */
  readonly code: string;
  /** `error` breaks something for certain, `warning` breaks some programs. */
  readonly level: "error" | "warning";
  /** What is set, what becomes of it and what to do. Never a user or a password. */
  readonly message: string;
}
