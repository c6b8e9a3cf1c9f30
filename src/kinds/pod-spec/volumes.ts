// Volumes of a pod: ValidateVolumes and validateVolumeSource. Of the sources that nobody uses in a lesson (cloud disks
// and retired network file systems) only the required fields are checked.

import { validateClaimTemplate } from '../machinery/claim-spec.ts'
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../machinery/field-error.ts'
import { invalidEach, validateLabelSelector } from '../machinery/meta-validation.ts'
import { byteLength, isDNS1123Label, isDNS1123Subdomain, nameIsDNSSubdomain } from '../machinery/names.ts'
import { parseQuantity } from '../machinery/quantity.ts'
import type { ObjectMeta } from '../object.ts'
import type { DownwardAPIVolumeFile, KeyToPath, ProjectedVolumeSource, Volume } from '../schema/types.ts'
import { validateFieldRef, validateResourceFieldRef } from './env.ts'
import { validateLocalPath, validateNoBacksteps, validateUnreservedPath } from './paths.ts'

type Check<Source> = (source: Source, field: string, isPod: boolean) => FieldError[]
/** What is looked at of each source, by their names. */
export type Checks<Sources> = { readonly [Name in keyof Sources]: Check<Sources[Name]> }
type Sources = { readonly [Name in Exclude<keyof Volume, 'name'>]-?: NonNullable<Volume[Name]> }
type SourceName = keyof Sources

const fileMode = 'must be a number between 0 and 0777 (octal), both inclusive'
const validateMode = (mode: number | undefined, field: string): FieldError[] =>
  mode !== undefined && (mode > 0o777 || mode < 0) ? [invalid(field, mode, fileMode)] : []
const need = (value: unknown, field: string): FieldError[] => (value ? [] : [required(field)])

const validateItems = (items: readonly KeyToPath[] | undefined, field: string): FieldError[] =>
  (items ?? []).flatMap((item, i) => validateItem(item, `${field}[${i}]`))

const validateItem = ({ key, path, mode }: KeyToPath, field: string): FieldError[] => [
  ...need(key, `${field}.key`),
  ...need(path, `${field}.path`),
  ...validateUnreservedPath(path, `${field}.path`),
  ...validateMode(mode, `${field}.mode`),
]

const downwardPaths = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]

function validateDownwardFile(file: DownwardAPIVolumeFile, field: string): FieldError[] {
  const { path, fieldRef, resourceFieldRef, mode } = file
  const errors = [...need(path, `${field}.path`), ...validateUnreservedPath(path, `${field}.path`)]
  if (fieldRef) {
    errors.push(...validateFieldRef(fieldRef, downwardPaths, `${field}.fieldRef`))
    if (resourceFieldRef)
      errors.push(
        invalid(field, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'),
      )
  } else if (resourceFieldRef)
    errors.push(...validateResourceFieldRef(resourceFieldRef, `${field}.resourceFieldRef`, true))
  else errors.push(required(field, 'one of fieldRef and resourceFieldRef is required'))
  return [...errors, ...validateMode(mode, `${field}.mode`)]
}

function validateProjected({ defaultMode, sources }: ProjectedVolumeSource, field: string): FieldError[] {
  const errors = validateMode(defaultMode, `${field}.defaultMode`)
  const paths = new Set<string>()
  const once = (path: string, value: unknown) => {
    if (!path) return
    if (paths.has(path)) errors.push(invalid(field, value, 'conflicting duplicate paths'))
    paths.add(path)
  }
  ;(sources ?? []).forEach((source, i) => {
    const at = `${field}.sources[${i}]`
    for (const name of ['secret', 'configMap'] as const) {
      const part = source[name]
      if (!part) continue
      errors.push(...need(part.name, `${at}.${name}.name`))
      ;(part.items ?? []).forEach((item, j) => {
        errors.push(...validateItem(item, `${at}.${name}.items[${j}]`))
        once(item.path, part.name ?? '')
      })
    }
    for (const file of source.downwardAPI?.items ?? []) {
      errors.push(...validateDownwardFile(file, `${at}.downwardAPI`))
      once(file.path, file.path)
    }
    const token = source.serviceAccountToken
    if (token) {
      const seconds = token.expirationSeconds ?? 3600
      const expires = `${at}.serviceAccountToken.expirationSeconds`
      if (seconds < 600)
        errors.push(invalid(expires, seconds, 'may not specify a duration less than 10 minutes'))
      if (seconds > 2 ** 32)
        errors.push(invalid(expires, seconds, 'may not specify a duration larger than 2^32 seconds'))
      if (!token.path) errors.push(required(`${field}.path`))
      else errors.push(...validateUnreservedPath(token.path, `${field}.path`))
    }
    const bundle = source.clusterTrustBundle
    if (bundle) {
      const own = `${at}.clusterTrustBundle`
      if (bundle.name !== undefined && bundle.signerName !== undefined)
        errors.push(invalid(own, bundle, 'only one of name and signerName may be used'))
      else if (bundle.name !== undefined) {
        if (!bundle.name) errors.push(required(`${own}.name`, 'must be a valid object name'))
      } else if (bundle.signerName !== undefined) {
        if (!bundle.signerName) errors.push(required(`${own}.signerName`, 'must be a valid signer name'))
        errors.push(...validateLabelSelector(bundle.labelSelector, `${own}.labelSelector`))
      } else errors.push(required(own, 'either name or signerName must be specified'))
      errors.push(...need(bundle.path, `${own}.path`), ...validateUnreservedPath(bundle.path, `${own}.path`))
      once(bundle.path, bundle.path)
    }
    if (Object.keys(source).length > 1)
      errors.push(forbidden(at, 'may not specify more than 1 volume type per source'))
  })
  return errors
}

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]

