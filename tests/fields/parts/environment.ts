// Variables, and where their values come from.
import { collect, fieldRef, settings } from './collect.ts'

const { samples, inContainer } = collect()
export const environmentSamples = samples

const env = (...list: object[]) => ({ env: list })
inContainer('EnvVar.name', env({ name: 'A', value: '1' }), env({ name: 'B', value: '1' }))
inContainer('EnvVar.value', env({ name: 'A', value: '1' }), env({ name: 'A', value: '2' }))
const from = (valueFrom: object) => env({ name: 'A', valueFrom })
const first = from(fieldRef('metadata.namespace'))
inContainer('EnvVar.valueFrom EnvVarSource.fieldRef', env({ name: 'A' }), first)
inContainer('EnvVarSource.resourceFieldRef', first, from({ resourceFieldRef: { resource: 'limits.cpu' } }))
const mapKey = (ref: object) => from({ configMapKeyRef: { ...settings, key: 'key', ...ref } })
const secretKey = (ref: object) => from({ secretKeyRef: { name: 'one', key: 'key', ...ref } })
inContainer('EnvVarSource.configMapKeyRef', first, mapKey({}))
inContainer('EnvVarSource.secretKeyRef', first, secretKey({ name: 'two', key: 'another' }))
inContainer('ConfigMapKeySelector.name', mapKey({}), mapKey({ name: 'others' }))
inContainer(
  'ConfigMapKeySelector.key',
  mapKey({ name: 'pair', key: 'a' }),
  mapKey({ name: 'pair', key: 'b' }),
)
inContainer('ConfigMapKeySelector.optional', mapKey({ key: 'no' }), mapKey({ key: 'no', optional: true }))
inContainer('SecretKeySelector.name', secretKey({}), secretKey({ name: 'two' }))
inContainer('SecretKeySelector.key', secretKey({}), secretKey({ key: 'more' }))
inContainer('SecretKeySelector.optional', secretKey({ key: 'no' }), secretKey({ key: 'no', optional: true }))
const envFrom = (source: object) => ({ envFrom: [source] })
inContainer(
  'EnvFromSource.configMapRef ConfigMapEnvSource.name',
  {},
  envFrom({ configMapRef: { name: 'others' } }),
)
inContainer('EnvFromSource.secretRef SecretEnvSource.name', {}, envFrom({ secretRef: { name: 'two' } }))
inContainer(
  'EnvFromSource.prefix',
  envFrom({ configMapRef: settings }),
  envFrom({ prefix: 'X_', configMapRef: settings }),
)
inContainer(
  'ConfigMapEnvSource.optional',
  envFrom({ configMapRef: { name: 'no' } }),
  envFrom({ configMapRef: { name: 'no', optional: true } }),
)
inContainer(
  'SecretEnvSource.optional',
  envFrom({ secretRef: { name: 'no' } }),
  envFrom({ secretRef: { name: 'no', optional: true } }),
)
