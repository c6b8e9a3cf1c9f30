/** Applies a JSON merge patch (RFC 7386) in place. */
export function patchJson(target: any, patch: any): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key]
    else if (isObject(value) && isObject(target[key])) patchJson(target[key], value)
    else target[key] = structuredClone(value)
  }
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