const validateHostPath = ({ path, type }: { path: string; type?: string }, field: string): FieldError[] =>
  path
    ? [
        ...validateNoBacksteps(path, `${field}.path`),
        ...(type !== undefined && !hostPathTypes.includes(type)
          ? [notSupported(`${field}.type`, type, hostPathTypes)]
          : []),
      ]
    : [required(`${field}.path`)]

const validateNfs = ({ server, path }: { server: string; path: string }, field: string): FieldError[] => [
  ...need(server, `${field}.server`),
  ...need(path, `${field}.path`),
  ...(path.startsWith('/') ? [] : [invalid(`${field}.path`, path, 'must be an absolute path')]),
]

export function validateCsiDriver(driver: string, field: string): FieldError[] {
  if (!driver) return [required(field)]
  const errors: FieldError[] =
    byteLength(driver) > 63 ? [{ type: 'TooLong', field, detail: 'may not be more than 63 bytes' }] : []
  return [...errors, ...invalidEach(field, driver, isDNS1123Subdomain(driver.toLowerCase()))]
}

const pullPolicies = ['Always', 'IfNotPresent', 'Never']
export const validatePullPolicy = (policy: string | undefined, field: string): FieldError[] =>
  !policy
    ? [required(field)]
    : pullPolicies.includes(policy)
      ? []
      : [notSupported(field, policy, pullPolicies)]

