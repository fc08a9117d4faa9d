import { type Server, type Socket, connect, createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";

import type { Certificate } from "../certificates";

const open = new Set<Server>();
const sockets = new Set<Socket>();

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of open) server.close();
});

async function listening(server: Server): Promise<number> {
  open.add(server);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A server of TCP on loopback that does as it is told with each connection. Returns its port. */
export async function tcpServer(serve: (socket: Socket) => void): Promise<number> {
  return await listening(createServer(serve));
}

/** A server of TLS that presents a chain, its own certificate first. Returns its port. */
export async function tlsServer(chain: readonly Certificate[], alpn?: readonly string[]): Promise<number> {
  const server = createTlsServer({
    cert: chain.map(({ pem }) => pem).join(""),
    key: chain[0]?.keyPem ?? "",
    ...(alpn === undefined ? {} : { ALPNProtocols: [...alpn] }),
  });
  server.on("tlsClientError", () => undefined);
  return await listening(server);
}

/** A proxy that connects every tunnel to one port of loopback. Returns its port. */
export async function tunnelTo(
  port: number,
  onRequest: (head: string) => string | undefined = () => undefined,
): Promise<number> {
  return await tcpServer((client) => {
    let head = "";
    const read = (data: Buffer) => {
      head += data.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      client.off("data", read);
      const refusal = onRequest(head);
      if (refusal !== undefined) {
        client.end(refusal);
        return;
      }
      const server = connect(port, "127.0.0.1");
      server.on("error", () => client.destroy());
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(server).pipe(client);
    };
    client.on("data", read);
  });
}
