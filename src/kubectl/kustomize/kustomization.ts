// The file kustomization.yaml: which fields it has and of what type, as Go's strict JSON decoding tells them
// (kustomize api/types).
import { YamlError } from '../../yaml/error.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { CommandError } from '../errors.ts'
import { type GoStructs, readStruct } from '../go-structs.ts'
import type { GivenField } from './field-specs.ts'
import type { Loader } from './loader.ts'
import type { SortOptions } from './order.ts'
import type { Patch, Selector } from './patches.ts'

type StringMap = Readonly<Record<string, string>>

/** Checked, so that its fields can be taken as they are; of what this kustomize does. */
export interface Kustomization {
  readonly apiVersion?: string
  readonly kind?: string
  readonly namePrefix?: string
  readonly nameSuffix?: string
  readonly namespace?: string
  readonly commonLabels?: StringMap
  readonly commonAnnotations?: StringMap
  readonly labels?: readonly Label[]
  readonly patchesStrategicMerge?: readonly string[]
  readonly patchesJson6902?: readonly Patch[]
  readonly patches?: readonly Patch[]
  readonly images?: readonly Image[]
  readonly imageTags?: readonly Image[]
  readonly replacements?: readonly Replacement[]
  readonly replicas?: readonly Replica[]
  readonly vars?: readonly Variable[]
  readonly sortOptions?: SortOptions
  readonly resources?: readonly string[]
  readonly bases?: readonly string[]
  readonly components?: readonly string[]
  readonly configMapGenerator?: readonly GeneratorArgs[]
  readonly secretGenerator?: readonly GeneratorArgs[]
  readonly generatorOptions?: GeneratorOptions
  readonly helmGlobals?: unknown
  readonly helmCharts?: unknown
  readonly generators?: readonly string[]
  readonly transformers?: readonly string[]
  readonly validators?: readonly string[]
  readonly buildMetadata?: readonly string[]
}

interface Label {
  readonly pairs?: StringMap
  readonly includeSelectors?: boolean
  readonly includeTemplates?: boolean
  readonly fields?: readonly GivenField[]
}

export interface Image {
  readonly name?: string
  readonly newName?: string
  readonly newTag?: string
  readonly tagSuffix?: string
  readonly digest?: string
}

export interface Replica {
  readonly name?: string
  readonly count?: number
}

export interface Variable {
  readonly name?: string
  readonly objref?: { readonly kind?: string; readonly name?: string }
  readonly fieldref?: { readonly fieldPath?: string; readonly fieldpath?: string }
}

/** `path`: of a file that has one, or several; else the rest says what is replaced. */
export interface Replacement {
  readonly path?: string
  readonly source?: Source
  readonly sourceValue?: string
  readonly targets?: readonly Target[]
}

export interface Source extends Selector {
  readonly fieldPath?: string
  readonly options?: FieldOptions
}

interface Target {
  readonly select?: Selector
  readonly reject?: readonly Selector[]
  readonly fieldPaths?: readonly string[]
  readonly options?: FieldOptions
}

export interface FieldOptions {
  readonly delimiter?: string
  readonly index?: number
  readonly create?: boolean
}

export interface GeneratorArgs {
  readonly namespace?: string
  readonly name?: string
  readonly behavior?: string
  readonly literals?: readonly string[]
  readonly files?: readonly string[]
  readonly envs?: readonly string[]
  readonly env?: string
  readonly type?: string
  readonly options?: GeneratorOptions
}

export interface GeneratorOptions {
  readonly labels?: StringMap
  readonly annotations?: StringMap
  readonly disableNameSuffixHash?: boolean
  readonly immutable?: boolean
}

const structs: GoStructs = {
  name: 'types',
  unknown: field => new CommandError(`invalid Kustomization: json: unknown field ${JSON.stringify(field)}`),
  structs: {
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
    SecretArgs:
      'namespace:s name:s behavior:s literals:S files:S envs:S env:s options:GeneratorOptions type:s',
    GeneratorOptions: 'labels:M annotations:M disableNameSuffixHash:b immutable:b',
    ReplacementField: 'path:s source:SourceSelector sourceValue:s targets:[]TargetSelector',
    SourceSelector: 'group:s version:s kind:s name:s namespace:s fieldPath:s options:FieldOptions',
    TargetSelector: 'select:Selector reject:[]Selector fieldPaths:S options:FieldOptions',
    FieldOptions: 'delimiter:s index:i create:b',
  },
}

/** One that stands in a file of its own. */
export const readReplacement = (value: unknown): Replacement =>
  readStruct(value, 'ReplacementField', structs, 'invalid Kustomization: ')

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
  const given: Kustomization = readStruct(value, 'Kustomization', structs, 'invalid Kustomization: ')
  if (value === null) throw new CommandError(`${found[0]} is empty`)
  checkType(given, loader.root)
  for (const [field, instead] of deprecated)
    if (field in given)
      warn(
        `# Warning: '${field}' is deprecated. Please use ${instead} instead.${field === 'vars' ? ' [EXPERIMENTAL]' : ''} Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
      )
  return given
}

const group = 'kustomize.config.k8s.io'

function checkType({ kind = 'Kustomization', apiVersion }: Kustomization, root: string): void {
  const problems: string[] = []
  if (kind !== 'Kustomization' && kind !== 'Component')
    problems.push('kind should be Kustomization or Component')
  const expected = kind === 'Component' ? `${group}/v1alpha1` : `${group}/v1beta1`
  if (apiVersion && apiVersion !== expected) problems.push(`apiVersion for ${kind} should be ${expected}`)
  if (problems.length)
    throw new CommandError(`Failed to read kustomization file under ${root}:\n${problems.join('\n')}\n`)
}
