// Which explanation goes with an error: by its type and its words, which come from a known set (go-yaml's scanner and
// parser, the API machinery's validation).
import type { FieldError } from '../kinds/machinery/field-error.ts'
import type { ValueType } from '../kinds/schema.ts'
import type { DiagnosticCode } from './diagnostic.ts'
import { differsInCase, nearest } from './nearest.ts'

export interface Classified {
  readonly code: DiagnosticCode
  readonly params: Readonly<Record<string, string | number>>
}

const yamlProblems: [RegExp, DiagnosticCode][] = [
  [/^did not find expected key|^did not find expected '-' indicator/, 'yaml-indentation'],
  [/^could not find expected ':'/, 'yaml-missing-colon'],
  [/^mapping values are not allowed/, 'yaml-colon-in-value'],
  [/^block sequence entries are not allowed/, 'yaml-dash'],
  [/tab character/, 'yaml-tab'],
  [/^found unexpected (end of stream|document indicator)/, 'yaml-quote'],
  [/^did not find expected ',' or/, 'yaml-flow'],
  [/^found character that cannot start/, 'yaml-first-character'],
  [/^did not find expected node content/, 'yaml-no-value'],
  [/^did not find expected comment or line break|indentation indicator equal to 0/, 'yaml-block-header'],
  [/escape|hexdecimal/, 'yaml-escape'],
  [/^control characters/, 'yaml-control'],
  [/anchor|alphabetic or numeric|map merge requires/, 'yaml-anchor'],
  [/excessive aliasing/, 'yaml-aliasing'],
  [/max depth/, 'yaml-depth'],
  [/^invalid Yaml document separator/, 'yaml-separator'],
  [/map key|mapping keys/, 'yaml-key'],
]

export const classifyYaml = (problem: string): DiagnosticCode =>
  yamlProblems.find(([words]) => words.test(problem))?.[1] ?? 'yaml-other'

/** `given`: the value that does not fit. */
export function classifyType(type: ValueType, given: unknown): Classified {
  if (typeof given === 'string') {
    const [, key, value] = /^([\w./-]+):(\S.*)$/.exec(given) ?? []
    if (key && (type.form === 'struct' ? type.field(key) : type.form === 'map'))
      return { code: 'missing-space', params: { key, value: value! } }
  }
  const params = { value: short(given) }
  const quoted = type.form === 'bool' ? /^(true|false)$/ : /^int/.test(type.form) ? /^-?\d+$/ : undefined
  if (typeof given === 'string' && quoted?.test(given)) return { code: 'unquote', params }
  switch (type.form) {
    case 'list':
      return { code: 'want-list', params }
    case 'struct':
    case 'map':
      return { code: 'want-object', params }
    case 'string':
      return { code: 'want-text', params }
    case 'bool':
      return { code: 'want-boolean', params }
    case 'quantity':
      return { code: 'bad-quantity', params }
    case 'time':
    case 'microTime':
      return { code: 'bad-time', params }
    case 'bytes':
      return typeof given === 'string' ? { code: 'bad-base64', params } : { code: 'want-text', params }
    default:
      return { code: 'want-number', params }
  }
}

const invalidDetails: [RegExp, DiagnosticCode][] = [
  [/`selector` does not match template `labels`/, 'selector-mismatch'],
  [/^empty selector is invalid/, 'empty-selector'],
  [/must be between 1 and 65535/, 'port-range'],
  [/must be greater than or equal to 0/, 'negative'],
  [/less than or equal to \w+ limit/, 'requests-over-limits'],
  [/must contain (only alpha-numeric|at least one letter)|IANA_SVC_NAME/, 'port-name'],
  [/RFC 1123|RFC 1035|must not contain dots/, 'dns-name'],
  [/a valid label must be/, 'label-value'],
  [/(name|prefix) part|valid label key|valid config key/, 'label-key'],
]

export function classifyField(error: FieldError, path: readonly (string | number)[]): Classified {
  const field = String(path.at(-1) ?? error.field)
  const params = { field, path: error.field, value: short(error.value), detail: error.detail }
  const { detail } = error
  switch (error.type) {
    case 'Required':
      if (/name or generateName/.test(detail)) return { code: 'required-name', params }
      if (/handler type/.test(detail)) return { code: 'probe-handler', params }
      if (field === 'restartPolicy') return { code: 'restart-policy', params }
      if (field === 'image') return { code: 'image-missing', params }
      return { code: 'required', params }
    case 'NotSupported': {
      const supported = [...detail.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, value]) => value!)
      if (field === 'restartPolicy' && supported.length < 3) return { code: 'restart-policy', params }
      const all = { ...params, supported: supported.join(', ') }
      if (path.includes('tolerations') && (error.value === 'Gt' || error.value === 'Lt'))
        return { code: 'toleration-comparison', params: all }
      const near = typeof error.value === 'string' ? nearest(error.value, supported) : undefined
      return near !== undefined && near !== error.value
        ? { code: 'not-supported-near', params: { ...all, near } }
        : { code: 'not-supported', params: all }
    }
    case 'Duplicate':
      return { code: 'duplicate-value', params }
    case 'NotFound':
      return { code: path.includes('volumeMounts') ? 'volume-not-found' : 'not-found', params }
    case 'Forbidden':
      return { code: 'forbidden', params }
    case 'TooLong':
      return { code: 'too-long', params }
    case 'TooMany':
    case 'TooFew':
      return { code: 'too-many', params }
    default:
      return { code: invalidDetails.find(([words]) => words.test(detail))?.[1] ?? 'invalid', params }
  }
}

/** A name that is nearly a known one. */
export const misspelling = (
  what: 'field' | 'kind',
  word: string,
  near: string,
  params: Classified['params'] = {},
): Classified => ({
  code: `unknown-${what}-${differsInCase(word, near) ? 'case' : 'near'}`,
  params: { ...params, [what]: word, near },
})

/** A value in a sentence. */
function short(value: unknown): string {
  const text = typeof value === 'string' && value ? value : (JSON.stringify(value) ?? '')
  return text.length > 40 ? `${text.slice(0, 37)}…` : text
}
