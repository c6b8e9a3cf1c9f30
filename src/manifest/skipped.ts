// Files among manifests that are none: what kustomize and Helm read, templates that become manifests, other programs' YAML.
import { readDocuments } from './documents.ts'
import { differsInCase, nearest } from './nearest.ts'

export type SkipReason = 'kustomization' | 'chart' | 'template' | 'no-manifest'

/** Words that only Helm's templates have; Go templates inside a ConfigMap's text have others. */
const helm = /\{\{-?\s*(?:(?:define|include|template)\s|[^}]*[$ (]\.?(?:Values|Release|Chart|Capabilities)\.)/
const kustomizeGroup = 'kustomize.config.k8s.io/'

/** Why the file at this path is not checked; undefined: it is meant as manifests. */
export function skipReason(path: string, text: string): SkipReason | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/^kustomization(\.ya?ml)?$/i.test(name)) return 'kustomization'
  if (helm.test(text)) return 'template'
  let broken = false
  let found: SkipReason | undefined
  for (const document of readDocuments(text, true)) {
    if ('error' in document) {
      broken = true
      continue
    }
    const reason = reasonOf(document.value)
    if (!reason) return undefined
    found ??= reason
  }
  if (!broken) return found ?? 'no-manifest'
  if (/^\s*\{\{|:\s+\{\{/m.test(text)) return 'template'
  // It cannot be read, but says that it is one.
  return found || !/^[\s{]*["']?(api_?version|kind)["']?\s*[:：]/im.test(text)
    ? (found ?? 'no-manifest')
    : undefined
}

function reasonOf(value: unknown): SkipReason | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 'no-manifest'
  const { apiVersion, kind, metadata, name, version } = value as Record<string, unknown>
  if (typeof apiVersion === 'string' && apiVersion.startsWith(kustomizeGroup)) return 'kustomization'
  if (kind === undefined && metadata === undefined && /^v[12]$/.test(String(apiVersion)) && name && version)
    return 'chart'
  return Object.keys(value).some(isTypeKey) || metadata !== undefined ? undefined : 'no-manifest'
}

/** `kind`, `apiVersion`, or what was meant as one. */
const isTypeKey = (key: string): boolean =>
  key === 'kind' ||
  key === 'apiVersion' ||
  differsInCase(key, 'kind') ||
  nearest(key, ['apiVersion']) !== undefined
