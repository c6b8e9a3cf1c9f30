import { describe, expect, it } from 'vitest'
import { decode } from './decode.ts'

const pod = (spec: unknown) =>
  decode('io.k8s.api.core.v1.Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec })
const errorOf = (spec: unknown) => pod(spec).error

describe('decoding', () => {
  it('writes the object in the order of the struct, without what is empty or unknown', () => {
    const { object, strict } = decode('io.k8s.api.core.v1.Pod', {
      spec: {
        nodeSelector: {},
        containers: [{ image: 'nginx', name: 'web', imagee: 1, ports: [{ containerPort: 80 }] }],
      },
      metadata: { labels: { b: '2', a: '1' }, name: 'a', generation: 0 },
      kind: 'Pod',
      apiVersion: 'v1',
    })
    expect(JSON.stringify(object)).toBe(
      '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","labels":{"a":"1","b":"2"}},"spec":{"containers":' +
        '[{"name":"web","image":"nginx","ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{}}]},"status":{}}',
    )
    expect(strict).toEqual(['unknown field "spec.containers[0].imagee"'])
  })

  it('names the struct, the path with embedded structs, and the Go type of what it cannot read', () => {
    expect(errorOf({ containers: {} })).toBe(
      'json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container',
    )
    expect(errorOf({ containers: [{ name: 1 }] })).toBe(
      'json: cannot unmarshal number into Go struct field Container.spec.containers.name of type string',
    )
    expect(errorOf({ volumes: [{ emptyDir: [] }] })).toBe(
      'json: cannot unmarshal array into Go struct field Volume.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource',
    )
    expect(errorOf({ priority: 2147483648 })).toBe(
      'json: cannot unmarshal number 2147483648 into Go struct field PodSpec.spec.priority of type int32',
    )
    expect(decode('io.k8s.api.core.v1.Pod', []).error).toBe(
      'json: cannot unmarshal array into Go value of type v1.Pod',
    )
  })

  it('stops at a value whose type reads itself: quantities, times, numbers that may be texts', () => {
    const limits = (cpu: unknown) => errorOf({ containers: [{ name: 1, resources: { limits: { cpu } } }] })
    expect(limits('1 Gi')).toBe(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    )
    expect(decode('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta', { creationTimestamp: 'x' }).error).toBe(
      'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
    )
    expect(decode('io.k8s.api.apps.v1.RollingUpdateDeployment', { maxSurge: true }).error).toBe(
      'json: cannot unmarshal bool into Go struct field RollingUpdateDeployment.maxSurge of type int32',
    )
  })

  it('takes null for nothing', () => {
    expect(pod({ containers: [null], nodeName: null, affinity: null, volumes: null }).object.spec).toEqual({
      containers: [{ name: '', resources: {} }],
    })
  })

  it('keeps a pointer to zero and drops a plain zero', () => {
    const { object } = decode('io.k8s.api.apps.v1.DeploymentSpec', {
      replicas: 0,
      minReadySeconds: 0,
      paused: false,
    })
    expect(object).toEqual({
      replicas: 0,
      selector: null,
      template: { metadata: {}, spec: { containers: null } },
      strategy: {},
    })
  })

  it('says where base64 breaks', () => {
    const fault = (data: string) => decode('io.k8s.api.core.v1.Secret', { data: { a: data } }).error
    expect(fault('YQ==')).toBeUndefined()
    expect(fault('a b')).toBe('illegal base64 data at input byte 1')
    expect(fault('YWJj!')).toBe('illegal base64 data at input byte 4')
    expect(fault('YQ')).toBe('illegal base64 data at input byte 0')
  })
})
