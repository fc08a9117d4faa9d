/** Reads JSON whose shape the caller knows, because the program that wrote it documents it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller vouches for the shape
export function parseJson<T>(text: string): T {
  const value: T = JSON.parse(text);
  return value;
}
