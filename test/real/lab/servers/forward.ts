import { type Server, connect, createServer } from "node:net";

export interface Forward {
  readonly address: string;
  readonly port: number;
  readonly to: { readonly address: string; readonly port: number };
}

/** Another address of a server; TLS passes through, so that the server speaks for itself. */
export function forward(route: Forward): Server {
  return createServer((client) => {
    const server = connect(route.to.port, route.to.address);
    client.pipe(server).pipe(client);
    const close = () => {
      client.destroy();
      server.destroy();
    };
    client.on("error", close);
    server.on("error", close);
  }).listen(route.port, route.address);
}
