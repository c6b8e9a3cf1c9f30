type Fields = Record<string, unknown>

/** Applies a JSON merge patch (RFC 7386) in place. */
export function patchJson(target: Fields, patch: Readonly<Fields>): void {
  for (const [key, value] of Object.entries(patch)) {
    const before = target[key]
    if (value === null) delete target[key]
    else if (isObject(value) && isObject(before)) patchJson(before, value)
    else target[key] = structuredClone(value)
  }
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
