import { assert, property, uint8Array } from "fast-check";

import { certificatesIn } from "../../cli/network/certificate-message";

function sized(bytes: Buffer, length: number): Buffer {
  const head = Buffer.alloc(length);
  head.writeUIntBE(bytes.length, 0, length);
  return Buffer.concat([head, bytes]);
}

function message(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), sized(body, 3)]);
}

/** Cut into records of so many bytes. */
function records(handshake: Buffer, size: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < handshake.length; at += size) {
    parts.push(Buffer.from([22, 3, 3]), sized(handshake.subarray(at, at + size), 2));
  }
  return Buffer.concat(parts);
}

const CERTIFICATES = [Buffer.from("first"), Buffer.alloc(300, 1), Buffer.from("x")];

function flight(certificates: readonly Buffer[]): Buffer {
  const list = Buffer.concat(certificates.map((one) => sized(one, 3)));
  return Buffer.concat([message(2, Buffer.alloc(70)), message(11, sized(list, 3)), message(14, Buffer.alloc(0))]);
}

describe("the message of the certificates", () => {
  test.each([1, 7, 100, 16_384])("is read from records of %d bytes, in its order", (size) => {
    expect(certificatesIn(records(flight(CERTIFICATES), size))).toEqual(CERTIFICATES);
  });

  test("is nothing where it is not whole", () => {
    const whole = records(flight(CERTIFICATES), 100);

    expect(certificatesIn(whole.subarray(0, 200))).toEqual([]);
    expect(certificatesIn(Buffer.alloc(0))).toEqual([]);
  });

  test("is read of any bytes without an error, and never invents any", () => {
    assert(
      property(uint8Array({ maxLength: 400 }), (bytes) => {
        const found = certificatesIn(records(Buffer.from(bytes), 50));

        expect(Buffer.concat([...found]).length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});
