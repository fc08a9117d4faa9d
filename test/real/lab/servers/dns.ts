import { createSocket } from "node:dgram";

/**
 * Knows no name: NXDOMAIN for everything, as a company's DNS that leaves public names to the proxy.
 *
 * Without any server, lookups in an isolated network would end after ten seconds, with another error.
 */
export function serveNoNames(address: string, port: number): void {
  const socket = createSocket("udp4");
  socket.on("message", (query, client) => {
    // One question: a name that ends with a zero byte, its type, its class.
    const end = query.indexOf(0, 12) + 5;
    const header = Buffer.from([0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0]);
    socket.send(Buffer.concat([query.subarray(0, 2), header, query.subarray(12, end)]), client.port, client.address);
  });
  socket.bind(port, address);
}
