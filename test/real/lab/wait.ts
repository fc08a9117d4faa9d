import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Asks again until the answer is there. Fails with the last reason, and with what `context` adds to it. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  options: { readonly timeoutSec?: number; readonly context?: () => Promise<string> | string } = {},
): Promise<T> {
  const timeoutSec = options.timeoutSec ?? 30;
  const end = Date.now() + timeoutSec * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${timeoutSec} s in vain for ${what}\n${(await options.context?.()) ?? ""}`);
    }
    await sleep(100);
  }
}

export function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => done(true));
    socket.on("error", () => done(false));
    socket.on("timeout", () => done(false));
  });
}