/** Each source in the order in which the server looks for them; a second one is forbidden. */
export const sources = {
  emptyDir: ({ sizeLimit }, field) =>
    sizeLimit !== undefined && parseQuantity(sizeLimit).nano < 0n
      ? [forbidden(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
      : [],
  hostPath: validateHostPath,
  gitRepo: ({ repository, directory = '' }, field) => [
    ...need(repository, `${field}.repository`),
    ...validateLocalPath(directory, `${field}.directory`),
  ],
  gcePersistentDisk: needs('pdName'),
  awsElasticBlockStore: needs('volumeID'),
  secret: ({ secretName, defaultMode, items }, field) => [
    ...need(secretName, `${field}.secretName`),
    ...validateMode(defaultMode, `${field}.defaultMode`),
    ...validateItems(items, `${field}.items`),
  ],
  nfs: validateNfs,
  iscsi: needs('targetPortal', 'iqn'),
  glusterfs: needs('endpoints', 'path'),
  flocker: () => [],
  persistentVolumeClaim: needs('claimName'),
  rbd: needs('monitors', 'image'),
  cinder: needs('volumeID'),
  cephfs: needs('monitors'),
  quobyte: needs('registry', 'volume'),
  downwardAPI: ({ defaultMode, items }, field) => [
    ...validateMode(defaultMode, `${field}.defaultMode`),
    ...(items ?? []).flatMap(file => validateDownwardFile(file, field)),
  ],
  fc: () => [],
  flexVolume: needs('driver'),
  configMap: ({ name, defaultMode, items }, field) => [
    ...need(name, `${field}.name`),
    ...validateMode(defaultMode, `${field}.defaultMode`),
    ...validateItems(items, `${field}.items`),
  ],
  azureFile: needs('secretName', 'shareName'),
  vsphereVolume: needs('volumePath'),
  photonPersistentDisk: needs('pdID'),
  portworxVolume: needs('volumeID'),
  azureDisk: needs('diskName', 'diskURI'),
  storageos: needs('volumeName'),
  projected: validateProjected,
  scaleIO: needs('gateway', 'system', 'volumeName'),
  csi: ({ driver, nodePublishSecretRef: secret }, field) => [
    ...validateCsiDriver(driver, `${field}.driver`),
    ...(!secret
      ? []
      : secret.name
        ? invalidEach(`${field}.name`, secret.name, nameIsDNSSubdomain(secret.name, false))
        : [required(`${field}.nodePublishSecretRef.name`)]),
  ],
  ephemeral: ({ volumeClaimTemplate: template }, field) =>
    template
      ? validateClaimTemplate(template, `${field}.volumeClaimTemplate`)
      : [required(`${field}.volumeClaimTemplate`)],
  image: ({ reference, pullPolicy }, field, isPod) => [
    ...(isPod ? need(reference, `${field}.reference`) : []),
    ...validatePullPolicy(pullPolicy, `${field}.pullPolicy`),
  ],
} satisfies Checks<Sources>

function needs<Name extends string>(...names: Name[]) {
  return (source: { readonly [Field in Name]?: unknown }, field: string): FieldError[] =>
    names.flatMap(name => {
      const value = source[name]
      return need(Array.isArray(value) ? value.length : value, `${field}.${name}`)
    })
}

const checks: Checks<Sources> = sources
const names = Object.keys(sources) as SourceName[]
/** Projected sources that were looked at: the one of the token is the same in all pods. */
const faultless = new WeakSet<object>()

function faultsOf<Name extends SourceName>(
  name: Name,
  source: Sources[Name],
  field: string,
  isPod: boolean,
): FieldError[] {
  return checks[name](source, field, isPod)
}

function validateSource(volume: Volume, field: string, meta: ObjectMeta | undefined): FieldError[] {
  const errors: FieldError[] = []
  let count = 0
  for (const name of names) {
    const source = volume[name]
    if (!source) continue
    if (count) {
      errors.push(forbidden(`${field}.${name}`, 'may not specify more than 1 volume type'))
      continue
    }
    count = 1
    if (faultless.has(source)) continue
    const faults = faultsOf(name, source, `${field}.${name}`, meta !== undefined)
    if (faults.length) errors.push(...faults)
    else if (name === 'projected') faultless.add(source)
    if (name === 'ephemeral' && meta?.name && volume.name) {
      const claim = `${meta.name}-${volume.name}`
      for (const message of nameIsDNSSubdomain(claim, false))
        errors.push(invalid(`${field}.name`, volume.name, `PVC name "${claim}": ${message}`))
    }
  }
  if (!count) errors.push(required(field, 'must specify a volume type'))
  return errors
}

/** The volumes that containers may mount (the faultless ones, by name) and what is wrong with the others. */
export function validateVolumes(
  volumes: readonly Volume[] | undefined,
  meta: ObjectMeta | undefined,
  field: string,
): [Map<string, Volume>, FieldError[]] {
  const errors: FieldError[] = []
  const byName = new Map<string, Volume>()
  const list = volumes ?? []
  const created = new Set(
    meta?.name ? list.filter(volume => volume.ephemeral).map(volume => `${meta.name}-${volume.name}`) : [],
  )
  list.forEach((volume, i) => {
    const at = `${field}[${i}]`
    const { name } = volume
    const own = validateSource(volume, at, meta)
    if (!name) own.push(required(`${at}.name`))
    else own.push(...invalidEach(`${at}.name`, name, isDNS1123Label(name)))
    if (byName.has(name)) own.push(duplicate(`${at}.name`, name))
    if (own.length) errors.push(...own)
    else byName.set(name, volume)
    const claim = volume.persistentVolumeClaim?.claimName
    if (claim !== undefined && created.has(claim))
      errors.push(
        invalid(
          `${at}.persistentVolumeClaim.claimName`,
          claim,
          'must not reference a PVC that gets created for an ephemeral volume',
        ),
      )
  })
  return [byName, errors]
}
