// The annotation in which `kubectl apply` keeps what it applied last (kubectl pkg/util/apply.go).
import type { KubeObject } from '../kinds/object.ts'
import { type Dict, isObject, jsonLine } from './print/values.ts'

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** The configuration that was applied last; undefined where none is kept. */
export function lastApplied(object: KubeObject): Dict | undefined {
  const text = object.metadata.annotations?.[lastAppliedAnnotation]
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** The object with itself (as `shown`, without the annotation) in the annotation. */
export function withLastApplied(object: KubeObject, shown = (bare: KubeObject): object => bare): KubeObject {
  const { [lastAppliedAnnotation]: _, ...annotations } = object.metadata?.annotations ?? {}
  const bare = { ...object, metadata: { ...object.metadata, annotations } }
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...annotations, [lastAppliedAnnotation]: `${jsonLine(shown(bare))}\n` },
    },
  }
}

/** `--save-config`, or an annotation that is there already, is kept in step (CreateOrUpdateAnnotation). */
export function updateLastApplied(object: KubeObject, create: boolean): KubeObject {
  return create || object.metadata?.annotations?.[lastAppliedAnnotation] !== undefined
    ? withLastApplied(object)
    : object
}
