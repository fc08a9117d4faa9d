import type { Server } from "node:net";

/**
 * Hangs up on whoever calls from these addresses, such as "198.18.0.".
 *
 * A container's packets find the way to every address of this machine, also to those of another network.
 */
export function refuse(server: Server, callers: string): void {
  server.on("connection", (socket) => {
    if (socket.remoteAddress?.replace("::ffff:", "").startsWith(callers) === true) {
      socket.destroy();
    }
  });
}
