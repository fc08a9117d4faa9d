import promises from "node:dns/promises";

/** Has no name known in this test, whatever the network says. */
export function unknownNames(): void {
  jest
    .spyOn(promises, "lookup")
    .mockImplementation((name: string) => Promise.reject(Object.assign(new Error(name), { code: "ENOTFOUND" })));
}

afterEach(() => {
  jest.restoreAllMocks();
});
