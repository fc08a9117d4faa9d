import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** A connection whose first bytes from the other side are kept. */
export class RecordedStream extends Duplex {
  private readonly chunks: Buffer[] = [];
  private length = 0;

  /** @param most - so many bytes are kept at most */
  public constructor(
    private readonly socket: Socket,
    private readonly most: number,
  ) {
    super();
    socket.on("data", (data: Buffer) => {
      if (this.length < this.most) this.chunks.push(data);
      this.length += data.length;
      if (!this.push(data)) socket.pause();
    });
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
  }

  public get recorded(): Buffer {
    return Buffer.concat(this.chunks);
  }

  public override _read(): void {
    this.socket.resume();
  }

  public override _write(data: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.write(data, done);
  }

  public override _final(done: () => void): void {
    this.socket.end(done);
  }

  public override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }
}
