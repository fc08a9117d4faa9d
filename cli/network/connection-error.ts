/** Where an attempt to reach a server ended. */
export type Stage = "lookup" | "connect" | "proxy" | "tls";

/** A connection that did not come about. */
export class ConnectionError extends Error {
  public override readonly name = "ConnectionError";

  /**
   * @param goError - what Envbuilder, a Go program, prints in this case
   * @param explanation - the same in plain words, with what to do
   */
  public constructor(
    public readonly stage: Stage,
    public readonly code: string,
    public readonly goError: string,
    public readonly explanation: string,
  ) {
    super(goError);
  }

  /** The same, of the connection to a proxy. */
  public atProxy(): ConnectionError {
    return new ConnectionError(
      "proxy",
      this.code,
      `proxyconnect tcp: ${this.goError}`,
      `The proxy: ${this.explanation}`,
    );
  }
}
