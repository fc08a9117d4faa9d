import { type Server, createServer } from "node:http";

import { settings } from "./settings";

/**
 * What of a Git server hands out tokens by OAuth: one account, with one token. Lives as long as the test that starts it, which
 * stands in for the person who signs in.
 */
export class GitAccounts {
  public static async start(token: string): Promise<GitAccounts> {
    const server = createServer((request, response) => {
      const isToken = request.url?.startsWith("/token") === true;
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(isToken ? { access_token: token, token_type: "bearer" } : { username: "dev" }));
    });
    await new Promise<void>((resolve) => server.listen(settings.accountsPort, "127.0.0.1", resolve));
    return new GitAccounts(server);
  }

  private constructor(private readonly server: Server) {}

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
