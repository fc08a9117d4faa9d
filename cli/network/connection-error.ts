/** Where an attempt to reach a server ended. */
export type Stage = "lookup" | "connect" | "proxy" | "tls";

/** A connection that did not come about. */
export class ConnectionError extends Error {
  public override readonly name = "ConnectionError";

  /**
   * @param goError - what Envbuilder, a Go program, prints in this case
   * @param explanation - the same in plain words, with what to do
   * @param proxyExplanation - of a proxy, where something else has to be done about it
   */
  public constructor(
    public readonly stage: Stage,
    public readonly code: string,
    public readonly goError: string,
    public readonly explanation: string,
    private readonly proxyExplanation?: string,
  ) {
    super(goError);
  }

  /** The same, of the connection to a proxy. */
  public atProxy(): ConnectionError {
    const what = this.stage === "tls" ? "The proxy" : "The proxy cannot be reached";
    return new ConnectionError(
      "proxy",
      this.code,
      `proxyconnect tcp: ${this.goError}`,
      `${what}: ${this.proxyExplanation ?? this.explanation}`,
    );
  }
}
