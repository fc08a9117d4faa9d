const KIND = Symbol.for("cdktf-coder-envbuilder.kind");

/** Says of an object what it is, to every copy of the package. @internal */
export function markKind(value: object, kind: string): void {
  Object.defineProperty(value, KIND, { value: kind });
}

/** Whether some copy of the package made it as that. @internal */
export function isKind(value: unknown, kind: string): boolean {
  return typeof value === "object" && value !== null && KIND in value && value[KIND] === kind;
}
