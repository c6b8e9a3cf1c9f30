// The file kustomization.yaml: which fields it has and of what type, as Go's strict JSON decoding tells them
// (kustomize api/types).
import { YamlError } from '../../yaml/error.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { CommandError } from '../errors.ts'
import { byCodePoint, type Dict, isObject } from '../print/values.ts'
import type { Loader } from './loader.ts'

/** Checked, so that its fields can be taken as they are. */
export type Kustomization = Dict

// name:type; s string, b bool, n int64, i int, S list of strings, M map of strings, B map of bools, * anything;
// a struct's name; [] for a list of them.
const structs: Record<string, string> = {
  Kustomization: `apiVersion:s kind:s metadata:* openapi:M namePrefix:s nameSuffix:s namespace:s commonLabels:M
    labels:[]Label commonAnnotations:M patchesStrategicMerge:S patchesJson6902:[]Patch patches:[]Patch images:[]Image
    imageTags:[]Image replacements:[]ReplacementField replicas:[]Replica vars:[]Var sortOptions:SortOptions resources:S
    components:S crds:S bases:S configMapGenerator:[]ConfigMapArgs secretGenerator:[]SecretArgs helmGlobals:* helmCharts:*
    helmChartInflationGenerator:* generatorOptions:GeneratorOptions configurations:S generators:S transformers:S
    validators:S buildMetadata:S`,
  Label: 'pairs:M includeSelectors:b includeTemplates:b fields:[]FieldSpec',
  FieldSpec: 'group:s version:s kind:s path:s create:b',
  Patch: 'path:s patch:s target:Selector options:B',
  Selector: 'group:s version:s kind:s name:s namespace:s labelSelector:s annotationSelector:s',
  Image: 'name:s newName:s tagSuffix:s newTag:s digest:s',
  Replica: 'name:s count:n',
  Var: 'name:s objref:Target fieldref:FieldSelector',
  Target: 'apiVersion:s group:s version:s kind:s name:s namespace:s',
  FieldSelector: 'fieldPath:s fieldpath:s',
  SortOptions: 'order:s legacySortOptions:LegacySortOptions',
  LegacySortOptions: 'orderFirst:S orderLast:S',
  ConfigMapArgs: 'namespace:s name:s behavior:s literals:S files:S envs:S env:s options:GeneratorOptions',
  SecretArgs: 'namespace:s name:s behavior:s literals:S files:S envs:S env:s options:GeneratorOptions type:s',
  GeneratorOptions: 'labels:M annotations:M disableNameSuffixHash:b immutable:b',
  ReplacementField: 'path:s source:SourceSelector sourceValue:s targets:[]TargetSelector',
  SourceSelector: 'group:s version:s kind:s name:s namespace:s fieldPath:s options:FieldOptions',
  TargetSelector: 'select:Selector reject:[]Selector fieldPaths:S options:FieldOptions',
  FieldOptions: 'delimiter:s index:i create:b',
}

const scalars: Record<string, [js: string, go: string]> = {
  s: ['string', 'string'],
  b: ['boolean', 'bool'],
  n: ['number', 'int64'],
  i: ['number', 'int'],
}
const jsonKind = (value: unknown): string =>
  Array.isArray(value)
    ? 'array'
    : isObject(value)
      ? 'object'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value

/** `owner`: the struct around it; `path`: from the top, without indices. */
function check(value: unknown, type: string, owner: string, path: string): void {
  if (value === null || type === '*') return
  const wrong = (found: unknown, go: string) => {
    const where = path ? `Go struct field ${owner}.${path}` : 'Go value'
    return new CommandError(
      `invalid Kustomization: json: cannot unmarshal ${jsonKind(found)} into ${where} of type ${go}`,
    )
  }
  const scalar = scalars[type]
  if (scalar) {
    if (typeof value !== scalar[0]) throw wrong(value, scalar[1])
  } else if (type === 'S') {
    if (!Array.isArray(value)) throw wrong(value, '[]string')
    for (const item of value as unknown[]) check(item, 's', owner, path)
  } else if (type === 'M' || type === 'B') {
    const item = type === 'M' ? 's' : 'b'
    if (!isObject(value)) throw wrong(value, `map[string]${scalars[item]![1]}`)
    for (const key of Object.keys(value)) check(value[key], item, owner, path)
  } else if (type.startsWith('[]')) {
    if (!Array.isArray(value)) throw wrong(value, `[]types.${type.slice(2)}`)
    for (const item of value as unknown[]) check(item, type.slice(2), owner, path)
  } else {
    if (!isObject(value)) throw wrong(value, `types.${type}`)
    const fields = new Map(structs[type]!.split(/\s+/).map(field => field.split(':') as [string, string]))
    for (const key of Object.keys(value).sort(byCodePoint)) {
      const field = fields.get(key)
      if (!field) throw new CommandError(`invalid Kustomization: json: unknown field ${JSON.stringify(key)}`)
      check(value[key], field, type, path ? `${path}.${key}` : key)
    }
  }
}

const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
const deprecated: readonly (readonly [field: string, instead: string])[] = [
  ['bases', "'resources'"],
  ['imageTags', "'images'"],
  ['commonLabels', "'labels'"],
  ['patchesJson6902', "'patches'"],
  ['patchesStrategicMerge', "'patches'"],
  ['vars', "'replacements'"],
]

/** Reads the directory's kustomization; what is deprecated in it is said once for each. */
export function readKustomization(loader: Loader, warn: (text: string) => void): Kustomization {
  const found = fileNames.filter(name => loader.exists(name))
  if (found.length === 0)
    throw new CommandError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${loader.root}'`,
    )
  if (found.length > 1) throw new CommandError(`Found multiple kustomization files under: ${loader.root}\n`)
  let value: unknown
  try {
    value = parseYaml(loader.read(found[0]!))
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    throw new CommandError(`invalid Kustomization: ${error.message}`)
  }
  check(value, 'Kustomization', '', '')
  const given = Object.fromEntries(
    Object.entries((value ?? {}) as Dict).filter(([, field]) => field !== null),
  ) as Kustomization
  if (!Object.keys(given).length && value === null) throw new CommandError(`${found[0]} is empty`)
  checkType(given, loader.root)
  for (const [field, instead] of deprecated)
    if (field in given)
      warn(
        `# Warning: '${field}' is deprecated. Please use ${instead} instead.${field === 'vars' ? ' [EXPERIMENTAL]' : ''} Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
      )
  return given
}

const group = 'kustomize.config.k8s.io'

function checkType({ kind = 'Kustomization', apiVersion }: Dict, root: string): void {
  const problems: string[] = []
  if (kind !== 'Kustomization' && kind !== 'Component')
    problems.push('kind should be Kustomization or Component')
  const expected = kind === 'Component' ? `${group}/v1alpha1` : `${group}/v1beta1`
  if (apiVersion && apiVersion !== expected) problems.push(`apiVersion for ${kind} should be ${expected}`)
  if (problems.length)
    throw new CommandError(`Failed to read kustomization file under ${root}:\n${problems.join('\n')}\n`)
}
